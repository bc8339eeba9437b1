import { textHead } from '../encoding/textHead';
import { parseSampleLine } from './sampleLine';

/** How many lines of a text are looked at. */
const headLines = 20;

/** Whether it is a binary recording (`austin --binary`): the mark and a version of one digit. */
export function isMojo(bytes: Buffer): boolean {
  const version = bytes[3] ?? 0;
  return bytes.toString('latin1', 0, 3) === 'MOJ' && version > 0 && version <= 8;
}

/** Whether the first lines are samples of austin, or its own header. */
export function isAustinText(bytes: Buffer): boolean {
  const head = textHead(bytes);
  if (/^# austin: \d/.test(head)) return true;
  const lines = head.split('\n', headLines);
  const written = lines.filter((line) => line.trim() !== '' && !line.startsWith('# '));
  const samples = written.map((line) => parseSampleLine(line.trimEnd()));
  const found = samples.filter((sample) => sample !== undefined);
  return found.length >= samples.length * 0.9 && found.some(({ stack }) => stack !== '');
}
