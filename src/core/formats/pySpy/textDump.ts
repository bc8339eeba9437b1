import { parseFunctionInFile, type FrameText } from '../encoding/frameText';
import { wholeText } from '../encoding/text';
import { checkThreads } from '../encoding/threads';
import { damaged } from '../failures';
import type { DumpedThread } from './dumpedThread';

/** How much of the file detection looks at: the command line of the process stands in it. */
const headLength = 16 * 1024;

const start = /^Process \d+: [^]*?\nPython v\d/;
const processLine = /^Process (\d+): /;
const threadLine = /^Thread (\S+) \(([a-z+]+)\)(?:: "(.*)")?$/;
/** What else stands at the beginning of a line: a child's parent, what separates processes. */
const otherLine = /^(Parent Process |-*$)/;
const frameIndent = '    ';
/** Of arguments and local variables. */
const localsIndent = '        ';

/** Whether the text is by `py-spy dump`. */
export function isTextDump(bytes: Buffer): boolean {
  return start.test(bytes.toString('latin1', 0, headLength));
}

/** The threads of a dump. */
export interface TextDump {
  readonly threads: readonly DumpedThread[];
  readonly warnings: readonly string[];
}

/** Reads the text of `py-spy dump`. */
export function readTextDump(bytes: Buffer): TextDump {
  const lines = wholeText(bytes).split(/\r?\n/);
  const reader = new DumpReader();
  for (const [index, line] of lines.entries()) {
    if (reader.read(line)) continue;
    if (index === lines.length - 1) return { threads: reader.threads, warnings: [cutShort] };
    throw damaged('py-spy', `line ${index + 1} is neither a thread nor a frame of one`);
  }
  return { threads: reader.threads, warnings: [] };
}

const cutShort = 'The file ends in the middle of a line, so threads may be missing.';

class DumpReader {
  readonly threads: (DumpedThread & { readonly frames: FrameText[] })[] = [];
  #process = '';
  /** Whether a process is being introduced, by a command line of any number of lines. */
  #isIntroduction = false;

  /** @returns whether the line is one of a dump */
  read(line: string): boolean {
    if (this.#isIntroduction) this.#isIntroduction = !line.startsWith('Python v');
    else if (line.startsWith(frameIndent)) this.#readFrame(line);
    else return this.#readThread(line) || this.#readProcess(line) || otherLine.test(line);
    return true;
  }

  #readProcess(line: string): boolean {
    const id = processLine.exec(line)?.[1];
    if (id === undefined) return false;
    this.#process = id;
    this.#isIntroduction = true;
    return true;
  }

  #readThread(line: string): boolean {
    const [, id, status = '', name] = threadLine.exec(line) ?? [];
    if (id === undefined) return false;
    this.threads.push({ process: this.#process, id, status, name, frames: [] });
    checkThreads(this.threads.length);
    return true;
  }

  #readFrame(line: string): void {
    if (line.startsWith(localsIndent)) return;
    const text = line.trim();
    const frame = parseFunctionInFile(text) ?? { name: text, file: undefined, line: undefined };
    this.threads.at(-1)?.frames.push(frame);
  }
}
