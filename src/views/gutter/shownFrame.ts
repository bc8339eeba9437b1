import type { AnnotatedFunction } from '../../core/derive/annotations';
import type { ShownFrame } from '../../protocol/flamegraph';
import type { Measured } from './measured';

/** A function as the flamegraph knows it: by its definition, or else by a line measured in it. */
export function frameOf(
  file: string,
  func: AnnotatedFunction,
  measured: Measured | undefined,
): ShownFrame {
  return { name: func.name, file, line: func.line ?? measured?.line };
}

/** Whether an argument of a command is a frame. */
export function isShownFrame(value: unknown): value is ShownFrame {
  const { name, file, line } = (value ?? {}) as Partial<Record<keyof ShownFrame, unknown>>;
  return (
    typeof name === 'string' &&
    (file === undefined || typeof file === 'string') &&
    (line === undefined || Number.isInteger(line))
  );
}
