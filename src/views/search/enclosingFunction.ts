/** A function of a Python source file. */
export interface EnclosingFunction {
  /** As `co_qualname` has it: `Cart.total`, `outer.<locals>.inner`; `<module>` outside all of them. */
  readonly qualifiedName: string;
  /** Without what it is defined in. */
  readonly name: string;
  /** 1-based line of its `def` or `class`; 1 of a module. */
  readonly line: number;
  /** 1-based line of its first decorator, where profilers see it begin; `line` where it has none. */
  readonly firstLine: number;
  /** Lines of all definitions of that name in the file, ascending. */
  readonly namesakes: readonly number[];
}

interface Definition {
  readonly kind: string;
  readonly name: string;
  readonly indent: number;
  readonly line: number;
  readonly firstLine: number;
}

/** What a profile says of a function. */
export interface ProfiledFunction {
  readonly name: string;
  /** Definition line, that of its first decorator where it has one; 0 where it is not known. */
  readonly line: number;
}

const DEFINITION = /^(?:async[ \t]+)?(def|class)[ \t]+([^\s(:[]+)/;

/** What changes the meaning of a line end: strings, comments, brackets, escaped line ends. */
const TOKEN =
  /"""(?:\\[^]|[^\\])*?(?:"""|$(?![^]))|'''(?:\\[^]|[^\\])*?(?:'''|$(?![^]))|"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?|#[^\n]*|\\\r?\n|[([{]|[)\]}]|\n/g;

/**
 * The function, or class, in which a line of Python stands; of a decorator the one it decorates.
 *
 * @param cursor 1-based
 */
export function enclosingFunction(text: string, cursor: number): EnclosingFunction {
  const definitions: Definition[] = [];
  const around: Definition[] = [];
  let decorator: number | undefined;
  let isFound = false;
  for (const { line, indent, code } of logicalLines(text)) {
    isFound ||= line > cursor && decorator === undefined;
    const [, kind, name] = DEFINITION.exec(code) ?? [];
    const definition =
      kind === undefined || name === undefined
        ? undefined
        : { kind, name, indent, line, firstLine: decorator ?? line };
    if (definition) definitions.push(definition);
    if (isFound) continue;
    while ((around.at(-1)?.indent ?? -1) >= indent) around.pop();
    if (definition) around.push(definition);
    decorator = code.startsWith('@') ? (decorator ?? line) : undefined;
  }
  const { name = '<module>', line = 1, firstLine = 1 } = around.at(-1) ?? {};
  const namesakes = definitions.filter((each) => each.name === name).map((each) => each.line);
  return { qualifiedName: qualifiedName(around), name, line, firstLine, namesakes };
}

/**
 * Whether a profile means this function. Profilers that know classes are believed; of several
 * functions with the same bare name, the one whose line is nearest is meant.
 */
export function isMeantBy(func: EnclosingFunction, { name, line }: ProfiledFunction): boolean {
  if (name.includes('.')) {
    return func.qualifiedName === name || func.qualifiedName.endsWith(`.${name}`);
  }
  if (name !== func.name) return false;
  const distance = Math.abs(func.line - line);
  return line === 0 || func.namesakes.every((other) => Math.abs(other - line) >= distance);
}

function qualifiedName(around: readonly Definition[]): string {
  if (around.length === 0) return '<module>';
  return around.reduce((outer, { name }, depth) => {
    const above = around[depth - 1];
    if (!above) return name;
    return `${outer}.${above.kind === 'def' ? '<locals>.' : ''}${name}`;
  }, '');
}

/** The lines at which statements begin: not within brackets or strings, nor empty. */
function* logicalLines(text: string): Generator<{ line: number; indent: number; code: string }> {
  let line = 1;
  let depth = 0;
  let start = 0;
  const at = (end: number): { line: number; indent: number; code: string }[] => {
    const raw = text.slice(start, end);
    const code = raw.trim();
    const indent = raw.length - raw.trimStart().length;
    return code === '' || code.startsWith('#') ? [] : [{ line: startLine, indent, code }];
  };
  let startLine = 1;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    line += token.split('\n').length - 1;
    if ('([{'.includes(token)) depth++;
    else if (')]}'.includes(token)) depth = Math.max(0, depth - 1);
    else if (token === '\n' && depth === 0) {
      yield* at(index);
      start = index + 1;
      startLine = line;
    }
  }
  yield* at(text.length);
}
