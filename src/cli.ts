/** The core from a shell, for bug reports and tests: what Hotline sees in a profile, and what it draws. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_LIMITS } from './core/derive/callTree';
import { inspectProfile } from './core/derive/inspection';
import { toSpeedscope } from './core/derive/speedscopeDocument';
import { readFileName, TemplateError } from './core/fileName';
import { readProfile } from './core/formats/registry';
import { ProfileError } from './core/model/errors';
import type { Profile } from './core/model/profile';

const usage = `Usage:
  npm run -s inspect -- FILE [--template TEMPLATE]
      prints one JSON object: the functions, lines and request that Hotline sees in the profile
  npm run -s convert -- FILE --to speedscope
      prints the speedscope JSON that the flamegraph loads

TEMPLATE is what the server was given as --prof-file.
`;

/** The template that runprofileserver uses when it is given none. */
const defaultTemplate = '{path}.{duration:06d}ms.{time}';

/** The command line is wrong; the message says how. */
class UsageError extends Error {}

/** The file cannot be read; the message is one sentence that names it. */
class FileError extends Error {}

interface Command {
  readonly name: string | undefined;
  readonly file: string;
  readonly template: string;
  readonly to: string | undefined;
}

function commandOf(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  const [name, file, ...more] = positionals;
  if (file === undefined) throw new UsageError('A command and a file are needed.');
  if (more.length > 0) throw new UsageError('Only one file can be read at a time.');
  return { name, file, template: values.template ?? defaultTemplate, to: values.to };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { template: { type: 'string' }, to: { type: 'string' } },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** What the command prints. */
function execute(command: Command): string {
  if (command.name === 'inspect') return inspect(command);
  if (command.name === 'convert') return convert(command);
  throw new UsageError(`There is no command ${String(command.name)}.`);
}

function inspect({ file, template }: Command): string {
  const profile = read(file);
  const { facts } = readFileName(basename(file), template);
  const inspection = inspectProfile(profile, { ...facts, ...profile.request });
  return JSON.stringify(inspection, undefined, 2);
}

function convert({ file, to }: Command): string {
  if (to !== 'speedscope')
    throw new UsageError('The one format to convert to is: --to speedscope.');
  const { document } = toSpeedscope(read(file), { title: basename(file), limits: DEFAULT_LIMITS });
  return JSON.stringify(document);
}

function read(file: string): Profile {
  const bytes = bytesOf(file);
  try {
    return readProfile({ bytes, name: basename(file) });
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    throw new FileError(`${file}: ${error.message}`, { cause: error });
  }
}

const systemReasons = new Map([
  ['ENOENT', 'There is no such file.'],
  ['EISDIR', 'This is a directory, not a profile.'],
  ['EACCES', 'You are not allowed to read the file.'],
]);

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new FileError(`${file}: ${systemReasons.get(code) ?? message}`, { cause: error });
  }
}

/** Prints to the end, however large: a pipe takes what it can, and the process ends when all is written. */
function print(text: string): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  process.stdout.write(`${text}\n`);
}

try {
  print(execute(commandOf(process.argv.slice(2))));
} catch (error) {
  if (error instanceof FileError || error instanceof TemplateError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } else if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  } else {
    throw error;
  }
}
