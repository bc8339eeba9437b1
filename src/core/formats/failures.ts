import { ProfileError } from '../model/errors';

/** The file ends before its content does. */
export function truncated(): ProfileError {
  return new ProfileError(
    'The file ends in the middle: it is still being written, or its writer was stopped.',
    'incomplete',
  );
}

/**
 * The content contradicts its format.
 * @param format what people call the format, for example `pstats`
 * @param detail what is wrong, to follow a colon
 */
export function damaged(format: string, detail: string, cause?: unknown): ProfileError {
  return new ProfileError(
    `The ${format} data is damaged: ${detail}.`,
    'broken',
    cause === undefined ? undefined : { cause },
  );
}
