/**
 * A file that cannot be read as a profile. The message is one sentence for a person and does not
 * name the file: whoever shows it knows which file it is.
 */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';

  constructor(
    message: string,
    /** `incomplete` where the file may still be being written, `broken` where reading it again cannot help. */
    readonly reason: 'incomplete' | 'broken' | 'unknownFormat' | 'tooLarge',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
