import type { Unit } from '../../model/profile';
import type { LaneBuilder, StacksBuilder } from '../../model/stacksBuilder';

/** The lanes of threads, in the order of their first samples. */
export class ThreadLanes {
  readonly #builder: StacksBuilder;
  readonly #unit: Unit;
  readonly #isOnlyThread: boolean;
  readonly #byThread = new Map<number, LaneBuilder>();

  /** @param threadCount number of threads, of which a single one needs no name */
  constructor(builder: StacksBuilder, unit: Unit, threadCount: number) {
    this.#builder = builder;
    this.#unit = unit;
    this.#isOnlyThread = threadCount <= 1;
  }

  /** @param thread an address, which people can only tell from others */
  of(thread: number): LaneBuilder {
    let lane = this.#byThread.get(thread);
    if (!lane) {
      lane = this.#laneOfNew(thread);
      this.#byThread.set(thread, lane);
    }
    return lane;
  }

  #laneOfNew(thread: number): LaneBuilder {
    const number = this.#byThread.size + 1;
    return this.#builder.lane({
      name: this.#isOnlyThread ? '' : `Thread ${number} (0x${thread.toString(16)})`,
      kind: 'sampled',
      unit: this.#unit,
      timeOrdered: true,
    });
  }
}
