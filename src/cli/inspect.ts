import { basename } from 'node:path';
import { inspectProfile } from '../core/derive/inspection';
import { readFileName } from '../core/fileName';
import type { Command } from './arguments';
import { print } from './output';
import { readCommandFile } from './reading';

/** Prints what Hotline sees in a profile, and in its name, as one JSON object. */
export function inspect(command: Command): void {
  const profile = readCommandFile(command);
  const { facts } = readFileName(basename(command.file), command.template);
  const inspection = inspectProfile(profile, { ...facts, ...profile.request });
  print(`${JSON.stringify(inspection, undefined, 2)}\n`);
}
