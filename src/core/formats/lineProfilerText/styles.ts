/** Colours and links, as terminals are told them: `ESC [ … m` and `ESC ] 8 ; … ESC \`. */
// eslint-disable-next-line no-control-regex
const styles = /\x1b\[[\d;]*m|\x1b\]8;[^\x1b\n]*\x1b\\/g;

/** The text without what a terminal would not show as characters. */
export function withoutStyles(text: string): string {
  return text.includes('\x1b') ? text.replace(styles, '') : text;
}
