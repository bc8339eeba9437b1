import type { FrameText } from '../encoding/frameText';

/** A thread at the moment of a dump. */
export interface DumpedThread {
  /** Process id. */
  readonly process: string;
  readonly name: string | undefined;
  /** As py-spy writes it: the system's id where it is known, else Python's in hexadecimal. */
  readonly id: string;
  /** `active+gil`, `active` or `idle`. */
  readonly status: string;
  /** With executing lines, the innermost first. */
  readonly frames: readonly FrameText[];
}
