import { basename } from 'node:path';
import { DEFAULT_LIMITS } from '../core/derive/callTree';
import { compareSides } from '../core/derive/comparison/compare';
import type { Comparison } from '../core/derive/comparison/comparison';
import { SideCollector, type CollectedSide } from '../core/derive/comparison/sideCollector';
import { ProfileError } from '../core/model/errors';
import type { Command } from './arguments';
import { FileError, UsageError } from './failures';
import { print } from './output';
import { readCommandFile } from './reading';

/** Prints what changed from one profile to another as one JSON object, `null` for what is unknown. */
export function compare(command: Command): void {
  const { otherFile } = command;
  if (otherFile === undefined) throw new UsageError('Two files are needed: before and after.');
  const before = sideOf(command);
  const after = sideOf({ ...command, file: otherFile });
  const { verdict, unit, metric, functions, notes, ...rest } = compared(before, after);
  const sides = { before: rest.before, after: rest.after };
  const printed = { verdict, unit, metric, ...sides, functions, notes };
  print(`${JSON.stringify(printed, (_, value: unknown) => value ?? null, 2)}\n`);
}

function compared(before: CollectedSide, after: CollectedSide): Comparison {
  try {
    return compareSides(before, after, { limits: DEFAULT_LIMITS });
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    throw new FileError(error.message, { cause: error });
  }
}

function sideOf(command: Command): CollectedSide {
  const name = basename(command.file);
  const side = new SideCollector(name);
  side.add(readCommandFile(command), name);
  return side.finish();
}
