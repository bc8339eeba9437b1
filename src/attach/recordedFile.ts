import { constants } from 'node:fs';
import { copyFile, link, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** How much of a command a file's name has: lists show the beginnings of names only. */
const COMMAND_WORDS = 2;
const COMMAND_LENGTH = 40;

/** Names that are tried for one recording before it is given up. */
const MOST_NAMES = 1000;

/** What a recording is of. */
export interface Recorded {
  /** The process as people call it. */
  readonly command: string;
  readonly pid: number;
  /** When it began. */
  readonly started: Date;
}

/** `manage.py-runserver.pid4242.20261121-004112`: command, process and time on this system's clock. */
export function recordingName({ command, pid, started }: Recorded): string {
  const date = [started.getFullYear(), started.getMonth() + 1, started.getDate()];
  const time = [started.getHours(), started.getMinutes(), started.getSeconds()];
  const [day, clock] = [date, time].map((parts) =>
    parts.map((part) => String(part).padStart(2, '0')).join(''),
  );
  return `${commandName(command)}.pid${pid}.${day}-${clock}`;
}

/** What is run, without options: `manage.py-runserver`. */
function commandName(command: string): string {
  const words = command.split(/\s+/);
  const option = words.findIndex((word) => word.startsWith('-'));
  const named = words.slice(0, option < 0 ? COMMAND_WORDS : Math.min(option, COMMAND_WORDS));
  const name = named.join('-').replace(/[^\w.]+/g, '-');
  return name.slice(0, COMMAND_LENGTH).replace(/^[-.]+|[-.]+$/g, '') || 'python';
}

/** A name under which no list shows what is still being written. */
export function unfinishedName(recorded: Recorded): string {
  return `.${recordingName(recorded)}.part`;
}

/**
 * Gives a finished file its name in a directory, whole from the first moment, and in the place of
 * no other.
 * @returns the path
 */
export async function place(
  file: string,
  directory: string,
  name: string,
  ending: string,
): Promise<string> {
  for (let number = 1; number <= MOST_NAMES; number += 1) {
    const path = join(directory, `${name}${number === 1 ? '' : `-${number}`}${ending}`);
    if (await moved(file, path)) return path;
  }
  throw new Error(`${directory} has ${MOST_NAMES} recordings named ${name} already.`);
}

/** Whether the file is there now; not where another had the name. */
async function moved(file: string, path: string): Promise<boolean> {
  try {
    // Some file systems know no links.
    await link(file, path).catch((error: unknown) => {
      if (isTaken(error)) throw error;
      return copyFile(file, path, constants.COPYFILE_EXCL);
    });
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
  await unlink(file);
  return true;
}

function isTaken(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EEXIST';
}
