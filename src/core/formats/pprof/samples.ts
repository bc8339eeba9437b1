import { ProfileError } from '../../model/errors';
import type { FrameIndex } from '../../model/profile';
import type { LaneBuilder, StacksBuilder } from '../../model/stacksBuilder';
import { isCost } from '../encoding/numbers';
import type { ProtobufReader } from '../encoding/protobuf';
import { damaged, tooMany } from '../failures';
import { LocationFrames } from './frames';
import type { ProfileMessage } from './profileMessage';
import type { SampleType } from './sampleTypes';
import { readThreadLabel, threadTitle, type Thread } from './threads';

/**
 * Frames of all samples that a file may have beyond one for each of its bytes: a location takes a
 * byte at least in each sample, and more frames than that only by calls that were inlined.
 */
const framesBeyondBytes = 2 ** 21;

const mostThreads = 10_000;

/** Collects the samples of a file in one of their values, with a lane for each thread. */
export class SampleReader {
  readonly #lanes = new Map<string, LaneBuilder>();
  readonly #message: ProfileMessage;
  readonly #type: SampleType;
  readonly #builder: StacksBuilder;
  readonly #locations: LocationFrames;
  #framesLeft: number;

  /** @param size bytes of the file */
  constructor(message: ProfileMessage, type: SampleType, builder: StacksBuilder, size: number) {
    this.#message = message;
    this.#type = type;
    this.#builder = builder;
    this.#locations = new LocationFrames(message, builder);
    this.#framesLeft = size + framesBeyondBytes;
  }

  /** @throws ProfileError where the samples or what they refer to are damaged */
  readAll(): void {
    const { samples } = this.#message;
    for (let index = 0; index < samples.length; index++) this.#read(samples.at(index));
  }

  /** Adds a sample, unless its value is 0. */
  #read(sample: ProtobufReader): void {
    const stack: FrameIndex[] = [];
    const values: number[] = [];
    let thread: Thread = { name: undefined, id: undefined };
    while (sample.next()) {
      if (sample.field === 1) {
        sample.eachUnsigned((id) => {
          this.#push(stack, this.#locations.framesOf(id));
        });
      } else if (sample.field === 2) {
        sample.eachSigned((value) => values.push(value));
      } else if (sample.field === 3) {
        thread = readThreadLabel(thread, sample.message(), this.#message.strings);
      } else sample.skipField();
    }
    const value = this.#valueOf(values);
    if (value > 0) this.#laneOf(thread).add(this.#builder.tree.nodeOf(stack.reverse()), value);
  }

  #push(stack: FrameIndex[], frames: readonly FrameIndex[]): void {
    this.#framesLeft -= frames.length;
    if (this.#framesLeft < 0) throw damaged('pprof', 'it repeats its inlined calls without end');
    for (const frame of frames) stack.push(frame);
  }

  #valueOf(values: readonly number[]): number {
    const value = values[this.#type.index];
    if (value === undefined || !isCost(value)) throw damaged('pprof', 'a sample lacks a value');
    if (value >= 0) return value / this.#type.perUnit;
    throw new ProfileError(
      'The pprof file is the difference of two profiles, which no flamegraph can show.',
      'broken',
    );
  }

  /** Writers join equal stacks, so samples are in no order of time. */
  #laneOf(thread: Thread): LaneBuilder {
    const name = threadTitle(thread);
    let lane = this.#lanes.get(name);
    if (!lane) {
      if (this.#lanes.size === mostThreads) throw tooMany(mostThreads, 'threads');
      const { unit } = this.#type.metric;
      lane = this.#builder.lane({ name, kind: 'sampled', unit, timeOrdered: false });
      this.#lanes.set(name, lane);
    }
    return lane;
  }
}
