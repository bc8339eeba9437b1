import type { RequestFacts } from '../model/request';
import { StacksBuilder } from '../model/stacksBuilder';
import { ProtobufReader } from './encoding/protobuf';
import type { Format } from './format';
import { looksLikeProfile } from './pprof/detection';
import { withExecutingLines } from './pprof/frames';
import { readProfileMessage, type ProfileMessage } from './pprof/profileMessage';
import { SampleReader } from './pprof/samples';
import { metricsOf, sampleTypesOf, shownType } from './pprof/sampleTypes';

/**
 * pprof's `profile.proto` (https://github.com/google/pprof/blob/main/proto/profile.proto), as Go,
 * pyroscope, Datadog's and Google's Python profilers and `austin2pprof` write it; usually gzipped.
 */
export const pprof: Format = {
  id: 'pprof',
  label: 'pprof',
  tools: 'Go, Google’s and Datadog’s Python profilers, pyroscope, austin2pprof',
  detect: looksLikeProfile,
  read({ bytes, choice }) {
    const message = readProfileMessage(new ProtobufReader(bytes), bytes);
    const types = sampleTypesOf(message);
    const shown = shownType(types, message, choice?.metric);
    const builder = new StacksBuilder();
    new SampleReader(message, shown, builder, bytes.length).readAll();
    const content = builder.finish(shown.metric.unit, builder.costliestLane());
    return {
      format: pprof.id,
      ...content,
      data: withExecutingLines(content),
      lines: [],
      metrics: metricsOf(types, shown.metric),
      request: requestOf(message),
      warnings: [],
    };
  },
};

/** When and for how long it was recorded, where the file tells it. */
function requestOf({ timeNanos, durationNanos }: ProfileMessage): RequestFacts {
  return {
    ...(timeNanos > 0 && { startedMs: timeNanos / 1e6 }),
    ...(durationNanos > 0 && { durationMs: durationNanos / 1e6 }),
  };
}
