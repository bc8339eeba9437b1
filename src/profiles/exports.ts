import { ProfileError } from '../core/model/errors';
import type { Profile } from '../core/model/profile';
import { ExportSource } from '../core/writers/exportSource';
import { writerOf, writers } from '../core/writers/registry';
import { ExportError, type ExportOptions } from '../core/writers/writer';
import type { ExportTarget } from './importerApi';

/** The formats that hold something of a profile, each with what it cannot hold. */
export function exportTargets(profile: Profile, options: ExportOptions): ExportTarget[] {
  const source = new ExportSource(profile, options);
  return writers.flatMap((writer) => {
    try {
      const { id, label, extension } = writer;
      const losses = writer.losses(source).map(({ sentence }) => sentence);
      return [{ id, label, extension, losses }];
    } catch (error) {
      if (error instanceof ExportError) return [];
      throw error;
    }
  });
}

/**
 * The profile in another format, in bytes of their own, which may change hands between threads.
 * @param id of a writer
 * @throws ProfileError where the format can hold nothing of the profile
 */
export function exportedFile(profile: Profile, id: string, options: ExportOptions): Uint8Array {
  const writer = writerOf(id);
  if (!writer) throw new Error(`There is no writer ${id}.`);
  try {
    const content = writer.write(new ExportSource(profile, options));
    return typeof content === 'string'
      ? new TextEncoder().encode(content)
      : new Uint8Array(content);
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    throw new ProfileError(error.message, 'broken', { cause: error });
  }
}
