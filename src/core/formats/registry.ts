import type { Profile } from '../model/profile';
import { austin } from './austin';
import { callgrind } from './callgrind';
import { chromeTrace } from './chromeTrace';
import { contentOf } from './content';
import { cpuprofile } from './cpuprofile';
import { d3FlameGraph } from './d3FlameGraph';
import { flamegraphSvg } from './flamegraphSvg';
import { folded } from './folded';
import type { Format, Source } from './format';
import { gecko } from './gecko';
import { hotline } from './hotline';
import { hotshot } from './hotshot';
import { lineProfiler } from './lineProfiler';
import { lineProfilerText } from './lineProfilerText';
import { memoryProfiler } from './memoryProfiler';
import { mprofDat } from './mprofDat';
import { plop } from './plop';
import { pprof } from './pprof';
import { pprofileText } from './pprofileText';
import { pstats } from './pstats';
import { pySpy } from './pySpy';
import { pyinstrument } from './pyinstrument';
import { speedscope } from './speedscope';
import { stackcollector } from './stackcollector';
import { tachyon } from './tachyon';
import { tachyonFlamegraph } from './tachyonFlamegraph';
import { tachyonHeatmap } from './tachyonHeatmap';
import { tachyonJsonl } from './tachyonJsonl';
import { unknownContent } from './unknownContent';
import { vmprof } from './vmprof';
import { ystat } from './ystat';

/** All formats, in the order in which they are tried: the strictest test first. */
export const formats: readonly Format[] = [
  pstats,
  hotshot,
  pprof,
  tachyon,
  tachyonJsonl,
  tachyonFlamegraph,
  tachyonHeatmap,
  gecko,
  vmprof,
  stackcollector,
  plop,
  lineProfiler,
  ystat,
  hotline,
  speedscope,
  pyinstrument,
  pySpy,
  cpuprofile,
  chromeTrace,
  d3FlameGraph,
  flamegraphSvg,
  callgrind,
  lineProfilerText,
  pprofileText,
  memoryProfiler,
  mprofDat,
  austin,
  folded,
];

/** The format of a file by its content, `undefined` for none known. Never throws. */
export function detectFormat(bytes: Buffer): Format | undefined {
  try {
    return formatOf(contentOf(bytes));
  } catch {
    return undefined;
  }
}

/**
 * Reads a profile of any format.
 * @throws ProfileError with the reason where it cannot be read
 */
export function readProfile(source: Source): Profile {
  const bytes = contentOf(source.bytes);
  const format = formatOf(bytes);
  if (!format) throw unknownContent(bytes);
  return format.read({ ...source, bytes });
}

/** The name people know the format of this id by. */
export function formatLabel(id: string): string {
  return formats.find((format) => format.id === id)?.label ?? id;
}

function formatOf(content: Buffer): Format | undefined {
  return formats.find((format) => format.detect(content));
}
