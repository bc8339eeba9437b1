import { ProfileError } from '../model/errors';

/** Characters of a file that a sentence quotes at most. */
const longestQuote = 80;

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

/**
 * The file holds so many different things that no view could show them, as no real one does.
 * @param what people call them, for example `threads`
 */
export function tooMany(maximum: number, what: string): ProfileError {
  return new ProfileError(
    `The file has more than ${maximum.toLocaleString('en')} ${what}, too many to show.`,
    'tooLarge',
  );
}

/** What a file says, to stand in a sentence: shortened, in quotes, and nothing in it that a terminal would act on. */
export function quoted(text: string): string {
  const shown = text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
  return `“${shown.replace(/\p{Cc}/gu, '\ufffd')}”`;
}
