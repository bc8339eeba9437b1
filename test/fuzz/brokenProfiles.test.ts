/** Broken and hostile files: each gives a sound profile or a `ProfileError`, never anything else. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readProfile } from '../../src/core/formats/registry';
import { ProfileError } from '../../src/core/model/errors';
import { checkIntegrity } from '../../src/core/model/integrity';
import { samples } from '../unit/core/formats/samples';
import { Random } from './random';

/** How often each sample is broken in each way. */
const rounds = 24;

/** Bytes that mean something to some format: sizes, signs, marks, quotes, references, ends of lines. */
const meaningful = Buffer.from(
  '\x00\x01\x7f\x80\xff(){}[]0riutRNgfl=:\n "\\-+*.,e9\xfb\xa9',
  'latin1',
);

function checkSoundOrRefused(bytes: Buffer, what: string): void {
  let profile;
  try {
    profile = readProfile({ bytes, name: '' });
  } catch (error) {
    assert.ok(error instanceof ProfileError, `${what}: ${String((error as Error).stack)}`);
    assert.match(error.message, /^[A-Z].*\.$/s, what);
    return;
  }
  assert.deepEqual(checkIntegrity(profile), [], what);
}

/** Changes a few bytes. */
function flip(bytes: Buffer, random: Random): Buffer {
  const broken = Buffer.from(bytes);
  for (let flips = 1 + random.below(4); flips > 0; flips--) {
    const byte = random.below(2) ? random.below(256) : meaningful[random.below(meaningful.length)];
    broken[random.below(broken.length)] = byte ?? 0;
  }
  return broken;
}

/** Leaves a piece out, or repeats it. */
function splice(bytes: Buffer, random: Random): Buffer {
  const start = random.below(bytes.length);
  const end = Math.min(bytes.length, start + 1 + random.below(64));
  const rest = bytes.subarray(random.below(2) ? end : start);
  return Buffer.concat([bytes.subarray(0, end), rest]);
}

describe('every sample, broken', () => {
  for (const { path, bytes } of samples) {
    it(path, () => {
      const random = new Random(bytes.length);
      for (let round = 0; round < rounds; round++) {
        const end = round < rounds / 2 ? round : random.below(bytes.length);
        checkSoundOrRefused(bytes.subarray(0, end), `${path} cut at ${end}`);
        checkSoundOrRefused(flip(bytes, random), `${path} flipped in round ${round}`);
        checkSoundOrRefused(splice(bytes, random), `${path} spliced in round ${round}`);
      }
    });
  }
});

describe('hostile files', () => {
  it('never run what a pickle calls', () => {
    const directory = mkdtempSync(join(tmpdir(), 'hotline-fuzz-'));
    const proof = join(directory, 'run');
    for (const pickle of [
      `cos\nsystem\n(S'touch ${proof}'\ntR.LineStats`,
      `ccopy_reg\n_reconstructor\n(cposix\nsystem\nc__builtin__\nobject\nNtR(S'touch ${proof}'\ntR.LineStats`,
      `\x80\x04\x8c\x02os\x8c\x06system\x93\x8c${String.fromCharCode(proof.length + 6)}touch ${proof}\x85R.LineStats`,
    ]) {
      const bytes = Buffer.from(pickle, 'latin1');
      assert.throws(() => readProfile({ bytes, name: '' }), ProfileError);
    }
    assert.equal(existsSync(proof), false);
    rmSync(directory, { recursive: true });
  });

  it('do not multiply by references', () => {
    // A tuple of ten references to a tuple of ten references to ...: 10^50 objects if they were copied.
    const levels = Array.from({ length: 50 }, (_, level) => {
      const items = Array.from({ length: 10 }, () => sized(0x72, level));
      return Buffer.concat([sized(0xa8, 10), ...items]);
    });
    const laughs = Buffer.concat([Buffer.from('{(\x03\0\0\0'), sized(0xe9, 1), ...levels]);
    checkSoundOrRefused(laughs, 'marshal');
    const memoized = Array.from(
      { length: 200 },
      (_, level) => `(${`g${level}\n`.repeat(10)}lp${level + 1}\n`,
    );
    const pickle = `ccopy_reg\n_reconstructor\n(lp0\n${memoized.join('')}LineStats`;
    checkSoundOrRefused(Buffer.from(pickle), 'pickle');
  });

  it('do not get the memory that they declare', () => {
    const before = process.memoryUsage().rss;
    for (const type of '([<>sutalR') {
      for (const size of [2 ** 31 - 1, -(2 ** 31)]) {
        const bytes = Buffer.concat([Buffer.from('{(\x03\0\0\0'), sized(type.charCodeAt(0), size)]);
        checkSoundOrRefused(bytes, `marshal ${type}`);
      }
    }
    for (const opcode of [
      'X\xff\xff\xff\x7f',
      'T\xff\xff\xff\x7f',
      '\x8b\xff\xff\xff\x7f',
      'r\xff\xff\xff\xff',
    ]) {
      checkSoundOrRefused(Buffer.from(`\x80\x02LineStats${opcode}`, 'latin1'), 'pickle');
    }
    assert.ok(process.memoryUsage().rss - before < 256 * 1024 * 1024);
  });

  it('do not fill the memory from a gzip file', () => {
    // 600 MB in 600 kB: more than is ever unzipped.
    const megabyte = gzipSync(Buffer.alloc(1024 * 1024));
    const bomb = Buffer.concat(Array.from({ length: 600 }, () => megabyte));
    assert.throws(() => readProfile({ bytes: bomb, name: '' }), { reason: 'tooLarge' });
  });

  it('do not exhaust the stack', () => {
    for (const nested of ['[', '{"a":', '{"profiles":[', '{"shared":{"frames":[[']) {
      checkSoundOrRefused(Buffer.from(`{"profiles":1,"frames":${nested.repeat(100_000)}`), nested);
    }
    checkSoundOrRefused(Buffer.from(`{(\x03\0\0\0${')\x01'.repeat(100_000)}`, 'latin1'), 'marshal');
    const chain = Array.from(
      { length: 50_000 },
      (_, n) => `fn=f${n}\n1 1\ncfn=f${n + 1}\ncalls=1 1\n1 1\n`,
    );
    checkSoundOrRefused(Buffer.from(`events: ns\n${chain.join('')}`), 'callgrind');
  });
});

/** A type byte with a 32-bit size. */
function sized(type: number, size: number): Buffer {
  const piece = Buffer.alloc(5, type);
  piece.writeInt32LE(size, 1);
  return piece;
}
