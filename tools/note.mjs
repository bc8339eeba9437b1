/**
 * Tells the user which long step begins; on stderr, since stdout may be for a program to read.
 * @param {string} step
 */
export function note(step) {
  console.error(`• ${step}`);
}
