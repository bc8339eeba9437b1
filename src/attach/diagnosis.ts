import type { Sampler } from './sampler';
import { SamplerFailure } from './samplerFailure';
import { dumpStacks } from './stackDump';

/**
 * The reason behind a failed recording. With `--subprocesses` py-spy only says that it found no
 * Python, whether the process has ended or may not be looked into; a dump tells.
 */
export async function diagnosed(
  failure: SamplerFailure,
  { name, program }: Sampler,
  pid: number,
): Promise<SamplerFailure> {
  if (name !== 'py-spy' || failure.kind !== 'notPython') return failure;
  try {
    await dumpStacks(program, pid);
    return failure;
  } catch (error) {
    return error instanceof SamplerFailure ? error : failure;
  }
}
