import { fileName, isPython } from './pythonProcess';

/** Options of the interpreter whose value is the next word. */
const WITH_VALUE = new Set(['-X', '-W', '--check-hash-based-pycs']);

/**
 * A command line as people call it, its script or module first: `manage.py runserver 8000`,
 * `gunicorn shop.wsgi`, `flask run` for `python -X dev -m flask run`.
 */
export function shortCommand(argv: readonly string[]): string {
  const [program = '', ...rest] = argv;
  // A server may have put a title in place of its command line: `gunicorn: master [shop.wsgi]`.
  if (!isPython(program) || rest.length === 0) return [fileName(program), ...rest].join(' ').trim();
  const words = withoutInterpreterOptions(rest);
  const [first = '', ...others] = words;
  if (first === '-c') return `python -c ${firstLine(others.join(' '))}`;
  if (first === '-m') return others.join(' ');
  return first === '' ? fileName(program) : [scriptName(first), ...others].join(' ');
}

/** From the script, `-m` or `-c` on. */
function withoutInterpreterOptions(words: readonly string[]): readonly string[] {
  let index = 0;
  while (index < words.length) {
    const word = words[index] ?? '';
    if (!word.startsWith('-') || word === '-m' || word === '-c') break;
    index += WITH_VALUE.has(word) ? 2 : 1;
  }
  return words.slice(index);
}

/** `python -m` puts the file of the module in place of its name. */
function scriptName(path: string): string {
  const name = fileName(path);
  if (name !== '__main__.py') return name;
  return fileName(path.slice(0, -name.length - 1)) || name;
}

function firstLine(code: string): string {
  const [line = ''] = code.trim().split('\n');
  return line === code.trim() ? line : `${line}…`;
}
