import { FrameTable } from './frameTable';
import { NumberList } from './numberList';
import type { FrameIndex, FunctionIndex, Lane, NodeIndex, Profile, Unit } from './profile';
import { StackTree } from './stackTree';

/** Collects what a profile with real stacks holds. */
export class StacksBuilder {
  readonly tree = new StackTree();
  readonly #table = new FrameTable();
  readonly #lanes: LaneBuilder[] = [];

  /** Index of a function at an executing line; what is not known is `undefined`. */
  frame(
    name: string,
    file: string | undefined,
    definitionLine: number | undefined,
    executingLine: number | undefined,
  ): FrameIndex {
    const func = this.#table.functions.indexOf(name, file, definitionLine);
    return this.#table.indexOf(func, executingLine);
  }

  /** The function of a frame that was added. */
  functionOf(frame: FrameIndex): FunctionIndex {
    return this.#table.frames[frame]?.func ?? -1;
  }

  /** The file of a function that was added. */
  fileOf(func: FunctionIndex): string | undefined {
    return this.#table.functions.functions[func]?.file;
  }

  /** Adds a lane behind the others. */
  lane(facts: LaneFacts): LaneBuilder {
    const lane = new LaneBuilder(facts);
    this.#lanes.push(lane);
    return lane;
  }

  /** Index of the lane in which the most ran; 0 without lanes. */
  costliestLane(): number {
    return this.#lanes.reduce(
      (costliest, { cost }, index, lanes) =>
        cost > (lanes[costliest]?.cost ?? 0) ? index : costliest,
      0,
    );
  }

  /**
   * The stacks as a profile has them.
   * @param unit of the total, which counts the lanes in that unit
   * @param activeLane index of the lane to show first
   */
  finish(unit: Unit, activeLane = 0): Pick<Profile, 'unit' | 'total' | 'functions' | 'data'> {
    const lanes = this.#lanes.length > 0 ? this.#lanes : [this.lane({ ...noLane, unit })];
    return {
      unit,
      total: lanes.reduce((sum, lane) => (lane.unit === unit ? sum + lane.cost : sum), 0),
      functions: this.#table.functions.functions,
      data: {
        kind: 'stacks',
        frames: this.#table.frames,
        nodes: this.tree.nodes(),
        lanes: lanes.map((lane) => lane.toLane()),
        activeLane,
      },
    };
  }
}

export type LaneFacts = Pick<Lane, 'name' | 'kind' | 'unit' | 'timeOrdered'>;

/** What stands for the lanes of a profile without any. */
const noLane = { name: '', kind: 'sampled', timeOrdered: false } as const;

/** Collects the samples of a lane. */
export class LaneBuilder {
  readonly #facts: LaneFacts;
  readonly #samples = NumberList.int32();
  readonly #weights = NumberList.float64();
  /** Cost of all samples in which something ran. */
  cost = 0;

  constructor(facts: LaneFacts) {
    this.#facts = facts;
  }

  get unit(): Unit {
    return this.#facts.unit;
  }

  /** @param leaf the node that ran, or `noNode` */
  add(leaf: NodeIndex, weight: number): void {
    this.#samples.push(leaf);
    this.#weights.push(weight);
    if (leaf >= 0) this.cost += weight;
  }

  toLane(): Lane {
    return {
      ...this.#facts,
      samples: this.#samples.toArray(),
      weights: this.#weights.toArray(),
    };
  }
}
