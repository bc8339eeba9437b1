import { contentOf } from '../../src/core/formats/content';
import { samples, type Sample } from '../unit/core/formats/samples';
import { hostileFiles } from './hostileFiles';
import { broken } from './mutations';
import { Random, seedOf } from './random';

/** Samples of no more bytes than this are cut at each of them. */
const smallSample = 8 * 1024;

/** Larger samples are as good as this much of them, and take longer. */
const largeSample = 1024 * 1024;

/** Any two steps of this length meet only after all cuts: it is a prime. */
const stride = 7919;

/** A broken file, and how it came about. */
export interface Case {
  readonly bytes: Buffer;
  readonly made: string;
}

/**
 * Broken files without end for the reader of a format: first those made to do harm, then by turns
 * samples cut off at every byte, as long as there are such cuts, and samples changed at random.
 * The same seed gives the same files.
 */
export function* casesOf(format: string, seed: number): Generator<Case, never> {
  yield* harmful(format);
  const own = samples.filter((sample) => sample.format === format).flatMap(alsoUnzipped);
  const others = samples.map(({ bytes }) => bytes.subarray(0, largeSample));
  const cuts = cutsOf(own.filter(({ bytes }) => bytes.length <= smallSample));
  for (let round = 0; ; round++) {
    const cut = cuts.next();
    if (!cut.done) yield cut.value;
    const random = new Random(seedOf(`${seed} ${format} ${round}`));
    const { path, bytes } = random.oneOf(own);
    yield {
      bytes: broken(bytes.subarray(0, largeSample), others, random),
      made: `${path} changed in round ${round}`,
    };
  }
}

/** A gzipped sample and what it holds: hardly anything that changes the former gets past its checksum. */
function alsoUnzipped({ path, bytes }: Sample): readonly Pick<Sample, 'path' | 'bytes'>[] {
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const sample = { path, bytes };
  return isZipped ? [sample, { path: `${path} unzipped`, bytes: contentOf(bytes) }] : [sample];
}

function* harmful(format: string): Generator<Case, void> {
  for (const hostile of hostileFiles()) {
    if (hostile.format === format || hostile.format === undefined) {
      yield { bytes: hostile.bytes, made: hostile.name };
    }
  }
}

/** Every beginning of every file, in an order that soon has some of everywhere. */
function* cutsOf(files: readonly Pick<Sample, 'path' | 'bytes'>[]): Generator<Case, void> {
  const places = files.flatMap((file) => Array.from(file.bytes.keys(), (end) => ({ file, end })));
  const step = places.length % stride === 0 ? 1 : stride;
  for (const index of places.keys()) {
    const place = places[(index * step) % places.length];
    if (!place) return;
    const { file, end } = place;
    yield { bytes: file.bytes.subarray(0, end), made: `${file.path} cut at byte ${end}` };
  }
}
