import type { FrameIndex } from '../../model/profile';
import type { StacksBuilder } from '../../model/stacksBuilder';
import { lineNumber } from '../encoding/numbers';
import { maximumFrames } from '../encoding/textTable';
import { damaged, tooMany } from '../failures';
import { TachyonCursor } from './cursor';
import type { Header } from './header';

/** The file of what is no function of a file: `<GC>` and `<native>`. */
const noFile = '~';

/**
 * Reads the tables of a recording.
 *
 * @returns for each of its frames the one in the builder: frames that differ in columns only are one
 * @throws ProfileError where they are damaged
 */
export function readFrames(bytes: Buffer, header: Header, builder: StacksBuilder): FrameIndex[] {
  if (header.frameCount > maximumFrames) throw tooMany(maximumFrames, 'functions and lines');
  const strings = readStrings(bytes.subarray(0, header.framesAt), header);
  const text = (index: number): string => {
    const string = strings[index];
    if (string === undefined) throw damaged('Tachyon', `string ${index} is missing`);
    return string;
  };
  const cursor = new TachyonCursor(bytes, header.isLittleEndian, header.framesAt);
  const frames: FrameIndex[] = [];
  while (frames.length < header.frameCount) {
    const file = text(cursor.varint());
    const name = text(cursor.varint());
    const line = cursor.zigzag();
    // The last line, the columns and the opcode.
    for (let skipped = 0; skipped < 3; skipped++) cursor.varint();
    cursor.byte();
    frames.push(sampledFrame(builder, name, file, line));
  }
  return frames;
}

/** A frame as Tachyon knows it: the line that ran, and not where the function begins. */
export function sampledFrame(
  builder: StacksBuilder,
  name: string,
  file: string,
  line: number,
): FrameIndex {
  const isFile = file !== noFile && file !== '';
  return builder.frame(
    name,
    isFile ? file : undefined,
    undefined,
    isFile ? lineNumber(line) : undefined,
  );
}

function readStrings(bytes: Buffer, { isLittleEndian, stringsAt, stringCount }: Header): string[] {
  const cursor = new TachyonCursor(bytes, isLittleEndian, stringsAt);
  const strings: string[] = [];
  while (strings.length < stringCount) strings.push(cursor.text(cursor.varint()));
  return strings;
}
