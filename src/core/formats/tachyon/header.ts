import { damaged, truncated } from '../failures';
import { TachyonCursor } from './cursor';

/** Where the parts of a recording are. */
export interface Header {
  readonly isLittleEndian: boolean;
  /** Microseconds. */
  readonly interval: number;
  /** Where the samples begin; they end where the strings do. */
  readonly samplesAt: number;
  readonly stringsAt: number;
  readonly stringCount: number;
  readonly framesAt: number;
  readonly frameCount: number;
  readonly isCompressed: boolean;
}

/** The offsets of a header's fields. */
interface Layout {
  readonly stringsAt: number;
  readonly framesAt: number;
  readonly compression: number;
}

const headerLength = 64;
const footerLength = 32;
const intervalAt = 20;

/** That of 3.15's release candidates, and that of its betas, which have the same version number. */
const layouts: readonly Layout[] = [
  { stringsAt: 40, framesAt: 48, compression: 56 },
  { stringsAt: 36, framesAt: 44, compression: 52 },
];

/** Whether the bytes start a recording; those of a big-endian machine start the other way round. */
export function isRecording(bytes: Buffer): boolean {
  const magic = bytes.toString('latin1', 0, 4);
  return magic === 'HCAT' || magic === 'TACH';
}

/** @throws ProfileError where the recording did not finish or its parts are out of order */
export function readHeader(bytes: Buffer): Header {
  if (bytes.length < headerLength + footerLength) throw truncated();
  const isLittleEndian = bytes[0] === 0x48;
  const at = (offset: number): TachyonCursor => new TachyonCursor(bytes, isLittleEndian, offset);
  const version = at(4).uint32();
  if (version !== 1) throw damaged('Tachyon', `version ${version} is unknown`);
  const parts = layouts
    .map((layout) => ({
      stringsAt: Number(at(layout.stringsAt).uint64()),
      framesAt: Number(at(layout.framesAt).uint64()),
      compression: at(layout.compression).uint32(),
    }))
    .find(
      ({ stringsAt, framesAt, compression }) =>
        headerLength <= stringsAt &&
        stringsAt <= framesAt &&
        framesAt <= bytes.length - footerLength &&
        compression <= 1,
    );
  const footer = at(bytes.length - footerLength);
  const [stringCount, frameCount] = [footer.uint32(), footer.uint32()];
  // Offsets and footer are written when the recording ends.
  if (!parts || Number(footer.uint64()) !== bytes.length) throw truncated();
  return {
    isLittleEndian,
    interval: Number(at(intervalAt).uint64()),
    samplesAt: headerLength,
    stringsAt: parts.stringsAt,
    stringCount,
    framesAt: parts.framesAt,
    frameCount,
    isCompressed: parts.compression === 1,
  };
}
