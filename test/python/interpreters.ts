import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Interpreter {
  readonly program: string;
  /** For example `3.12.1`. */
  readonly version: string;
}

/** The environment that the tests and the demo make for themselves. */
const environment =
  process.env['HOTLINE_PYTHON_ENV'] ?? join(import.meta.dirname, '../../.cache/venv');

/** Every Python that can be found: of the tests' own environment, on PATH, and pyenv's. */
export function findInterpreters(): Interpreter[] {
  const pyenv = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  const candidates = [
    join(environment, 'bin/python'),
    'python3',
    ...(existsSync(pyenv) ? readdirSync(pyenv).sort() : []).map((version) =>
      join(pyenv, version, 'bin/python'),
    ),
  ];
  const found = new Map<string, Interpreter>();
  for (const program of candidates) {
    const interpreter = interpreterAt(program);
    if (interpreter) found.set(identityOf(interpreter.program), interpreter);
  }
  return [...found.values()];
}

function interpreterAt(program: string): Interpreter | undefined {
  const question = 'import sys; print(sys.executable); print("%d.%d.%d" % sys.version_info[:3])';
  const { status, stdout } = spawnSync(program, ['-c', question], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const [path = '', version = ''] = stdout.trim().split(/\r?\n/);
  return { program: path, version };
}

/** The environment's `python` is a link to another one, with other packages: it stays apart. */
function identityOf(program: string): string {
  return program.startsWith(environment) ? program : realpathSync(program);
}

/** Runs a Python program to its end. */
export function runPython({ program }: Interpreter, ...args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${stderr}`);
}

export function canImport({ program }: Interpreter, module: string): boolean {
  return spawnSync(program, ['-c', `import ${module}`]).status === 0;
}
