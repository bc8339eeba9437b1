/** The character at which a line's code begins. */
export function codeStart(text: string): number {
  return text.length - text.trimStart().length;
}
