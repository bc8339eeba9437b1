import type { StacksProfile } from '../../derive/profileStacks';
import type { Frame, Unit } from '../../model/profile';
import {
  costsByNode,
  exportedLanes,
  mergeNodes,
  stackOf,
  type ExportedLane,
  type MergedNodes,
} from '../stackNodes';
import { rounded, wholeUnitOf } from '../units';
import { MessageWriter } from './protobuf';

/** Names and units of what is counted, as pprof's own profiles have them. */
const sampleTypes: Readonly<Record<Unit, readonly [type: string, unit: string]>> = {
  seconds: ['time', 'nanoseconds'],
  samples: ['samples', 'count'],
  bytes: ['space', 'bytes'],
  events: ['events', 'count'],
};

/** Writes stacks as a `Profile` message of pprof's `proto/profile.proto`. */
export class PprofMessage {
  readonly #profile: StacksProfile;
  readonly #message = new MessageWriter();
  /** Index 0 is the empty text, as the format demands. */
  readonly #texts = new Map([['', 0]]);

  constructor(profile: StacksProfile) {
    this.#profile = profile;
  }

  /** The message, not compressed. */
  write(): Buffer {
    const { unit, total, request, data } = this.#profile;
    const merged = mergeNodes(data, (frame) => frame);
    this.#message.message(1, this.#valueType());
    for (const lane of exportedLanes(this.#profile)) this.#writeLane(lane, merged);
    data.frames.forEach((frame, index) => {
      this.#writeLocation(frame, index);
    });
    this.#writeFunctions();
    this.#message.int(9, Math.round((request.startedMs ?? 0) * 1e6));
    if (unit === 'seconds') this.#message.int(10, Math.round(total * 1e9));
    this.#message.message(11, this.#valueType());
    this.#message.int(12, 1);
    for (const text of this.#texts.keys()) this.#message.text(6, text);
    return this.#message.toBytes();
  }

  #valueType(): (message: MessageWriter) => void {
    const { unit, metrics } = this.#profile;
    const [type, unitName] = sampleTypes[unit];
    return (message) => {
      message.int(1, this.#text(metrics?.shown ?? type));
      message.int(2, this.#text(unitName));
    };
  }

  #writeLane({ lane, name }: ExportedLane, { nodes, indexOf }: MergedNodes): void {
    const unit = wholeUnitOf(this.#profile);
    for (const [node, cost] of costsByNode(lane, indexOf)) {
      this.#message.message(2, (sample) => {
        sample.packed(1, locationsOf(stackOf(nodes, node)));
        sample.packed(2, [rounded(cost, unit)]);
        if (name === undefined) return;
        sample.message(3, (label) => {
          label.int(1, this.#text('thread'));
          label.int(2, this.#text(name));
        });
      });
    }
  }

  /** A location is a frame: its id is the frame's index and one. */
  #writeLocation({ func, line }: Frame, index: number): void {
    this.#message.message(4, (location) => {
      location.int(1, index + 1);
      location.message(4, (message) => {
        message.int(1, func + 1);
        message.int(2, line ?? 0);
      });
    });
  }

  /** Without a system name: pprof takes `<…>` out of names that equal it, as C++ template arguments. */
  #writeFunctions(): void {
    for (const [index, { name, file, line }] of this.#profile.functions.entries()) {
      this.#message.message(5, (message) => {
        message.int(1, index + 1);
        message.int(2, this.#text(name));
        message.int(4, this.#text(file ?? ''));
        message.int(5, line ?? 0);
      });
    }
  }

  #text(text: string): number {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const index = this.#texts.size;
    this.#texts.set(text, index);
    return index;
  }
}

function* locationsOf(frames: Iterable<number>): Iterable<number> {
  for (const frame of frames) yield frame + 1;
}
