/**
 * The index of the last line of a function in Python source: its signature, and what is indented
 * further than its `def`. Line 5 of a file has index 4.
 *
 * @param first index of its first line, be it a decorator
 * @param least index of a line that belongs to it whatever its indentation is
 */
export function lastLineOfFunction(lines: readonly string[], first: number, least: number): number {
  const start = definition(lines, first);
  if (start === undefined) return least;
  const indent = indentOf(lines[start] ?? '');
  let last = signatureEnd(lines, start);
  for (let line = last + 1; line < lines.length; line += 1) {
    const text = lines[line] ?? '';
    if (isBlank(text)) continue;
    if (line > least && indentOf(text) <= indent) break;
    last = line;
  }
  return Math.max(last, least);
}

/** Index of the `def` below decorators. */
function definition(lines: readonly string[], first: number): number | undefined {
  const isDecorated = /^\s*@/.test(lines[first] ?? '');
  for (let line = first; line < lines.length; line += 1) {
    if (/^\s*(?:async\s+)?(?:def|class)\b/.test(lines[line] ?? '')) return line;
    if (!isDecorated) return undefined;
  }
  return undefined;
}

/** Index of the line whose colon ends the signature; a closing bracket may stand below the `def`. */
function signatureEnd(lines: readonly string[], start: number): number {
  let depth = 0;
  for (let line = start; line < lines.length; line += 1) {
    const code = (lines[line] ?? '').replace(/(['"]).*?\1/g, '').replace(/#.*$/, '');
    depth += (code.match(/[([{]/g) ?? []).length - (code.match(/[)\]}]/g) ?? []).length;
    if (depth <= 0) return line;
  }
  return start;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
