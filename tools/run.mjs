/** Finds and runs programs for the other tools. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const WINDOWS = process.platform === 'win32';

/** A program that failed; its output is the reason. */
export class RunError extends Error {
  /** @override */
  name = 'RunError';

  /**
   * @param {string} command
   * @param {string} outcome
   * @param {string} output
   */
  constructor(command, outcome, output) {
    super(`${command} ${outcome}\n${output.trimEnd()}`);
    this.output = output;
  }
}

/**
 * Runs a program to its end and returns what it printed, stdout and stderr together.
 * @param {string} program
 * @param {readonly string[]} [args]
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<string>}
 * @throws {RunError} when it cannot start or ends with another code than 0
 */
export function run(program, args = [], options = {}) {
  const command = [program, ...args].join(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', (error) => {
      reject(new RunError(command, `could not start: ${error.message}`, output));
    });
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new RunError(command, `ended with ${signal ?? `code ${code}`}`, output));
    });
  });
}

/**
 * Runs npm.
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function npm(args, options) {
  // npm is a batch file on Windows, which only a shell can start.
  return run('npm', [...args, '--no-audit', '--no-fund'], { ...options, shell: WINDOWS });
}

/**
 * The path of the first of some programs that is on PATH.
 * @param {readonly string[]} names
 * @returns {string | undefined}
 */
export function findOnPath(names) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const endings = WINDOWS ? ['.exe', '.cmd'] : [''];
  const candidates = names.flatMap((name) =>
    folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending))),
  );
  return candidates.find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
