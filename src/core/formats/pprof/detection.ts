import { ProfileError } from '../../model/errors';
import { ProtobufReader, wireType } from '../encoding/protobuf';
import { field } from './profileMessage';

/** How many fields of the file detection looks at. Go has a few before the types, protobuf's own writers none. */
const fieldsSeen = 256;

/** Fields that are messages or texts; the others are numbers. */
const lengthDelimited = new Set<number>([
  field.sampleType,
  field.sample,
  field.mapping,
  field.location,
  field.function,
  field.string,
  // The type of the period.
  11,
]);

/**
 * Whether bytes are a `Profile` message: fields of the right types, and among the first ones what
 * its samples count, which has bytes that no text has.
 */
export function looksLikeProfile(bytes: Buffer): boolean {
  const reader = new ProtobufReader(bytes);
  let types = 0;
  try {
    for (let seen = 0; seen < fieldsSeen && reader.next(); seen++) {
      if (!isKnown(reader)) return false;
      if (reader.field !== field.sampleType) reader.skipField();
      else if (isValueType(reader.message())) types++;
      else return false;
    }
    return types > 0;
  } catch (error) {
    return types > 0 && error instanceof ProfileError && error.reason === 'incomplete';
  }
}

/** Repeated numbers, such as the comments, may be packed. */
function isKnown({ field: number, type }: ProtobufReader): boolean {
  if (number > field.docUrl) return false;
  if (type === wireType.lengthDelimited) return lengthDelimited.has(number) || number === 13;
  return type === wireType.varint && !lengthDelimited.has(number);
}

function isValueType(message: ProtobufReader): boolean {
  let fields = 0;
  for (; message.next(); fields++) {
    if (message.field > 2 || message.type !== wireType.varint) return false;
    message.skipField();
  }
  return fields > 0;
}
