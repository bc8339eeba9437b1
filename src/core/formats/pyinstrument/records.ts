import type { FrameIndex } from '../../model/profile';
import type { LaneBuilder, StacksBuilder } from '../../model/stacksBuilder';
import { checkThreads } from '../encoding/threads';
import { parseIdentifier, threadName } from './identifier';
import { array, seconds, text } from './values';

/**
 * Reads the samples of a session: `[[identifiers from the root, seconds since the last sample], ...]`
 * in the order of time. The outermost frame is the thread, which becomes the lane.
 */
export function readRecords(records: readonly unknown[], builder: StacksBuilder): void {
  const reader = new RecordReader(builder);
  for (const record of records) reader.read(array(record));
}

class RecordReader {
  readonly #builder: StacksBuilder;
  /** By the frame of the thread; the empty text where there is none. */
  readonly #lanes = new Map<string, LaneBuilder>();
  readonly #frames = new Map<string, FrameIndex>();

  constructor(builder: StacksBuilder) {
    this.#builder = builder;
  }

  read([identifiers, time]: readonly unknown[]): void {
    const stack = array(identifiers).map(text);
    const thread = threadName(stack[0] ?? '');
    const frames = (thread === undefined ? stack : stack.slice(1)).map((each) => this.#frame(each));
    const lane = this.#lane(thread === undefined ? '' : (stack[0] ?? ''), thread ?? '');
    lane.add(this.#builder.tree.nodeOf(frames), seconds(time));
  }

  #lane(key: string, name: string): LaneBuilder {
    let lane = this.#lanes.get(key);
    if (!lane) {
      lane = this.#builder.lane({ name, kind: 'sampled', unit: 'seconds', timeOrdered: true });
      this.#lanes.set(key, lane);
      checkThreads(this.#lanes.size);
    }
    return lane;
  }

  #frame(identifier: string): FrameIndex {
    let frame = this.#frames.get(identifier);
    if (frame === undefined) {
      const { name, file, firstLine, line } = parseIdentifier(identifier);
      frame = this.#builder.frame(name, file, firstLine, line);
      this.#frames.set(identifier, frame);
    }
    return frame;
  }
}
