import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { folded } from '../../../../src/core/formats/folded';
import { readProfile } from '../../../../src/core/formats/registry';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import type { Profile } from '../../../../src/core/model/profile';
import { readFixture, readSample } from './samples';
import {
  fileFunctionLine,
  functionInFile,
  samplesOf,
  stacksOf,
  type FrameWriter,
} from './stackTexts';

function read(text: string, metric?: string): Profile {
  const profile = readProfile({ bytes: Buffer.from(text), name: '', choice: { metric } });
  assert.deepEqual(checkIntegrity(profile), []);
  assert.equal(profile.format, 'folded');
  return profile;
}

/** `stack weight` of each sample, over all lanes, in order. */
function linesOf(profile: Profile, write: FrameWriter): string[] {
  return stacksOf(profile)
    .lanes.flatMap((lane) => samplesOf(profile, lane, write))
    .map(({ stack, weight }) => `${stack} ${weight}`)
    .sort();
}

function linesOfFile(path: string): string[] {
  return readFixture(path).toString('utf8').trim().split('\n').sort();
}

function laneNames(profile: Profile): string[] {
  return stacksOf(profile).lanes.map(({ name }) => name);
}

describe('folded: what the tools wrote stands in the profile', () => {
  for (const name of ['pyspy-raw', 'pyspy-raw-function', 'pyspy-raw-nolineno']) {
    it(name, () => {
      const path = `pyspy/${name}.out`;
      assert.deepEqual(linesOf(readSample(path), functionInFile), linesOfFile(path));
    });
  }

  for (const [path, thread] of [
    ['pyspy/pyspy-raw-threads-idle.out', /^thread [^;]+;/],
    ['pyspy/pyspy-raw-subprocesses.out', /^process [^;]+;/],
  ] as const) {
    it(path, () => {
      const lines = linesOfFile(path).map((line) => line.replace(thread, ''));
      assert.deepEqual(linesOf(readSample(path), functionInFile), lines.sort());
    });
  }

  it('pyflame, whose idle samples have no stack', () => {
    const path = 'folded/pyflame-threads.txt';
    const lines = linesOfFile(path).map((line) => line.replace('(idle)', ''));
    assert.deepEqual(linesOf(readSample(path), fileFunctionLine), lines.sort());
    assert.equal(readSample(path).total, 1 + 37 + 4);
  });

  it('pyflame without line numbers', () => {
    const path = 'folded/pyflame-no-line-numbers.txt';
    assert.deepEqual(linesOf(readSample(path), fileFunctionLine), linesOfFile(path));
  });

  it('plop, except its first line, which is no stack', () => {
    const path = 'plop/plop_target.flame';
    const lines = linesOfFile(path).filter((line) => line !== 'None 1');
    assert.deepEqual(linesOf(readSample(path), functionInFile), lines);
  });

  it('Tachyon, whose threads are lanes', () => {
    const path = 'tachyon/tachyon-collapsed.txt';
    const profile = readSample(path);
    const lines = linesOfFile(path).map((line) => line.replace(/^tid:\d+;/, ''));
    assert.deepEqual(linesOf(profile, fileFunctionLine), lines.sort());
    assert.deepEqual(laneNames(profile), ['Thread 140000000000001', 'Thread 140000000000002']);
  });

  for (const name of ['plain', 'reset', 'after-reset', 'reset-True']) {
    it(`stacksampler ${name}, in CPU seconds`, () => {
      const path = `stackcollector/stacksampler-${name}.txt`;
      const [, granularity = '', ...lines] = readFixture(path).toString('utf8').trim().split('\n');
      const seconds = Number(granularity.split(' ')[1]);
      const expected = lines.map((line) => {
        const space = line.lastIndexOf(' ');
        return `${line.slice(0, space)} ${Number(line.slice(space)) * seconds}`;
      });
      const profile = readSample(path);
      assert.equal(profile.unit, 'seconds');
      assert.deepEqual(linesOf(profile, fileFunctionLine), expected.sort());
    });
  }

  it('a flame chart of pyflame, in the order and with the times of its samples', () => {
    const profile = readSample('folded/pyflame-flamechart.txt');
    const [lane] = stacksOf(profile).lanes;
    assert.ok(lane);
    const main = './tests/dijkstra.py:<module>:52;./tests/dijkstra.py:main:40';
    assert.deepEqual(samplesOf(profile, lane, fileFunctionLine), [
      { stack: `${main};./tests/dijkstra.py:dijkstra:20`, weight: 0.01012 },
      { stack: '', weight: 0.01013 },
      { stack: `${main};./tests/dijkstra.py:dijkstra:21`, weight: 0.01013 },
    ]);
    assert.equal(lane.timeOrdered, true);
  });
});

describe('folded: lines', () => {
  const linesOfFunctions = ({ functions, data }: Profile): (number | undefined)[][] =>
    functions.map(({ line }, func) => [
      line,
      ...(data.kind === 'stacks' ? data.frames : [])
        .filter((frame) => frame.func === func)
        .map((frame) => frame.line),
    ]);

  it('are those that ran', () => {
    const profile = readSample('pyspy/pyspy-raw.out');
    const leaf = profile.functions.findIndex(({ name }) => name === 'leaf');
    const [definition, ...executing] = linesOfFunctions(profile)[leaf] ?? [];
    assert.equal(definition, undefined);
    assert.deepEqual(new Set(executing), new Set([6, 7]));
  });

  it('are those of definitions with py-spy --function', () => {
    for (const [definition, ...executing] of linesOfFunctions(
      readSample('pyspy/pyspy-raw-function.out'),
    )) {
      assert.ok(definition !== undefined && executing.every((line) => line === undefined));
    }
  });

  it('are those that ran where a module is beyond its first line', () => {
    const profile = read('<module> (a.py:3);f (a.py:9) 5\n');
    assert.deepEqual(linesOfFunctions(profile), [
      [undefined, 3],
      [undefined, 9],
    ]);
  });

  it('are unknown where they are 0', () => {
    assert.deepEqual(linesOfFunctions(read('a.py:f:0;b.py:g:2 1\n')), [
      [undefined, undefined],
      [undefined, 2],
    ]);
  });
});

describe('folded: frames', () => {
  for (const [text, name, file, line] of [
    ['C:\\site\\a.py:f:3', 'f', 'C:\\site\\a.py', 3],
    ['f (C:\\Program Files (x86)\\a.py:3)', 'f', 'C:\\Program Files (x86)\\a.py', 3],
    ['a::(anonymous namespace)::b (libpython3.so)', 'a::(anonymous namespace)::b', 'libpython3.so'],
    ['<lambda> (<string>:1)', '<lambda>', '<string>', 1],
    ['<frozen importlib._bootstrap>:_find:9', '_find', '<frozen importlib._bootstrap>', 9],
    ['spin(work)', 'spin(work)'],
    ['operator new(unsigned long)', 'operator new(unsigned long)'],
    ['<GC>', '<GC>'],
    ['std::vector<int>::push_back', 'std::vector<int>::push_back'],
    ['do_syscall_64_[k]', 'do_syscall_64 [kernel]'],
    ['Interpreter_[j]', 'Interpreter [jit]'],
  ] as const) {
    it(text, () => {
      const { functions, data } = read(`a.py:root:1;a.py:root:2;${text} 1\n`);
      assert.deepEqual(functions.at(-1), { name, file, line: undefined });
      assert.equal(data.kind === 'stacks' && data.frames.at(-1)?.line, line);
    });
  }
});

describe('folded: threads', () => {
  it('keep one lane when they get their name late', () => {
    const profile = readSample('pyspy/pyspy-raw-threads-idle.out');
    assert.deepEqual(laneNames(profile), ['Thread 2387: MainThread', 'Thread 2430: waiter']);
  });

  it('are those of the innermost process, whatever its command line holds', () => {
    const profile = readSample('pyspy/pyspy-raw-threads-subprocesses.out');
    const command =
      '/home/.pyenv/versions/3.11.7/bin/python3 -c x = "a;b"; n = sum(i * i for i in range(3000000)); print(n)';
    assert.deepEqual(laneNames(profile), [
      'Process 2788, Thread 2788: MainThread',
      `Process 2830: ${command}, Thread 2830`,
    ]);
    assert.deepEqual(
      linesOf(profile, functionInFile).map((line) => line.split(' ')[0]),
      ['<module>', '<module>', '<module>'],
    );
  });

  it('are unnamed where the file tells none apart', () => {
    assert.deepEqual(laneNames(readSample('pyspy/pyspy-raw.out')), ['']);
  });

  it('of a flame chart are told apart by their place', () => {
    const times = [1542000000000000, 1542000000010000];
    const profile = read(times.map((time) => `${time}\na.py:f:1;\n${time}\n(idle)\n`).join(''));
    assert.deepEqual(laneNames(profile), ['Thread 1', 'Thread 2']);
    assert.equal(profile.total, 0.02);
  });

  it('are refused when there are more than any process had', () => {
    const lines = Array.from({ length: 100_001 }, (_, thread) => `tid:${thread};f 1\n`);
    assert.throws(() => read(lines.join('')), { reason: 'tooLarge' });
  });
});

describe('folded: odd files', () => {
  const stacks = 'a.py:f:1;a.py:g:2 3\na.py:f:1;a.py:g:3 4\n';

  it('with two counts show those of after, and those of before when chosen', () => {
    const text = 'main;work 10 30\nmain;wait 5 0\n';
    assert.deepEqual(
      [read(text), read(text, 'before'), read(text, 'unknown')].map(({ total, metrics }) => [
        total,
        metrics?.shown,
      ]),
      [
        [30, 'after'],
        [15, 'before'],
        [30, 'after'],
      ],
    );
    assert.equal(read(stacks).metrics, undefined);
  });

  it('in UTF-16, with a mark, with CRLF and without a last end of line read the same', () => {
    const expected = read(stacks);
    for (const bytes of [
      Buffer.from(`\ufeff${stacks}`),
      Buffer.from(`\ufeff${stacks}`, 'utf16le'),
      Buffer.from(stacks.replaceAll('\n', '\r\n')),
      Buffer.from(stacks.trimEnd()),
    ]) {
      assert.deepEqual(readProfile({ bytes, name: '' }), expected);
    }
  });

  it('say what was left out', () => {
    const many = stacks.repeat(10);
    assert.deepEqual(read(many).warnings, []);
    assert.deepEqual(read(`${many}no stack\n${stacks}`).warnings, [
      'Line 21 could not be read and was left out.',
    ]);
    assert.deepEqual(read(`${many}x\ny\n`).warnings, [
      '2 lines could not be read and were left out, the first of them line 21.',
    ]);
    const cut = read(`${many}a.py:f:1;a.p`);
    assert.deepEqual(cut.warnings, ['The file ends in the middle of a line, which was left out.']);
    assert.equal(cut.total, read(many).total);
  });

  it('count a fraction, and nothing that is no finite number', () => {
    assert.equal(read('a;b 1.5\na;c 2\n').total, 3.5);
    assert.equal(read(`${stacks.repeat(10)}a;b ${'9'.repeat(400)}\n`).total, 70);
  });

  it('with a first line of any length are told', () => {
    const recursion = 'a.py:f:1;'.repeat(20_000);
    assert.equal(read(`${recursion}a.py:f:2 1\n${stacks}`).total, 8);
  });

  it('are refused when they name more functions than any program has', () => {
    const lines = Array.from({ length: 250_001 }, (_, index) => `f${index};g 1\n`);
    assert.throws(() => read(lines.join('')), { reason: 'tooLarge' });
  });

  it('of stacksampler count samples where the time between them makes no sense', () => {
    for (const granularity of ['0', '0.'.padEnd(9, '0'), `1${'0'.repeat(400)}`]) {
      const profile = read(`elapsed 1\ngranularity ${granularity}\nf(m);g(m) 7\n`);
      assert.deepEqual([profile.unit, profile.total], ['samples', 7]);
    }
  });

  it('of stacksampler without a sample are empty', () => {
    assert.equal(read('elapsed 0.2\ngranularity 0.005\n').total, 0);
  });
});

describe('folded: other texts are none', () => {
  for (const [what, text] of [
    ['prose', 'The year was 1984\nIt had 12; and then 13\nChapter 3\n'],
    ['a Python source', 'import os\n\nx = 1; y = 2\nfor i in range(3):\n    print(i); i += 1\n'],
    [
      'an access log',
      '10.0.0.1 "GET / HTTP/1.1" "Mozilla/5.0 (X11; Linux x86_64)" 0.003\n'.repeat(9),
    ],
    ['a table', '1;2;3 4\n5;6;7 8\n'],
    ['names and numbers', 'apples 3\npears 4\n'],
    ['binary data', 'a;b\x00\x01 3\n'],
    ['blank lines', '\n\n\n'],
    ['nothing', ''],
    ['styles', 'a { margin: 0; padding: 0 }\nb { color: red; width: 10 }\n'],
  ] as const) {
    it(what, () => {
      assert.equal(folded.detect(Buffer.from(text)), false);
    });
  }

  it('samples of austin, whose numbers are no counts', () => {
    assert.equal(folded.detect(readFixture('austin/austin-1.0.1.txt')), false);
  });
});
