import type { CallGraph, ExactLine, Func, Lane, Profile, Stacks, Unit } from '../model/profile';
import {
  APPORTIONED,
  CUT_OFF,
  CUT_OFF_NAME,
  estimateCallTree,
  type CallTree,
  type TreeLimits,
} from './callTree';
import { EventTrack } from './eventTrack';
import { at } from '../model/typedArrays';
import type {
  SpeedscopeFile,
  SpeedscopeFrame,
  SpeedscopeProfile,
  SpeedscopeUnit,
} from './speedscopeFile';
import { heaviestFirst, walkTree } from './treeWalk';
import { laneProfile } from './speedscopeLanes';

/** What the flamegraph is to be called, and how large it may be. */
export interface SpeedscopeOptions {
  /** Name of the document, and of its profile where the format has no name for it. */
  readonly title: string;
  readonly limits: TreeLimits;
}

/** A document for speedscope and how to read it. */
export interface SpeedscopeResult {
  readonly document: SpeedscopeFile;
  /** One line for people on how to read the flamegraph; `undefined` where there is nothing to say. */
  readonly note: string | undefined;
}

/** Stands behind the name of a function whose cost was divided among callers by assumption. */
export const APPORTIONED_MARK = ' ≈';

/** Says what the lines of the frames are, which the format leaves open. */
const EXPORTERS = {
  firstLines: 'hotline (first lines)',
  executingLines: 'hotline (executing lines)',
};

interface Content {
  readonly frames: readonly SpeedscopeFrame[];
  readonly profiles: readonly SpeedscopeProfile[];
  readonly activeProfileIndex: number;
  readonly note: string | undefined;
}

/**
 * What the flamegraph shows of a profile: real stacks as they are, a call graph as an estimated call
 * tree (`estimateCallTree`), line timings as functions with their lines below them. A frame's line is
 * that of the function's definition, else the executing one.
 */
export function toSpeedscope(
  profile: Profile,
  { title, limits }: SpeedscopeOptions,
): SpeedscopeResult {
  const { frames, profiles, activeProfileIndex, note } = contentOf(profile, title, limits);
  return {
    document: {
      $schema: 'https://www.speedscope.app/file-format-schema.json',
      exporter: hasFirstLines(profile) ? EXPORTERS.firstLines : EXPORTERS.executingLines,
      name: title,
      activeProfileIndex,
      shared: { frames },
      profiles,
    },
    note: profile.total > 0 ? note : 'This profile holds no cost, so there is nothing to draw.',
  };
}

/** A frame has its function's first line where any is known; the lines below line timings are executing ones. */
function hasFirstLines({ data, functions }: Profile): boolean {
  return data.kind !== 'stacks' || functions.some(({ line }) => line !== undefined);
}

function contentOf(profile: Profile, title: string, limits: TreeLimits): Content {
  switch (profile.data.kind) {
    case 'callGraph':
      return callGraphContent(profile, profile.data, title, limits);
    case 'stacks':
      return stacksContent(profile, profile.data, title);
    case 'lineTimings':
      return lineTimingsContent(profile, title);
    case 'timeline':
      return {
        frames: [],
        profiles: [eventedProfile(title, profile.unit, new EventTrack())],
        activeProfileIndex: 0,
        note: 'This profile is a plot over time and holds no stacks.',
      };
  }
}

function callGraphContent(
  profile: Profile,
  graph: CallGraph,
  title: string,
  limits: TreeLimits,
): Content {
  const tree = estimateCallTree(graph, limits);
  const apportioned = new Set(tree.func.filter((_, node) => hasFlag(tree, node, APPORTIONED)));
  const frames: SpeedscopeFrame[] = [];
  const frameOfFunction = new Map<number, number>();
  const track = new EventTrack();
  const frameOf = (node: number): number => {
    const func = at(tree.func, node);
    const known = frameOfFunction.get(func);
    if (known !== undefined) return known;
    const mark = apportioned.has(func) ? APPORTIONED_MARK : '';
    const frame = frames.push(functionFrame(profile.functions[func], mark)) - 1;
    frameOfFunction.set(func, frame);
    return frame;
  };
  walkTree(heaviestFirst(tree.parent, tree.total), {
    enter: (node) => {
      track.open(frameOf(node));
    },
    leave: (node) => {
      track.pass(at(tree.self, node));
      track.close(frameOf(node));
    },
  });
  return {
    frames,
    profiles: [eventedProfile(title, profile.unit, track)],
    activeProfileIndex: 0,
    note: callGraphNote(profile, apportioned.size > 0, limits, cutOffTotal(tree)),
  };
}

/** The frame of a function, or of what was cut off where there is none. */
function functionFrame(func: Func | undefined, mark: string): SpeedscopeFrame {
  return func ? speedscopeFrame(func.name + mark, func) : { name: CUT_OFF_NAME };
}

function hasFlag(tree: CallTree, node: number, flag: number): boolean {
  return (at(tree.flags, node) & flag) !== 0;
}

function cutOffTotal(tree: CallTree): number {
  return tree.total.reduce(
    (sum, total, node) => (hasFlag(tree, node, CUT_OFF) ? sum + total : sum),
    0,
  );
}

function callGraphNote(
  { format, total }: Profile,
  isApportioned: boolean,
  limits: TreeLimits,
  cutOff: number,
): string {
  const tool = format === 'pstats' ? 'cProfile' : 'The profiler';
  const sentences = [
    isApportioned
      ? `${tool} recorded no stacks, so this call tree is an estimate: the costs of frames marked${APPORTIONED_MARK} were divided among their callers in proportion.`
      : `${tool} recorded no stacks: this call tree was made from who called whom.`,
  ];
  if (cutOff > 0) {
    const share = `${percent(limits.minimumShare)} of the total`;
    sentences.push(
      `Branches below ${share} (${percent(cutOff / total)} together) are summed up by function.`,
    );
  }
  return sentences.join(' ');
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}

function stacksContent(profile: Profile, stacks: Stacks, title: string): Content {
  const { frames, indexOf } = drawnFrames(profile, stacks);
  const nodes = { ...stacks.nodes, frame: stacks.nodes.frame.map((frame) => at(indexOf, frame)) };
  return {
    frames,
    profiles: stacks.lanes.map((lane: Lane) =>
      laneProfile(nodes, lane, lane.name || title, speedscopeUnit(lane.unit)),
    ),
    activeProfileIndex: stacks.activeLane,
    note: stacks.lanes.every(({ timeOrdered }) => timeOrdered)
      ? undefined
      : 'The profiler did not record when a sample was taken: the time order is only the order in the file.',
  };
}

/** The frames to draw, and the index among them of each frame of the stacks: lines of one function are one. */
function drawnFrames(
  { functions }: Profile,
  stacks: Stacks,
): { readonly frames: SpeedscopeFrame[]; readonly indexOf: Int32Array } {
  const frames: SpeedscopeFrame[] = [];
  const indexes = new Map<string, number>();
  const indexOf = Int32Array.from(stacks.frames, ({ func, line: executing }) => {
    const {
      name = '',
      file,
      line = file === undefined ? undefined : executing,
    } = functions[func] ?? {};
    const key = `${func}:${line}`;
    const index = indexes.get(key) ?? frames.push(speedscopeFrame(name, { file, line })) - 1;
    indexes.set(key, index);
    return index;
  });
  return { frames, indexOf };
}

function lineTimingsContent(profile: Profile, title: string): Content {
  const frames = profile.functions.map((func) => speedscopeFrame(func.name, func));
  const track = new EventTrack();
  const linesOf = profile.functions.map((): ExactLine[] => []);
  for (const line of profile.lines) linesOf[line.func]?.push(line);
  for (const [index, { name }] of profile.functions.entries()) {
    const lines = linesOf[index] ?? [];
    if (lines.length === 0) continue;
    track.open(index);
    for (const { file, line, total } of lines) {
      const frame = frames.push({ name: `${name}:${line}`, file, line }) - 1;
      track.open(frame);
      track.pass(total);
      track.close(frame);
    }
    track.close(index);
  }
  return {
    frames,
    profiles: [eventedProfile(title, profile.unit, track)],
    activeProfileIndex: 0,
    note:
      profile.unit === 'bytes'
        ? 'memory_profiler recorded no calls: below each function stand the lines that made the memory grow.'
        : 'line_profiler recorded no calls: below each function stand its lines, and the time of a line includes what it called.',
  };
}

function eventedProfile(name: string, unit: Unit, track: EventTrack): SpeedscopeProfile {
  return {
    type: 'evented',
    name,
    unit: speedscopeUnit(unit),
    startValue: 0,
    endValue: track.end,
    events: track.events,
  };
}

function speedscopeFrame(
  name: string,
  { file, line }: Pick<Func, 'file' | 'line'>,
): SpeedscopeFrame {
  return {
    name,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
  };
}

function speedscopeUnit(unit: Unit): SpeedscopeUnit {
  return unit === 'seconds' || unit === 'bytes' ? unit : 'none';
}
