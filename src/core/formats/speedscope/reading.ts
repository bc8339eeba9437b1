import type { Frame, Func, Lane, Profile } from '../../model/profile';
import { damaged } from '../failures';
import type { SpeedscopeDocument } from './document';
import { LaneReader } from './lanes';

/** Exporters whose events are samples that they merged, so that they count no calls. */
const sampling = /^pyinstrument/i;

/**
 * The profile of a document.
 *
 * @param frames those that the samples and events of the document count
 * @throws ProfileError where its profiles are damaged
 */
export function profileOf(
  document: SpeedscopeDocument,
  frames: readonly Frame[],
  functions: readonly Func[],
): Profile {
  const reader = new LaneReader(frames.length, !sampling.test(document.exporter));
  const lanes = document.profiles.map((profile) => reader.read(profile));
  const activeLane = lanes[document.activeProfileIndex] ? document.activeProfileIndex : 0;
  const active = lanes[activeLane];
  if (!active) throw damaged('speedscope', 'it holds no profile');
  return {
    format: 'speedscope',
    unit: active.unit,
    total: totalOf(lanes.filter(({ unit }) => unit === active.unit)),
    functions,
    data: { kind: 'stacks', frames, nodes: reader.nodes(), lanes, activeLane },
    lines: [],
    request: {},
    warnings: [],
  };
}

/** Cost of all samples in which something ran. */
function totalOf(lanes: readonly Lane[]): number {
  let total = 0;
  for (const { samples, weights } of lanes) {
    for (const [index, node] of samples.entries()) if (node >= 0) total += weights[index] ?? 0;
  }
  return total;
}
