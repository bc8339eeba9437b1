import type { Profile } from '../../model/profile';
import { SampleList } from '../../model/sampleList';
import { noNode } from '../../model/stackTree';
import type { ReadChoice } from '../format';
import { metricsOf, type AustinMetric } from './metrics';
import type { Mode, Recording } from './recording';
import { threadNames } from './threadNames';

/** A recording as a profile of one of its metrics, with a lane for each thread, the costliest first. */
export function profileOf(
  recording: Recording,
  mode: Mode,
  choice: ReadChoice | undefined,
  warnings: readonly string[],
): Profile {
  const metrics = metricsOf(recording, mode);
  const shown = metrics.find(({ id }) => id === choice?.metric) ?? metrics[0];
  const names = recording.threads.length > 0 ? threadNames(recording.threads) : [''];
  const { lanes, total } = samplesOf(recording, shown).toLanes(names, {
    unit: shown.unit,
    timeOrdered: true,
  });
  return {
    format: 'austin',
    unit: shown.unit,
    total,
    functions: recording.frames.functions.functions,
    data: {
      kind: 'stacks',
      frames: recording.frames.frames,
      nodes: recording.tree.nodes(),
      lanes,
      activeLane: 0,
    },
    lines: [],
    metrics:
      metrics.length > 1
        ? { all: metrics.map(({ id, label, unit }) => ({ id, label, unit })), shown: shown.id }
        : undefined,
    request: {},
    warnings,
  };
}

/** Of time that does not count, the lanes keep that it passed; of memory, there is nothing to keep. */
function samplesOf(recording: Recording, shown: AustinMetric): SampleList {
  const samples = new SampleList();
  for (const sample of recording.samples()) {
    const cost = shown.costOf(sample);
    if (cost !== undefined) samples.add(sample.thread, sample.node, cost);
    else if (shown.unit === 'seconds') samples.add(sample.thread, noNode, sample.time / 1e6);
  }
  return samples;
}
