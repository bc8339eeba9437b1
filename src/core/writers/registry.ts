import { callgrind } from './callgrind';
import { cpuprofile } from './cpuprofile';
import { folded } from './folded';
import { functionsCsv } from './functionsCsv';
import { lineProfilerText } from './lineProfilerText';
import { linesCsv } from './linesCsv';
import { pprof } from './pprof';
import { pstats } from './pstats';
import { speedscope } from './speedscope';
import { timelineCsv } from './timelineCsv';
import type { Writer } from './writer';

/** All formats that profiles are exported to, in the order in which people are offered them. */
export const writers: readonly Writer[] = [
  pstats,
  callgrind,
  speedscope,
  cpuprofile,
  folded,
  pprof,
  functionsCsv,
  linesCsv,
  timelineCsv,
  lineProfilerText,
];

/** The writer of this id, if there is one. */
export function writerOf(id: string): Writer | undefined {
  return writers.find((writer) => writer.id === id);
}
