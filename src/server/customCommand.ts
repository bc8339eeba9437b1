import { noInterpreter, settingInvalid, type ServerFailure } from './failures';

/** What `hotline.server.command` may refer to. */
export interface CommandValues {
  readonly profileDirectory: string;
  readonly profileTemplate: string;
  /** Program and first arguments of the interpreter; empty when none was found. */
  readonly python: readonly string[];
  readonly host: string;
  readonly port: number;
}

/**
 * The arguments that a custom command means. It is split at white space outside of quotes, then
 * placeholders are filled in, so that no value is split or quoted again. No shell is involved.
 * @throws ServerFailure when it is empty, a quote is not closed or a placeholder is unknown.
 */
export function customCommand(command: string, values: CommandValues): string[] {
  const words = splitCommand(command);
  if (words.length === 0) throw invalid('is empty: name the program that starts the server');
  return words.flatMap((word) =>
    word === '${python}' ? interpreter(values) : [fillPlaceholders(word, values)],
  );
}

/** Whether a command brings a profiler of its own: it is told where profiles go, or runs runprofileserver. */
export function profilesByItself(command: string): boolean {
  return /\$\{profileDirectory\}|\brunprofileserver\b/.test(command);
}

/**
 * Words as a shell would split them: single and double quotes group, `\"` within double quotes is
 * a quote. Any other backslash is itself, so that Windows paths need no care.
 */
export function splitCommand(command: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let index = 0; index < command.length; index++) {
    const character = command.charAt(index);
    if (quote === '"' && character === '\\' && command[index + 1] === '"') {
      word = `${word ?? ''}"`;
      index++;
    } else if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else word = `${word ?? ''}${character}`;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = `${word ?? ''}${character}`;
    }
  }
  if (quote !== undefined) throw invalid(`has a quote ${quote} that is not closed`);
  if (word !== undefined) words.push(word);
  return words;
}

function fillPlaceholders(word: string, values: CommandValues): string {
  return word.replace(/\$\{([^}]*)\}/g, (placeholder, name: string) => {
    switch (name) {
      case 'profileDirectory':
      case 'profileTemplate':
      case 'host':
        return values[name];
      case 'port':
        return String(values.port);
      case 'python':
        return interpreter(values).join(' ');
      default:
        throw invalid(
          `has the unknown placeholder ${placeholder}: known are \${profileDirectory}, \${profileTemplate}, \${python}, \${host} and \${port}`,
        );
    }
  });
}

function interpreter({ python }: CommandValues): readonly string[] {
  if (python.length === 0) throw noInterpreter();
  return python;
}

function invalid(problem: string): ServerFailure {
  return settingInvalid('hotline.server.command', problem);
}
