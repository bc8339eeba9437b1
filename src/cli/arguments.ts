import { parseArgs } from 'node:util';
import type { ReadChoice } from '../core/formats/format';
import type { Period } from '../core/model/profile';
import { UsageError } from './failures';
import { parseTime } from './time';

/** The template that runprofileserver uses when it is given none. */
const defaultTemplate = '{path}.{duration:06d}ms.{time}';

/** A command line that says what to do. */
export interface Command {
  readonly name: string | undefined;
  readonly file: string;
  /** The file to compare it with. */
  readonly otherFile: string | undefined;
  /** What of the file is wanted, where it holds more than one profile can show. */
  readonly choice: ReadChoice;
  readonly template: string;
  /** Id of a writer. */
  readonly to: string | undefined;
  /** The file to write, else the standard output is. */
  readonly output: string | undefined;
  /** Whether a file that exists is replaced. */
  readonly force: boolean;
}

/** @throws UsageError where the command line is wrong */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  const [name, file, otherFile, ...more] = positionals;
  if (file === undefined) throw new UsageError('A command and a file are needed.');
  if (otherFile !== undefined && name !== 'compare')
    throw new UsageError('Only one file can be read at a time.');
  if (more.length > 0) throw new UsageError('Only two files can be compared at a time.');
  return {
    name,
    file,
    otherFile,
    choice: { metric: values.metric, period: periodOf(values.from, values.until) },
    template: values.template ?? defaultTemplate,
    to: values.to,
    output: values.output,
    force: values.force ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        metric: { type: 'string' },
        from: { type: 'string' },
        until: { type: 'string' },
        template: { type: 'string' },
        to: { type: 'string' },
        output: { type: 'string', short: 'o' },
        force: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** An end that is not given is as far away as time goes. */
function periodOf(from: string | undefined, until: string | undefined): Period | undefined {
  if (from === undefined && until === undefined) return undefined;
  const fromMs = from === undefined ? -maximumMs : parseTime(from);
  const untilMs = until === undefined ? maximumMs : parseTime(until);
  if (fromMs > untilMs) throw new UsageError('--from is later than --until.');
  return { fromMs, untilMs };
}

/** The last moment of a JavaScript date; the first one is as far from the epoch. */
const maximumMs = 8.64e15;
