import type {
  AnnotatedFile,
  AnnotatedFunction,
  AnnotatedLine,
  Annotations,
} from '../../../../src/core/derive/annotations';

/** A function of a hand-made profile; costs in seconds. */
export function func(
  name: string,
  facts: Partial<AnnotatedFunction> & { total: number },
): AnnotatedFunction {
  return {
    name,
    line: undefined,
    calls: undefined,
    primitiveCalls: undefined,
    self: undefined,
    callers: [],
    ...facts,
  };
}

/** A line of the first function unless told otherwise. */
export function line(
  number: number,
  time: number,
  facts: Partial<AnnotatedLine> = {},
): AnnotatedLine {
  return {
    line: number,
    time,
    hits: undefined,
    self: undefined,
    func: 0,
    measured: 'exact',
    ...facts,
  };
}

/** A hand-made profile of one file, `/app/shop/views.py`, in seconds. */
export function annotations(
  lineData: Annotations['lineData'],
  file: AnnotatedFile,
  facts: Partial<Annotations> = {},
): Annotations {
  return {
    format: 'sample',
    unit: 'seconds',
    total: 1,
    lineData,
    files: new Map([[VIEWS, file]]),
    ...facts,
  };
}

export const VIEWS = '/app/shop/views.py';
