import { parseFileFunctionLine, parseFunctionInFile, type FrameText } from '../encoding/frameText';
import { lineNumber } from '../encoding/numbers';

/** What austin writes at the end of a stack while the garbage collector runs. */
export const garbageCollector = ':GC:';

/** What it writes for a frame that it could not read. */
export const invalidFrame = ':INVALID:';

/** The line of the frame before it, until 2.1 and with `--alt-format` in 3.x. */
const lineToken = /^L(\d{1,15})$/;

/** The frames of a stack, each with the line that follows it. */
export function splitFrames(stack: string): string[] {
  const frames: string[] = [];
  for (const token of stack.split(';')) {
    const last = frames.at(-1);
    if (last !== undefined && lineToken.test(token)) frames[frames.length - 1] = `${last};${token}`;
    else if (token !== '') frames.push(token);
  }
  return frames;
}

/** `file:function:line`, `function (file);Lline`, `function (file:line)` or `file:function;Lline`. */
export function parseFrame(text: string): FrameText {
  const end = text.lastIndexOf(';');
  const line = lineToken.exec(text.slice(end + 1))?.[1];
  const parsed =
    line === undefined
      ? (parseFileFunctionLine(text) ?? parseFunctionInFile(text))
      : withLine(text.slice(0, end), lineNumber(Number(line)));
  return parsed ? withoutKernel(parsed) : { name: text, file: undefined, line: undefined };
}

function withLine(text: string, line: number | undefined): FrameText {
  const colon = text.lastIndexOf(':');
  const parsed = parseFunctionInFile(text) ?? {
    name: text.slice(colon + 1),
    file: text.slice(0, Math.max(0, colon)) || undefined,
  };
  return { ...parsed, line };
}

/** austinp calls the kernel the file of what runs in it. */
function withoutKernel(frame: FrameText): FrameText {
  return frame.file === 'kernel' ? kernelFrame(frame.name) : frame;
}

/** What runs in the kernel has no file. */
export function kernelFrame(name: string): FrameText {
  return { name: `${name} [kernel]`, file: undefined, line: undefined };
}
