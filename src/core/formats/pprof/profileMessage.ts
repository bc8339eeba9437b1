import type { ProtobufReader } from '../encoding/protobuf';
import { damaged, truncated } from '../failures';
import { IdentifiedMessages, MessageList, Strings } from './messages';

/** What a sample counts, as indexes into the string table. */
export interface ValueType {
  readonly type: number;
  readonly unit: number;
}

/** The top level of a file: everything in it may refer to what comes later. */
export interface ProfileMessage {
  readonly sampleTypes: readonly ValueType[];
  readonly samples: MessageList;
  readonly mappings: IdentifiedMessages;
  readonly locations: IdentifiedMessages;
  readonly functions: IdentifiedMessages;
  readonly strings: Strings;
  /** When it was started, nanoseconds since the epoch; 0 where that is unknown. */
  readonly timeNanos: number;
  /** 0 where that is unknown. */
  readonly durationNanos: number;
  /** Index of the name of the type to show, 0 for none. */
  readonly defaultType: number;
}

/** Numbers of the fields. */
export const field = {
  sampleType: 1,
  sample: 2,
  mapping: 3,
  location: 4,
  function: 5,
  string: 6,
  timeNanos: 9,
  durationNanos: 10,
  defaultType: 14,
  /** The last one that is known. */
  docUrl: 15,
} as const;

/** More than any writer has. */
const mostTypes = 256;

/** @throws ProfileError where it is no protobuf, or no profile */
export function readProfileMessage(reader: ProtobufReader, bytes: Buffer): ProfileMessage {
  const sampleTypes: ValueType[] = [];
  const samples = new MessageList(bytes);
  const strings = new MessageList(bytes);
  const mappings = new IdentifiedMessages(bytes);
  const locations = new IdentifiedMessages(bytes);
  const functions = new IdentifiedMessages(bytes);
  const numbers = new Map<number, number>();
  while (reader.next()) {
    switch (reader.field) {
      case field.sampleType:
        sampleTypes.push(readValueType(reader.message()));
        break;
      case field.sample:
        samples.add(reader.message());
        break;
      case field.mapping:
        mappings.add(reader.message());
        break;
      case field.location:
        locations.add(reader.message());
        break;
      case field.function:
        functions.add(reader.message());
        break;
      case field.string:
        strings.add(reader.message());
        break;
      case field.timeNanos:
      case field.durationNanos:
      case field.defaultType:
        numbers.set(reader.field, reader.signed());
        break;
      default:
        reader.skipField();
    }
  }
  // Every profile has strings, the empty one at least, and writers have them last.
  if (strings.length === 0) throw truncated();
  if (sampleTypes.length > mostTypes) {
    throw damaged('pprof', `it counts more than ${mostTypes} things`);
  }
  return {
    sampleTypes,
    samples,
    mappings,
    locations,
    functions,
    strings: new Strings(strings),
    timeNanos: numbers.get(field.timeNanos) ?? 0,
    durationNanos: numbers.get(field.durationNanos) ?? 0,
    defaultType: numbers.get(field.defaultType) ?? 0,
  };
}

function readValueType(reader: ProtobufReader): ValueType {
  let type = 0;
  let unit = 0;
  while (reader.next()) {
    if (reader.field === 1) type = reader.signed();
    else if (reader.field === 2) unit = reader.signed();
    else reader.skipField();
  }
  return { type, unit };
}
