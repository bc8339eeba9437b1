import { NumberList } from '../../model/numberList';
import { ProtobufReader, type Unsigned } from '../encoding/protobuf';
import { damaged } from '../failures';

/** Messages of a file, by number: where they are, not what they hold. */
export class MessageList {
  readonly #bytes: Buffer;
  readonly #starts = NumberList.int32();
  readonly #ends = NumberList.int32();

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get length(): number {
    return this.#starts.length;
  }

  add({ start, end }: ProtobufReader): void {
    this.#starts.push(start);
    this.#ends.push(end);
  }

  /** A reader of the message with this number, which must exist. */
  at(index: number): ProtobufReader {
    return new ProtobufReader(this.#bytes, this.#starts.at(index), this.#ends.at(index));
  }

  /** The text with this number, which must exist. */
  textAt(index: number): string {
    return this.#bytes.toString('utf8', this.#starts.at(index), this.#ends.at(index));
  }
}

/** Messages that have an id in their first field and are found by it. The last one of an id counts. */
export class IdentifiedMessages {
  readonly list: MessageList;
  readonly #indexes = new Map<Unsigned, number>();

  constructor(bytes: Buffer) {
    this.list = new MessageList(bytes);
  }

  add(message: ProtobufReader): void {
    this.list.add(message);
    let id: Unsigned = 0;
    while (message.next()) {
      if (message.field === 1) id = message.unsigned();
      else message.skipField();
    }
    this.#indexes.set(id, this.list.length - 1);
  }

  /** Number of the message with the id, `undefined` where there is none. */
  indexOf(id: Unsigned): number | undefined {
    return this.#indexes.get(id);
  }
}

/** The string table: texts are decoded when they are first wanted. */
export class Strings {
  readonly #list: MessageList;
  readonly #decoded = new Map<number, string>();

  constructor(list: MessageList) {
    this.#list = list;
  }

  /** @throws ProfileError where there is no such string */
  at(index: number): string {
    let text = this.#decoded.get(index);
    if (text === undefined) {
      if (!(index >= 0 && index < this.#list.length)) throw damaged('pprof', 'a name is missing');
      text = this.#list.textAt(index);
      this.#decoded.set(index, text);
    }
    return text;
  }
}
