import { FunctionTable } from '../../model/builder';
import type { Frame, Func } from '../../model/profile';
import { object, text, type SpeedscopeDocument } from './document';

/** A frame as the document has it. */
export interface NamedFrame {
  readonly name: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
}

/** Exporters whose frames have the line that ran. */
const executing = /^(py-spy|austin|hotline \(executing lines\))/i;

/** Exporters whose frames have the function's first line. */
const definition = /^(pyinstrument|pyspeedscope|hotline-profiler@|hotline \(first lines\))/i;

/** The document's frames, in its order, and their functions. */
export function readFrames(document: SpeedscopeDocument): { frames: Frame[]; functions: Func[] } {
  const named = document.frames.map(readFrame);
  const linesRan = hasExecutingLines(document.exporter, named);
  const table = new FunctionTable();
  const frames = named.map(({ name, file, line }) => ({
    func: table.indexOf(name, file, linesRan ? undefined : line),
    line: linesRan ? line : undefined,
  }));
  return { frames, functions: table.functions };
}

/** @throws ProfileError where it is no frame */
export function readFrame(value: unknown): NamedFrame {
  const frame = object(value);
  const { name, file, line } = frame;
  return {
    name: text(name),
    file: typeof file === 'string' && !isNoFile(file) ? file : undefined,
    line: typeof line === 'number' && Number.isInteger(line) && line > 0 ? line : undefined,
  };
}

/** py-spy leaves the file of built-ins out, pyinstrument calls it `<built-in>`. */
function isNoFile(file: string): boolean {
  return file === '' || file === '~' || file === '<built-in>';
}

/** By the exporter; with an unknown one, lines are those that ran if a function has several. */
function hasExecutingLines(exporter: string, frames: readonly NamedFrame[]): boolean {
  if (executing.test(exporter)) return true;
  if (definition.test(exporter)) return false;
  const table = new FunctionTable();
  const lines = new Map<number, number>();
  return frames.some(({ name, file, line }) => {
    if (line === undefined) return false;
    const func = table.indexOf(name, file, undefined);
    const known = lines.get(func);
    lines.set(func, line);
    return known !== undefined && known !== line;
  });
}
