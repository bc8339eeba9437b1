import { gzipSync } from 'node:zlib';
import { commonLosses, lossIf, orderLosses, stackLosses } from './losses';
import { PprofMessage } from './pprof/message';
import { sampleCosts } from './stackNodes';
import { roundingLosses, wholeUnitOf } from './units';
import type { Writer } from './writer';

/**
 * pprof's `profile.proto` (https://github.com/google/pprof/blob/main/proto/profile.proto), gzipped:
 * one location a frame, the line that ran in it, the first line in its function.
 */
export const pprof: Writer = {
  id: 'pprof',
  label: 'pprof (go tool pprof)',
  extension: '.pb.gz',
  losses(source) {
    const { stacks, profile } = source;
    return [
      ...commonLosses(source),
      ...stackLosses(source),
      ...orderLosses(source),
      ...roundingLosses(sampleCosts(stacks), wholeUnitOf(stacks)),
      ...lossIf(
        profile.lines.length > 0 && profile.data.kind !== 'lineTimings',
        'lines',
        'Lines that were measured one by one are left out.',
      ),
    ];
  },
  write({ stacks }) {
    return gzipSync(new PprofMessage(stacks).write());
  },
};
