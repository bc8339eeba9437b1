import type { CollectedProcess, CollectedQuery, SampleCounts } from '../../collector/api';
import type { Period } from '../../core/model/profile';

/** What was collected, as far as the views ask for it. Both reject with a sentence for a person. */
export interface CollectedHistory {
  counts(query: CollectedQuery, bucketMs: number): Promise<SampleCounts>;
  /** All processes that were collected from, however long ago. */
  processes(): Promise<readonly CollectedProcess[]>;
}

/** The processes of which something was collected in a part of the time, whose end does not belong to it. */
export function processesWithin(
  processes: readonly CollectedProcess[],
  { fromMs, untilMs }: Period,
): CollectedProcess[] {
  return processes.filter(({ period }) => period.fromMs < untilMs && period.untilMs > fromMs);
}
