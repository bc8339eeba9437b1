import type { TableDocument } from '../../src/protocol/table';

type Calls = TableDocument['calls'];

/** Who calls whom, before it is known. */
export const NO_CALLS: Calls = {
  caller: new Int32Array(),
  callee: new Int32Array(),
  calls: new Float64Array(),
  primitiveCalls: new Float64Array(),
  self: new Float64Array(),
  total: new Float64Array(),
};

/** The calls of a function, as indexes of `calls`, the costliest first. */
export function callersOf(calls: Calls, func: number): number[] {
  return costliestFirst(calls, where(calls.callee, func));
}

/** The calls that a function makes, as indexes of `calls`, the costliest first. */
export function calleesOf(calls: Calls, func: number): number[] {
  return costliestFirst(calls, where(calls.caller, func));
}

function where(column: Int32Array, wanted: number): number[] {
  const found: number[] = [];
  for (let call = column.indexOf(wanted); call >= 0; call = column.indexOf(wanted, call + 1)) {
    found.push(call);
  }
  return found;
}

function costliestFirst({ total, calls }: Calls, found: number[]): number[] {
  const known = (column: Float64Array, call: number): number => {
    const value = column[call] ?? NaN;
    return Number.isNaN(value) ? -1 : value;
  };
  return found.sort(
    (a, b) => known(total, b) - known(total, a) || known(calls, b) - known(calls, a),
  );
}
