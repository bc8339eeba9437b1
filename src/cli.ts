/** The core from a shell, for bug reports, tests and other tools: `inspect`, `compare` and `convert`. */
import { TemplateError } from './core/fileName';
import { writers } from './core/writers/registry';
import { parseCommand, type Command } from './cli/arguments';
import { compare } from './cli/compare';
import { convert } from './cli/convert';
import { FileError, UsageError } from './cli/failures';
import { inspect } from './cli/inspect';

const usage = `Usage:
  npm run -s inspect -- FILE [--template TEMPLATE] [CHOICE]
      prints one JSON object: the functions, lines and request that Hotline sees in the profile
  npm run -s compare -- BEFORE AFTER [CHOICE]
      prints one JSON object: a verdict in words, both profiles, and what each function cost in them
  npm run -s convert -- FILE --to FORMAT [-o OUT [--force]] [CHOICE]
      writes the profile in another format to OUT, else to the standard output;
      what the format cannot hold is told on the standard error

FORMAT is one of ${writers.map(({ id }) => id).join(', ')}.
TEMPLATE is what the server was given as --prof-file.
CHOICE says what of the file is read, where it holds more than one profile can show:
  --metric ID                   one of the metrics that inspect prints
  --from TIME, --until TIME     ISO 8601, or seconds since 1970
`;

function execute(command: Command): void {
  if (command.name === 'inspect') inspect(command);
  else if (command.name === 'compare') compare(command);
  else if (command.name === 'convert') convert(command);
  else throw new UsageError(`There is no command ${String(command.name)}.`);
}

try {
  execute(parseCommand(process.argv.slice(2)));
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
