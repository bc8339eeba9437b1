const number = '(-?\\d+(?:\\.\\d+)?)';

/** `CMDLINE command` */
export const commandLine = /^CMDLINE (.*)$/;

/** `MEM MiB time`: the process itself, or it and its children (`-C`). */
export const ofProcess = new RegExp(`^MEM ${number} ${number}$`);

/** `CHLD pid MiB time`: one child (`-M`); old versions number them from 0. */
export const ofChild = new RegExp(`^CHLD (\\d+) ${number} ${number}$`);

/** `FUNC name MiB time MiB time depth`: a call of a function, whose name may hold blanks; old versions leave out the depth. */
export const ofCall = new RegExp(`^FUNC (.+?) ${number} ${number} ${number} ${number}(?: \\d+)?$`);

/** Whether a line of the file is one that mprof writes. */
export function isRecord(line: string): boolean {
  return [ofProcess, ofChild, ofCall, commandLine].some((pattern) => pattern.test(line));
}
