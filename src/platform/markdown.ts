/** Text that Markdown shows as it is, on one line that may wrap: names come from profiles. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\p{C}+|\s+/gu, ' ').replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
