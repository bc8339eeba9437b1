/** A process that reads the files that it is sent, and tells what came of each and what it took. */
import { problemOf, readBytes } from './judge';
import { peakMemory } from './peakMemory';
import type { Answer, Question } from './readerProcess';

process.on('message', ({ bytes, readOnly }: Question) => {
  process.send?.(examine(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), readOnly));
});

function examine(bytes: Buffer, readOnly: boolean): Answer {
  const before = process.cpuUsage();
  const peakBefore = peakMemory();
  const reading = readBytes(bytes);
  const memory = { before: peakBefore, after: peakMemory() };
  const problem = reading.kind === 'problem' ? reading.problem : undefined;
  const unsound =
    reading.kind === 'read' && !readOnly ? problemOf(reading.profile, bytes) : undefined;
  const { user, system } = process.cpuUsage(before);
  return {
    outcome: reading.kind === 'read' ? 'read' : 'refused',
    problem: problem ?? unsound,
    cpuSeconds: (user + system) / 1e6,
    memory,
  };
}
