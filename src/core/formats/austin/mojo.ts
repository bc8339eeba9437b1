import { ProfileError } from '../../model/errors';
import type { Profile } from '../../model/profile';
import { damaged } from '../failures';
import type { ReadChoice } from '../format';
import { MojoCursor } from './mojoCursor';
import { MojoReader } from './mojoReader';
import { profileOf } from './profile';

/** `MOJ`, which the version follows. */
const markLength = 3;

/** austin 4.0 writes it; 3.4 wrote version 1, 3.5 version 2, 3.6 and 3.7 version 3. */
const newestVersion = 4;

/**
 * Reads what `austin --binary` writes, and austin 4 always: events of a byte that tells the kind and
 * its fields. A recording that ends in the middle opens with what it holds.
 */
export function readMojo(bytes: Buffer, choice: ReadChoice | undefined): Profile {
  const cursor = new MojoCursor(bytes, markLength);
  const version = cursor.integer();
  if (version < 1 || version > newestVersion) {
    throw damaged('MOJO', `version ${version} is none that is known`);
  }
  const reader = new MojoReader(cursor, version);
  const warnings = readEvents(cursor, reader);
  reader.finish();
  return profileOf(reader.recording, reader.mode, choice, [
    ...warnings,
    ...reader.metadata.warnings(),
  ]);
}

function readEvents(cursor: MojoCursor, reader: MojoReader): string[] {
  try {
    while (!cursor.isAtEnd) reader.readEvent();
    return [];
  } catch (error) {
    if (!(error instanceof ProfileError) || error.reason !== 'incomplete') throw error;
    return ['The file ends in the middle of a sample, which was left out.'];
  }
}
