/** Tables for tests, from a few words a function. */
import type { TableDocument } from '../../../../src/protocol/table';
import { Functions } from '../../../../webview/table/functions';

export interface TestFunction {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
  readonly calls?: number;
  readonly primitiveCalls?: number;
  readonly self?: number;
  readonly total?: number;
}

export interface TestCall {
  readonly caller: number;
  readonly callee: number;
  readonly calls?: number;
  readonly self?: number;
  readonly total?: number;
}

/** What is left out of a function or a call is unknown. */
export function tableOf(
  functions: readonly TestFunction[],
  calls: readonly TestCall[] = [],
  more: Partial<TableDocument> = {},
): TableDocument {
  const files = [...new Set(functions.flatMap(({ file }) => file ?? []))];
  return {
    unit: 'seconds',
    total: 1,
    isCounted: functions.some((each) => each.calls !== undefined),
    names: functions.map(({ name }) => name),
    files,
    file: Int32Array.from(functions, ({ file }) => (file === undefined ? -1 : files.indexOf(file))),
    line: Int32Array.from(functions, ({ line = 0 }) => line),
    costs: {
      calls: numbers(functions, ({ calls }) => calls),
      primitiveCalls: numbers(functions, ({ calls, primitiveCalls = calls }) => primitiveCalls),
      self: numbers(functions, ({ self }) => self),
      total: numbers(functions, ({ total }) => total),
    },
    samples: undefined,
    calls: {
      caller: Int32Array.from(calls, ({ caller }) => caller),
      callee: Int32Array.from(calls, ({ callee }) => callee),
      calls: numbers(calls, (call) => call.calls),
      primitiveCalls: numbers(calls, (call) => call.calls),
      self: numbers(calls, ({ self }) => self),
      total: numbers(calls, ({ total }) => total),
    },
    ...more,
  };
}

/** @param libraries files that are none of the workspace's own */
export function functionsOf(table: TableDocument, libraries: readonly string[] = []): Functions {
  const flags = Uint8Array.from(table.files, (file) => Number(libraries.includes(file)));
  return new Functions(table, flags);
}

function numbers<T>(items: readonly T[], numberOf: (item: T) => number | undefined): Float64Array {
  return Float64Array.from(items, (item) => numberOf(item) ?? NaN);
}
