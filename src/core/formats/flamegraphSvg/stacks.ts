import type { NodeIndex, Profile, Unit } from '../../model/profile';
import { LaneBuilder } from '../../model/stacksBuilder';
import { StackTree, noNode } from '../../model/stackTree';
import { at } from '../../model/typedArrays';
import { frameTexts, threadTexts } from '../encoding/textTable';
import { damaged } from '../failures';
import { readFrames } from '../folded/frames';
import { splitThread } from '../folded/threads';
import { formatLabel, type Box } from './boxes';
import { levelsOf, selfCounts, type PlacedBox } from './levels';

/** Where in the stacks a box is. */
interface Place {
  readonly node: NodeIndex;
  /** Index of the lane. */
  readonly lane: number;
  /** Outside of all functions, the labels of the process and thread around it, as folded stacks have them. */
  readonly threads: string;
}

/** Turns the boxes of a graph into stacks, in lanes by process and thread where it tells them. */
export class StacksOfBoxes {
  readonly #unit: Unit;
  readonly #perUnit: number;
  readonly #tree = new StackTree();
  readonly #labels = frameTexts();
  readonly #threads = threadTexts();
  /** Parallel to the threads. */
  readonly #lanes: LaneBuilder[] = [];

  /** @param perUnit how many of what the boxes count make one of the unit */
  constructor({ unit, perUnit }: { readonly unit: Unit; readonly perUnit: number }) {
    this.#unit = unit;
    this.#perUnit = perUnit;
  }

  read(boxes: readonly Box[]): Pick<Profile, 'unit' | 'total' | 'functions' | 'data'> {
    const levels = levelsOf(boxes);
    let callers: readonly Place[] = [];
    for (const [depth, level] of levels.entries()) {
      const places = level.map((placed) => this.#placeOf(placed, callers[placed.caller]));
      this.#addCosts(places, selfCounts(level, levels[depth + 1]));
      callers = places;
    }
    return this.#finish();
  }

  #placeOf({ box: { label } }: PlacedBox, caller: Place | undefined): Place {
    if (caller === undefined && label === 'all') return this.#outside('');
    const { node, lane, threads } = caller ?? this.#outside('');
    const line = threads === '' ? label : `${threads};${label}`;
    if (node === noNode && splitThread(line).stack === '') return this.#outside(line);
    return { node: this.#tree.child(node, this.#labels.indexOf(label)), lane, threads: '' };
  }

  #outside(threads: string): Place {
    const { key, label } = splitThread(threads);
    const lane = this.#threads.indexOf(key);
    this.#lanes[lane] ??= new LaneBuilder({
      name: label,
      kind: 'sampled',
      unit: this.#unit,
      timeOrdered: false,
    });
    return { node: noNode, lane, threads };
  }

  #addCosts(places: readonly Place[], self: Float64Array): void {
    for (const [index, { node, lane }] of places.entries()) {
      const cost = at(self, index);
      if (cost < 0) throw damaged(formatLabel, 'a frame costs less than what it called');
      if (cost > 0) this.#lanes[lane]?.add(node, cost / this.#perUnit);
    }
  }

  #finish(): Pick<Profile, 'unit' | 'total' | 'functions' | 'data'> {
    const used = this.#lanes.filter(({ cost }) => cost > 0).sort((a, b) => b.cost - a.cost);
    const lanes = used.length > 0 ? used : this.#lanes.slice(0, 1);
    const { frames, functions } = readFrames(this.#labels.texts);
    return {
      unit: this.#unit,
      total: lanes.reduce((total, { cost }) => total + cost, 0),
      functions,
      data: {
        kind: 'stacks',
        frames,
        nodes: this.#tree.nodes(),
        lanes: lanes.map((lane) => lane.toLane()),
        activeLane: 0,
      },
    };
  }
}
