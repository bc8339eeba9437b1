/** A Python process that runs now. */
export interface PythonProcess {
  readonly pid: number;
  /** The words it was started with, as far as the system tells them apart. */
  readonly argv: readonly string[];
  /** TCP ports that it listens on, each once, the lowest first. */
  readonly ports: readonly number[];
  /** Its working directory, where the system tells it. */
  readonly cwd: string | undefined;
  /** When it was started, milliseconds since the Unix epoch. */
  readonly startedMs: number | undefined;
}

/** Programs that are a Python interpreter, or have one in them. PyPy is none that samplers can read. */
const PYTHON = /^(?:python[\d.]*[dt]?|pythonw|uwsgi)(?:\.exe)?$/i;

/** Whether the program of this path, or of this name, runs Python. */
export function isPython(program: string): boolean {
  return PYTHON.test(fileName(program));
}

/** The last part of a path of any system. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** Ports in order, each once. */
export function distinctPorts(ports: Iterable<number>): number[] {
  return [...new Set(ports)].sort((a, b) => a - b);
}
