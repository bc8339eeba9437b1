import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readProfile } from '../core/formats/registry';
import { ProfileError } from '../core/model/errors';
import type { Profile } from '../core/model/profile';
import type { Command } from './arguments';
import { FileError, systemReason, UsageError } from './failures';

/**
 * The profile that a command is about.
 * @throws FileError where the file cannot be read
 * @throws UsageError where it does not have the metric that is wanted
 */
export function readCommandFile({ file, choice }: Command): Profile {
  const profile = read(file, (bytes) => readProfile({ bytes, name: basename(file), choice }));
  const { metric } = choice;
  const known = profile.metrics?.all.map(({ id }) => id) ?? [];
  if (metric === undefined || known.includes(metric)) return profile;
  throw new UsageError(
    known.length > 0
      ? `There is no metric ${metric} in ${file}: it has ${known.join(', ')}.`
      : `${file} measures one thing only, so --metric chooses nothing.`,
  );
}

function read(file: string, parse: (bytes: Buffer) => Profile): Profile {
  const bytes = bytesOf(file);
  try {
    return parse(bytes);
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    throw new FileError(`${file}: ${error.message}`, { cause: error });
  }
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new FileError(`${file}: ${systemReason(error)}`, { cause: error });
  }
}
