import type { StacksProfile } from '../../derive/profileStacks';
import type { Func } from '../../model/profile';
import { at } from '../../model/typedArrays';
import { exportedLanes, mergeNodes, type ExportedLane, type MergedNodes } from '../stackNodes';
import type { CallFrame, CpuProfile, CpuProfileNode } from './document';
import { fileUrl } from './fileUrl';

/** Microseconds in one of a profile's unit; what is no time stands as one microsecond each. */
export function microsecondsPer({ unit }: Pick<StacksProfile, 'unit'>): number {
  return unit === 'seconds' ? 1e6 : 1;
}

/** Lays out a profile's stacks as nodes, and its lanes one after another in one row of samples. */
export class CpuProfileBuilder {
  readonly #profile: StacksProfile;
  readonly #merged: MergedNodes;
  readonly #nodes: CpuProfileNode[] = [];
  readonly #root = this.#addNode(callFrame('(root)'));
  #idle: CpuProfileNode | undefined;
  /** By node id, then by line. */
  readonly #ticks = new Map<number, Map<number, number>>();
  readonly #samples: number[] = [];
  readonly #timeDeltas: number[] = [];
  /** By node id: exact microseconds in it. What is written of them is their rounded sum: differences never add up. */
  readonly #exact: number[] = [];
  /** Of the sample before, which the next delta tells. */
  #lastDuration = 0;
  #now = 0;

  constructor(profile: StacksProfile) {
    const { data } = profile;
    this.#profile = profile;
    this.#merged = mergeNodes(data, (frame) => data.frames[frame]?.func ?? 0);
  }

  /** @param startTime microseconds since the epoch */
  build(startTime: number): CpuProfile {
    for (const lane of exportedLanes(this.#profile)) this.#addLane(lane);
    for (const [id, lines] of this.#ticks) {
      const node = this.#nodes[id - 1];
      if (node) node.positionTicks = [...lines].map(([line, ticks]) => ({ line, ticks }));
    }
    return {
      nodes: this.#nodes,
      startTime,
      endTime: startTime + this.#now,
      samples: this.#samples,
      timeDeltas: this.#timeDeltas,
    };
  }

  #addLane({ lane, name }: ExportedLane): void {
    const { data } = this.#profile;
    const top = name === undefined ? this.#root : this.#addNode(callFrame(name), this.#root);
    const known = new Map([[-1, top]]);
    for (const [index, leaf] of lane.samples.entries()) {
      const weight = at(lane.weights, index);
      if (leaf < 0) {
        this.#addSample((this.#idle ??= this.#addNode(callFrame('(idle)'), this.#root)), weight);
      } else {
        const node = this.#nodeOf(at(this.#merged.indexOf, leaf), known);
        this.#addSample(node, weight);
        this.#addTick(node, data.frames[at(data.nodes.frame, leaf)]?.line);
      }
    }
  }

  /** The node of a merged one; it is added, with those above it, when a lane first needs it. */
  #nodeOf(merged: number, known: Map<number, CpuProfileNode>): CpuProfileNode {
    const { parent, frame } = this.#merged.nodes;
    const missing: number[] = [];
    let above = merged;
    let node = known.get(above);
    while (!node) {
      missing.push(above);
      above = at(parent, above);
      node = known.get(above);
    }
    for (const each of missing.reverse()) {
      const func = this.#profile.functions[at(frame, each)];
      node = this.#addNode(callFrame(func?.name ?? '', func), node);
      known.set(each, node);
    }
    return node;
  }

  #addNode(frame: CallFrame, parent?: CpuProfileNode): CpuProfileNode {
    const id = this.#nodes.length + 1;
    const node = { id, callFrame: frame, hitCount: 0, children: [] };
    this.#nodes.push(node);
    parent?.children.push(id);
    return node;
  }

  /** A delta is the time *before* a sample: what a sample took is told by the next one, or the end. */
  #addSample(node: CpuProfileNode, weight: number): void {
    const before = this.#exact[node.id] ?? 0;
    const after = before + weight * microsecondsPer(this.#profile);
    this.#exact[node.id] = after;
    this.#timeDeltas.push(this.#lastDuration);
    this.#samples.push(node.id);
    this.#lastDuration = Math.round(after) - Math.round(before);
    this.#now += this.#lastDuration;
    node.hitCount += 1;
  }

  #addTick({ id }: CpuProfileNode, line: number | undefined): void {
    if (line === undefined) return;
    const lines = this.#ticks.get(id) ?? new Map<number, number>();
    this.#ticks.set(id, lines.set(line, (lines.get(line) ?? 0) + 1));
  }
}

function callFrame(functionName: string, func?: Func): CallFrame {
  const lineNumber = (func?.line ?? 0) - 1;
  return {
    functionName,
    scriptId: '0',
    url: func?.file === undefined ? '' : fileUrl(func.file),
    lineNumber,
    columnNumber: lineNumber < 0 ? -1 : 0,
  };
}
