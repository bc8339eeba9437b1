import { APPORTIONED_MARK, toSpeedscope } from '../derive/speedscopeDocument';
import { at } from '../model/typedArrays';
import type { ExportSource } from './exportSource';
import { commonLosses, lossIf, stackLosses } from './losses';
import { hasExecutingLines } from './stackNodes';
import { ExportError, type Loss, type Writer } from './writer';

/** The document that the flamegraph loads: https://www.speedscope.app/file-format-schema.json. */
export const speedscope: Writer = {
  id: 'speedscope',
  label: 'speedscope',
  extension: '.speedscope.json',
  losses(source) {
    refuseTimeline(source);
    return [
      ...commonLosses(source),
      ...(source.profile.data.kind === 'stacks' ? callLosses(source) : stackLosses(source)),
      ...lineLosses(source),
      ...markLosses(source),
    ];
  },
  write(source) {
    refuseTimeline(source);
    const { document } = toSpeedscope(source.profile, source.options);
    return JSON.stringify(document);
  },
};

function refuseTimeline({ profile }: ExportSource): void {
  if (profile.data.kind !== 'timeline') return;
  throw new ExportError('This profile is a plot over time, and speedscope shows stacks only.');
}

/** Calls in which no time passed have no place in a row of times. */
function callLosses({ profile: { data } }: ExportSource): Loss[] {
  if (data.kind !== 'stacks' || data.lanes.every(({ kind }) => kind === 'sampled')) return [];
  const { parent } = data.nodes;
  const isSampled = new Uint8Array(parent.length);
  for (const { samples } of data.lanes) for (const leaf of samples) isSampled[leaf] = 1;
  for (let node = parent.length - 1; node >= 0; node -= 1) {
    if (at(isSampled, node) === 1) isSampled[at(parent, node)] = 1;
  }
  return lossIf(isSampled.includes(0), 'calls', 'Calls that took no time are left out.');
}

/** A frame has one line, which is that of the function where it is known. */
function lineLosses({ profile }: ExportSource): Loss[] {
  const isMeasured = profile.lines.length > 0;
  const isHidden = hasExecutingLines(profile) && profile.functions.some(({ line }) => line);
  return lossIf(isMeasured || isHidden, 'lines', 'Costs of lines are left out.');
}

function markLosses({ profile }: ExportSource): Loss[] {
  return lossIf(
    profile.data.kind === 'callGraph',
    'names',
    `Functions whose cost was divided among callers have${APPORTIONED_MARK} behind their name.`,
  );
}
