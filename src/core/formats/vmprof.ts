import type { Metrics, Profile, Unit } from '../model/profile';
import type { RequestFacts } from '../model/request';
import { StacksBuilder } from '../model/stacksBuilder';
import { truncated } from './failures';
import type { Format } from './format';
import { Costs, type Measure } from './vmprof/costs';
import { FrameReader } from './vmprof/frames';
import { ThreadLanes } from './vmprof/lanes';
import { headerLength, layoutOf } from './vmprof/layout';
import { isMarker, Log } from './vmprof/log';

/**
 * What PyPy's own `_vmprof` and the package vmprof 0.1 to 0.6.0 for CPython write: stack samples in
 * versions 0 to 7 of the format, as vmprof/reader.py reads them.
 */
export const vmprof: Format = {
  id: 'vmprof',
  label: 'vmprof',
  tools: 'vmprof for CPython, PyPy’s own',
  detect(bytes) {
    const layout = layoutOf(bytes);
    if (!layout) return false;
    const first = bytes[headerLength(layout)];
    return first === undefined || isMarker(first);
  },
  read({ bytes, choice }) {
    const log = new Log(bytes);
    if (!log.isComplete && log.traceCount === 0) throw truncated();
    return profileOf(log, log.hasMemory && choice?.metric === 'memory' ? 'memory' : 'time');
  },
};

function profileOf(log: Log, measure: Measure): Profile {
  const unit: Unit = measure === 'memory' ? 'bytes' : 'seconds';
  const builder = new StacksBuilder();
  const frames = new FrameReader(log, builder);
  const costs = new Costs(log, measure);
  const lanes = new ThreadLanes(builder, unit, log.threads.size);
  for (let index = 0; index < log.traceCount; index++) {
    const trace = log.trace(index);
    lanes.of(trace.thread).add(builder.tree.nodeOf(frames.read(trace.entries)), costs.of(trace));
  }
  return {
    format: vmprof.id,
    ...builder.finish(unit, builder.costliestLane()),
    lines: [],
    metrics: metricsOf(log, measure),
    request: requestOf(log),
    warnings: warningsOf(log, measure),
  };
}

function metricsOf({ hasMemory, isRealTime }: Log, shown: Measure): Metrics | undefined {
  if (!hasMemory) return undefined;
  return {
    all: [
      { id: 'time', label: isRealTime ? 'Wall clock time' : 'CPU time', unit: 'seconds' },
      { id: 'memory', label: 'Memory growth', unit: 'bytes' },
    ],
    shown,
  };
}

/** Not of one request, but of the run: when it was. */
function requestOf({ startedMs, endedMs }: Log): RequestFacts {
  return {
    ...(startedMs === undefined ? {} : { startedMs }),
    ...(endedMs === undefined ? {} : { endedMs }),
  };
}

function warningsOf({ isComplete }: Log, measure: Measure): string[] {
  const warnings: string[] = [];
  if (!isComplete) {
    warnings.push(
      'The file ends in the middle: it is still being written, or its program was killed. What it holds is shown, and functions may lack their names.',
    );
  }
  if (measure === 'memory') {
    warnings.push(
      'Memory is what the process grew by from one sample to the next, told of the functions that ran then.',
    );
  }
  return warnings;
}
