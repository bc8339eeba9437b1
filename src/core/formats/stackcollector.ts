import type { FrameIndex, NodeIndex, Period, RecordedPeriod } from '../model/profile';
import { noNode } from '../model/stackTree';
import { StacksBuilder, type LaneBuilder } from '../model/stacksBuilder';
import { maximumFrames, TextTable } from './encoding/textTable';
import { tooMany, truncated } from './failures';
import type { Format } from './format';
import { countsOf, startsWithCount } from './stackcollector/counts';
import { GdbmReader, isGdbm, type Entry } from './stackcollector/gdbm';

/** Each takes far more memory than its name. */
const maximumProcesses = 50_000;

/** Bytes; Python gives up at a depth of a thousand, and names are not that long. */
const longestStack = 4_000_000;

/**
 * The database of nylas-perftools' stackcollector (commit 2e9f72e): by stack how often it was sampled
 * in each process until each collection. Frames are `function(module)`, without files and lines.
 */
export const stackcollector: Format = {
  id: 'stackcollector',
  label: 'stackcollector',
  tools: 'nylas-perftools’ stackcollector',
  detect(bytes) {
    return isGdbm(bytes) && holdsStacks(bytes);
  },
  read({ bytes, choice }) {
    const reader = new StackReader(isPeriod(choice?.period) ? choice.period : undefined);
    for (const entry of new GdbmReader(bytes).entries()) reader.add(entry);
    const period = reader.period;
    if (!period) throw truncated();
    return {
      format: stackcollector.id,
      ...reader.builder.finish('samples', reader.builder.costliestLane()),
      lines: [],
      period,
      request: {},
      warnings: [],
    };
  },
};

/** Other programs keep such databases too: the first entry tells. */
function holdsStacks(bytes: Buffer): boolean {
  try {
    const first = new GdbmReader(bytes).entries().next();
    return first.done !== true && startsWithCount(first.value.value);
  } catch {
    return false;
  }
}

function isPeriod(period: Period | undefined): period is Period {
  if (!period || !isFinite(period.fromMs) || !isFinite(period.untilMs)) return false;
  return period.fromMs <= period.untilMs;
}

/** Adds up the counts of the chosen period, with a lane for each process. */
class StackReader {
  readonly builder = new StacksBuilder();
  readonly #chosen: Period | undefined;
  readonly #processes = new TextTable(maximumProcesses, 'processes');
  readonly #frames = new Map<string, FrameIndex>();
  readonly #lanes: LaneBuilder[] = [];
  #firstMs = Infinity;
  #lastMs = -Infinity;

  constructor(chosen: Period | undefined) {
    this.#chosen = chosen;
  }

  /** The time of all collections; `undefined` where there was none. */
  get period(): RecordedPeriod | undefined {
    if (this.#firstMs > this.#lastMs) return undefined;
    const recorded = { fromMs: this.#firstMs, untilMs: this.#lastMs };
    return { recorded, shown: this.#chosen ?? recorded };
  }

  add(entry: Entry): void {
    const samples = new Map<LaneBuilder, number>();
    for (const count of countsOf(entry)) {
      this.#firstMs = Math.min(this.#firstMs, count.timeMs);
      this.#lastMs = Math.max(this.#lastMs, count.timeMs);
      if (!this.#isChosen(count.timeMs)) continue;
      const lane = this.#laneOf(count.process);
      samples.set(lane, (samples.get(lane) ?? 0) + count.samples);
    }
    if (samples.size === 0) return;
    if (entry.key.length > longestStack) throw tooMany(longestStack, 'characters in one stack');
    const node = this.#nodeOf(entry.key.toString('utf8'));
    for (const [lane, count] of samples) lane.add(node, count);
  }

  #isChosen(timeMs: number): boolean {
    const chosen = this.#chosen;
    return !chosen || (timeMs >= chosen.fromMs && timeMs <= chosen.untilMs);
  }

  #laneOf(process: string): LaneBuilder {
    const index = this.#processes.indexOf(process);
    return (this.#lanes[index] ??= this.builder.lane({
      name: process,
      kind: 'sampled',
      unit: 'samples',
      timeOrdered: false,
    }));
  }

  #nodeOf(stack: string): NodeIndex {
    let node: NodeIndex = noNode;
    for (const name of stack.split(';')) {
      node = this.builder.tree.child(node, this.#frameOf(name));
    }
    return node;
  }

  #frameOf(name: string): FrameIndex {
    let frame = this.#frames.get(name);
    if (frame === undefined) {
      frame = this.builder.frame(name, undefined, undefined, undefined);
      if (frame >= maximumFrames) throw tooMany(maximumFrames, 'functions');
      this.#frames.set(name, frame);
    }
    return frame;
  }
}
