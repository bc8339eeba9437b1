import type { Lane, Profile } from '../model/profile';
import { startsWithText, wholeText } from './encoding/text';
import { damaged, truncated } from './failures';
import type { Format } from './format';
import { documentOf } from './speedscope/document';
import { readFrames } from './speedscope/frames';
import { LaneReader } from './speedscope/lanes';

/**
 * speedscope's own JSON (https://www.speedscope.app/file-format-schema.json, 1.25.0), as py-spy,
 * austin, pyinstrument, pyspeedscope and speedscope's export write it.
 */
export const speedscope: Format = {
  id: 'speedscope',
  label: 'speedscope',
  detect(bytes) {
    if (!startsWithText(bytes, '{')) return false;
    const has = (text: string): boolean => bytes.includes(text, 0, 'latin1');
    return has('speedscope.app/file-format-schema.json') || (has('"profiles"') && has('"frames"'));
  },
  read({ bytes }) {
    return profileOf(parse(wholeText(bytes)));
  },
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!text.trimEnd().endsWith('}')) throw truncated();
    throw damaged('speedscope', 'it is not JSON', error);
  }
}

function profileOf(json: unknown): Profile {
  const document = documentOf(json);
  const { frames, functions } = readFrames(document);
  const reader = new LaneReader(frames.length);
  const lanes = document.profiles.map((profile) => reader.read(profile));
  const activeLane = lanes[document.activeProfileIndex] ? document.activeProfileIndex : 0;
  const active = lanes[activeLane];
  if (!active) throw damaged('speedscope', 'it holds no profile');
  return {
    format: speedscope.id,
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
