import { FunctionTable } from '../../model/builder';
import type { Frame, Func } from '../../model/profile';
import {
  parseFileFunction,
  parseFileFunctionLine,
  parseFunctionInFile,
  type FrameText,
} from '../encoding/frameText';

/** Marks of FlameGraph's stackcollapse scripts (`--kernel`, `--jit`, `--inline`, `--context`). */
const marks = new Map([
  ['_[k]', 'kernel'],
  ['_[j]', 'jit'],
  ['_[i]', 'inlined'],
  ['_[w]', 'waker'],
]);

/** This many functions, each at one line only, are no accident. */
const manyFunctions = 20;

/** The frames of the texts, one each in their order, and their functions. */
export function readFrames(texts: readonly string[]): { frames: Frame[]; functions: Func[] } {
  const definitions = areDefinitions(texts);
  const table = new FunctionTable();
  const frames = texts.map((text) => {
    const { name, file, line } = parseFrame(text);
    return {
      func: table.indexOf(name, file, definitions ? line : undefined),
      line: definitions ? undefined : line,
    };
  });
  return { frames, functions: table.functions };
}

/** Whether a tool of Python wrote the frame: it tells the file. */
export function isPythonFrame(text: string): boolean {
  return parseFrame(text).file !== undefined;
}

function parseFrame(text: string): FrameText {
  return (
    parseFunctionInFile(text) ??
    parseFileFunctionLine(text) ??
    parseFileFunction(text) ?? { name: markedName(text), file: undefined, line: undefined }
  );
}

function markedName(text: string): string {
  const mark = marks.get(text.slice(-4));
  return mark === undefined ? text : `${text.slice(0, -4)} [${mark}]`;
}

/**
 * Whether lines are those of definitions: `py-spy record --function` writes them where it writes the
 * executing lines else, and does not say so. Then each function has one line only, and a module's is
 * its first. All other tools write executing lines.
 */
function areDefinitions(texts: readonly string[]): boolean {
  const table = new FunctionTable();
  const lines: number[] = [];
  let modules = 0;
  for (const text of texts) {
    const { name, file, line } = parseFrame(text);
    if (line === undefined) continue;
    if (!text.endsWith(')')) return false;
    const func = table.indexOf(name, file, undefined);
    if ((lines[func] ?? line) !== line) return false;
    lines[func] = line;
    if (name !== '<module>' || file?.startsWith('<')) continue;
    if (line > 1) return false;
    modules++;
  }
  return modules > 0 || lines.length >= manyFunctions;
}
