const DEFINITION = /^\s*(?:async\s+)?(?:def|class)\b/;
const DECORATOR = /^\s*@/;

/** Lines below a first decorator in which its function is looked for. */
const FARTHEST = 100;

/**
 * The 0-based line on which a function's `def` stands. Profiles tell the line of its first
 * decorator where it has one (`co_firstlineno`).
 */
export function definitionLine(profiled: number, lines: readonly string[]): number {
  if (!DECORATOR.test(lines[profiled] ?? '')) return profiled;
  const end = Math.min(lines.length, profiled + FARTHEST);
  for (let line = profiled + 1; line < end; line++) {
    if (DEFINITION.test(lines[line] ?? '')) return line;
  }
  return profiled;
}
