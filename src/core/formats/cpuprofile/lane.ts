import type { ExactLine, NodeIndex, Unit } from '../../model/profile';
import type { StacksBuilder } from '../../model/stacksBuilder';
import { noNode } from '../../model/stackTree';
import type { JsonObject } from '../encoding/json';
import { damaged } from '../failures';
import { frameOf } from './frames';
import { readNodes, type ProfileNode } from './nodes';
import { readSamples, timeSamples, type StampedSample, type TimedSample } from './samples';
import { TickedLines } from './tickedLines';
import { label, number } from './values';

/** What of a profile is not in its lane. */
export interface AddedProfile {
  readonly unit: Unit;
  readonly lines: ExactLine[];
  readonly warnings: string[];
}

type Nodes = ReadonlyMap<number, ProfileNode>;

/** Adds a profile as a lane. Without samples its nodes' hit counts take their place. */
export function addCpuProfile(
  profile: JsonObject,
  name: string,
  builder: StacksBuilder,
): AddedProfile {
  const nodes = readNodes(profile);
  const filler = pyflameFiller(nodes);
  const places = placeNodes(nodes, filler !== undefined, builder);
  const stamped = readSamples(profile);
  const { unit, samples } = stamped
    ? { unit: 'seconds' as const, samples: timesOf(stamped, filler, profile) }
    : countedSamples(nodes, profile);
  const lane = builder.lane({ name, kind: 'sampled', unit, timeOrdered: stamped !== undefined });
  const self = new Map<number, number>();
  for (const { node, seconds } of samples) {
    const place = places.get(node);
    if (place === undefined) throw damaged(label, 'a sample is of no node');
    lane.add(place, seconds);
    self.set(node, (self.get(node) ?? 0) + seconds);
  }
  return {
    unit,
    lines: linesOf(nodes, places, self, builder),
    warnings: warningsOf(profile, nodes),
  };
}

/** The shared node of the stacks for each node of the profile. */
function placeNodes(
  nodes: Nodes,
  isPyflame: boolean,
  builder: StacksBuilder,
): ReadonlyMap<number, NodeIndex> {
  const places = new Map<number, NodeIndex>();
  for (const node of nodes.values()) {
    const caller = node.parent === undefined ? noNode : (places.get(node.parent) ?? noNode);
    const frame = frameOf(node, isPyflame, builder);
    places.set(node.id, frame === undefined ? noNode : builder.tree.child(caller, frame));
  }
  return places;
}

/**
 * pyflame's converter shows each sample for a millisecond and fills the time to the next one with
 * its second node, `(idle)`. Its call frames have no lines, by which it is told.
 * @returns the id of that node
 */
function pyflameFiller(nodes: Nodes): number | undefined {
  const [, second] = [...nodes.values()];
  if (second?.callFrame['functionName'] !== '(idle)') return undefined;
  return second.callFrame['lineNumber'] === undefined ? second.id : undefined;
}

function timesOf(
  stamped: readonly StampedSample[],
  filler: number | undefined,
  profile: JsonObject,
): TimedSample[] {
  if (filler !== undefined) {
    const taken = stamped.filter(({ node }) => node !== filler);
    return timeSamples(taken, stamped.at(-1)?.time ?? 0);
  }
  return timeSamples(stamped, microseconds(profile, 'endTime') ?? 0);
}

/** A time of the profile, which the older form has in seconds. */
function microseconds(profile: JsonObject, name: string): number | undefined {
  if (typeof profile[name] !== 'number') return undefined;
  return number(profile[name]) * (profile['head'] === undefined ? 1 : 1e6);
}

/** One sample for each node that has hits, of its share of the time where that is known. */
function countedSamples(nodes: Nodes, profile: JsonObject): { unit: Unit; samples: TimedSample[] } {
  const hit = [...nodes.values()].filter(({ hitCount }) => hitCount > 0);
  const hits = hit.reduce((sum, { hitCount }) => sum + hitCount, 0);
  const [start, end] = [microseconds(profile, 'startTime'), microseconds(profile, 'endTime')];
  const isTimed = start !== undefined && end !== undefined && end > start;
  const perHit = isTimed ? (end - start) / 1e6 / hits : 1;
  return {
    unit: isTimed ? 'seconds' : 'samples',
    samples: hit.map(({ id, hitCount }) => ({ node: id, seconds: hitCount * perHit })),
  };
}

function linesOf(
  nodes: Nodes,
  places: ReadonlyMap<number, NodeIndex>,
  self: ReadonlyMap<number, number>,
  builder: StacksBuilder,
): ExactLine[] {
  const lines = new TickedLines();
  for (const node of nodes.values()) {
    const place = places.get(node.id) ?? noNode;
    if (place === noNode || node.positionTicks.length === 0) continue;
    const func = builder.functionOf(builder.tree.frameOf(place));
    const file = builder.fileOf(func);
    if (file !== undefined) lines.add(func, file, node, self.get(node.id) ?? 0);
  }
  return lines.toArray();
}

/** py2devtools names the node that it made last where a stack occurs again. */
function warningsOf(profile: JsonObject, nodes: Nodes): string[] {
  const [root] = nodes.values();
  if (profile['head'] === undefined || root?.callFrame['functionName'] !== 'head') return [];
  return [
    'py2devtools, which wrote this file, gives the time of a stack that occurs again to another one, so all times are approximate.',
  ];
}
