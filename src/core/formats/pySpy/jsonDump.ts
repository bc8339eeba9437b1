import type { FrameText } from '../encoding/frameText';
import { jsonChecks, parseJson, type JsonObject } from '../encoding/json';
import { lineNumber } from '../encoding/numbers';
import { checkThreads } from '../encoding/threads';
import type { DumpedThread } from './dumpedThread';

const format = 'py-spy';
const { array, number, object, text } = jsonChecks(format);

/** Reads `py-spy dump --json`: a list of threads. */
export function readJsonDump(bytes: Buffer): DumpedThread[] {
  const threads = array(parseJson(bytes, format));
  checkThreads(threads.length);
  return threads.map((value) => {
    const thread = object(value);
    const { pid, thread_name: name, os_thread_id: systemId } = thread;
    return {
      process: String(number(pid)),
      name: typeof name === 'string' && name !== '' ? name : undefined,
      id: typeof systemId === 'number' ? String(systemId) : hexadecimal(thread['thread_id']),
      status: statusOf(thread),
      frames: array(thread['frames']).map((frame) => frameOf(object(frame))),
    };
  });
}

function hexadecimal(id: unknown): string {
  return `0x${number(id).toString(16).toUpperCase()}`;
}

/** In the words of the text form. */
function statusOf({ active, owns_gil: ownsGil }: JsonObject): string {
  if (ownsGil === true) return 'active+gil';
  return active === true ? 'active' : 'idle';
}

function frameOf({ name, filename, line }: JsonObject): FrameText {
  return { name: text(name), file: text(filename) || undefined, line: lineNumber(number(line)) };
}
