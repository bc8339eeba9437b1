import { gzipSync } from 'node:zlib';

/** A file that somebody made to do harm. */
export interface HostileFile {
  /** The format that it pretends to be in; `undefined` where that does not matter. */
  readonly format: string | undefined;
  readonly name: string;
  readonly bytes: Buffer;
}

/** Pickles that would run a program which makes the file of this path, were they run. */
export function picklesThatRun(proof: string): HostileFile[] {
  const command = `touch ${proof}`;
  const pickles = [
    `cos\nsystem\n(S'${command}'\ntR.LineStats`,
    `ccopy_reg\n_reconstructor\n(cposix\nsystem\nc__builtin__\nobject\nNtR(S'${command}'\ntR.LineStats`,
    `\x80\x04\x8c\x02os\x8c\x06system\x93\x8c${String.fromCharCode(command.length)}${command}\x85R.LineStats`,
    `(i__builtin__\neval\n(S'__import__("os").system("${command}")'\ntR.LineStats`,
  ];
  return pickles.map((pickle, index) => ({
    format: 'lineProfiler',
    name: `a pickle that runs a program (${index})`,
    bytes: Buffer.from(pickle, 'latin1'),
  }));
}

/** All of them; made anew at every call, for some are large. */
export function hostileFiles(): HostileFile[] {
  return [
    ...picklesThatRun('/nowhere/proof'),
    ...multiplyingReferences(),
    ...declaredSizes(),
    ...nestings(),
    ...bombs(),
  ];
}

/** A tuple of ten references to a tuple of ten references to ...: 10^50 objects if they were copied. */
function multiplyingReferences(): HostileFile[] {
  const levels = Array.from({ length: 50 }, (_, level) => {
    const items = Array.from({ length: 10 }, () => sized(0x72, level));
    return Buffer.concat([sized(0xa8, 10), ...items]);
  });
  const laughs = Buffer.concat([Buffer.from('{(\x03\0\0\0'), sized(0xe9, 1), ...levels]);
  const memoized = Array.from(
    { length: 200 },
    (_, level) => `(${`g${level}\n`.repeat(10)}lp${level + 1}\n`,
  );
  const pickle = `ccopy_reg\n_reconstructor\n(lp0\n${memoized.join('')}LineStats`;
  return [
    { format: 'pstats', name: 'references that multiply', bytes: laughs },
    { format: 'lineProfiler', name: 'references that multiply', bytes: Buffer.from(pickle) },
  ];
}

/** Sizes that the bytes left cannot hold. */
function declaredSizes(): HostileFile[] {
  const marshal = Array.from('([<>sutalR').flatMap((type) =>
    [2 ** 31 - 1, -(2 ** 31)].map((size) => ({
      format: 'pstats',
      name: `${type} of the size ${size}`,
      bytes: Buffer.concat([Buffer.from('{(\x03\0\0\0'), sized(type.charCodeAt(0), size)]),
    })),
  );
  const opcodes = [
    'X\xff\xff\xff\x7f',
    'T\xff\xff\xff\x7f',
    '\x8b\xff\xff\xff\x7f',
    'r\xff\xff\xff\xff',
  ];
  const pickles = opcodes.map((opcode) => ({
    format: 'lineProfiler',
    name: `opcode ${opcode.charCodeAt(0)} of the largest size`,
    bytes: Buffer.from(`\x80\x02LineStats${opcode}`, 'latin1'),
  }));
  return [...marshal, ...pickles];
}

/** Nesting that would exhaust the stack of a recursive reader. */
function nestings(): HostileFile[] {
  const openings = ['[', '{"a":', '{"profiles":[', '{"shared":{"frames":[['];
  const chain = Array.from(
    { length: 50_000 },
    (_, n) => `fn=f${n}\n1 1\ncfn=f${n + 1}\ncalls=1 1\n1 1\n`,
  );
  return [
    ...openings.map((opening) => ({
      format: 'speedscope',
      name: `${opening} without end`,
      bytes: Buffer.from(`{"profiles":1,"frames":${opening.repeat(100_000)}`),
    })),
    {
      format: 'pstats',
      name: 'tuples in tuples',
      bytes: Buffer.from(`{(\x03\0\0\0${')\x01'.repeat(100_000)}`, 'latin1'),
    },
    {
      format: 'callgrind',
      name: 'a chain of calls',
      bytes: Buffer.from(`events: ns\n${chain.join('')}`),
    },
  ];
}

/** 600 MB in 600 kB: of nothing, and of what begins like a profile. */
function bombs(): HostileFile[] {
  const zeros = gzipSync(Buffer.alloc(1024 * 1024));
  const lines = gzipSync('1 1\n'.repeat(256 * 1024));
  const start = gzipSync('events: ns\nfn=f\n');
  return [
    {
      format: undefined,
      name: 'a gzip file of 600 MB of zeros',
      bytes: Buffer.concat(Array<Buffer>(600).fill(zeros)),
    },
    {
      format: 'callgrind',
      name: 'a gzip file of 600 MB of lines',
      bytes: Buffer.concat([start, ...Array<Buffer>(600).fill(lines)]),
    },
  ];
}

/** A type byte with a 32-bit size. */
function sized(type: number, size: number): Buffer {
  const piece = Buffer.alloc(5, type);
  piece.writeInt32LE(size, 1);
  return piece;
}
