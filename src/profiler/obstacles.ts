import { posix, win32 } from 'node:path';

/** Programs that run the server where this computer's environment and folders are not. */
const elsewhere = new Set([
  'docker',
  'docker-compose',
  'kubectl',
  'podman',
  'podman-compose',
  'ssh',
  'vagrant',
  'wsl',
]);

/** Options of Python that are followed by a value of their own. */
const withValue = /^-[A-Za-z]*[WXQ]$|^--check-hash-based-pycs$/;

/**
 * Why the profiler, which gets in by PYTHONPATH and sitecustomize, cannot reach what a command
 * starts, as the end of a sentence; `undefined` when nothing in the command is in the way. Options
 * of Python as of https://docs.python.org/3/using/cmdline.html.
 */
export function obstacleInCommand(
  argv: readonly string[],
  platform: NodeJS.Platform,
): string | undefined {
  const names = argv.map((argument) => programName(argument, platform));
  const [program = ''] = names;
  if (elsewhere.has(program)) {
    return `${program} runs the server where the environment of this computer does not reach it`;
  }
  if (program === 'sudo') return 'sudo does not hand on the environment variables that bring it in';
  const python = names.findIndex((name) => /^(python[\d.]*w?|pypy[\d.]*|py)$/.test(name));
  return python < 0 ? undefined : obstacleInOptions(argv.slice(python + 1));
}

/** Python's own options end at the first word that is none, and at `-c` and `-m`. */
function obstacleInOptions(words: readonly string[]): string | undefined {
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (!/^-./.test(word) || word === '--') return undefined;
    if (withValue.test(word)) {
      index++;
      continue;
    }
    if (word.startsWith('--')) continue;
    const letters = /^-([A-Za-z]*?)(?:[cmWXQ].*)?$/.exec(word)?.[1] ?? '';
    if (/[IE]/.test(letters)) return `Python's option ${word} makes it ignore PYTHONPATH`;
    if (letters.includes('S')) return `Python's option ${word} makes it skip sitecustomize`;
    if (/^-[A-Za-z]*[cm]/.test(word)) return undefined;
  }
  return undefined;
}

function programName(argument: string, platform: NodeJS.Platform): string {
  const paths = platform === 'win32' ? win32 : posix;
  return paths
    .basename(argument)
    .toLowerCase()
    .replace(/\.exe$/, '');
}
