import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { functionTable } from '../../../../src/core/derive/functionTable';
import { lineCosts } from '../../../../src/core/derive/lineCosts';
import { detectFormat, readProfile } from '../../../../src/core/formats/registry';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import type { Profile } from '../../../../src/core/model/profile';
import { graphOf, labelOf, readFixture, readJson, readSample } from './samples';
import { assertClose, costsBy, namedSamples, stackSamples, stacksOf } from './stackSamples';

/** Half a microsecond for each of the numbers that are added up. */
const rounding = 0.5e-6 * 200;

interface Session {
  readonly start_time: number;
  readonly duration: number;
  readonly cpu_time: number;
  readonly frame_records: readonly (readonly [stack: readonly string[], seconds: number])[];
}

function read(content: object | string): Profile {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return readProfile({ bytes: Buffer.from(text), name: '' });
}

/** The samples of a session, taken apart without the reader. */
function recorded(path: string): { stack: string[]; weight: number }[] {
  const { frame_records: records } = readJson(path) as Session;
  return records.map(([[, ...stack], weight]) => ({ stack, weight }));
}

/** Total time of each function by its label. */
function totals(profile: Profile): Map<string, number> {
  const { rows } = functionTable(profile);
  return new Map(rows.map(({ func, total }) => [labelOf(profile, func), total]));
}

/** `file:line` and what it costs. */
function linesOf(profile: Profile): Map<string, number> {
  return new Map(
    [...lineCosts(profile)].flatMap(([file, lines]) =>
      [...lines].map(([line, { time }]): [string, number] => [`${file}:${line}`, time]),
    ),
  );
}

/** The executing line among the attributes of an identifier. */
function lineIn(attributes: string): string | undefined {
  const found = attributes.split('\x01').find((attribute) => /^l\d+$/.test(attribute));
  return found?.slice(1);
}

/** Lines of functions that are on a stack with different lines, whose times a tree does not tell exactly. */
function linesOfRecursions(path: string): Set<string> {
  const lines = new Set<string>();
  for (const { stack } of recorded(path)) {
    const seen = new Map<string, Set<string>>();
    for (const identifier of stack) {
      const [name = '', file = '', rest = ''] = identifier.split('\0');
      const line = `${file}:${lineIn(rest)}`;
      const known = seen.get(`${file} ${name}`) ?? new Set();
      seen.set(`${file} ${name}`, known.add(line));
    }
    for (const known of seen.values()) if (known.size > 1) known.forEach((line) => lines.add(line));
  }
  return lines;
}

const sessions = ['session', 'async-4.3.0', 'async-5.1.2'].map(
  (name) => `pyinstrument/${name}.pyisession`,
);

describe('pyinstrument: sessions', () => {
  for (const path of sessions) {
    it(`${path} has the samples of its records, in their order`, () => {
      const samples = stackSamples(readSample(path));
      assert.deepEqual(
        samples.map(({ stack, weight }) => ({
          stack: stack.map(
            ({ name, file, firstLine, line }) => `${name} ${file} ${firstLine} ${line}`,
          ),
          weight,
        })),
        recorded(path).map(({ stack, weight }) => ({
          stack: stack.map((identifier) => {
            const [name, file, rest = ''] = identifier.split('\0');
            const [firstLine = ''] = rest.split('\x01');
            const line = lineIn(rest);
            const isFunction = file !== undefined && !/^<(built-in|await)>$/.test(file);
            return `${name} ${isFunction ? file : undefined} ${Number(firstLine) || undefined} ${line}`;
          }),
          weight,
        })),
      );
    });
  }

  it('have the time of every function that pyinstrument reports in its pstats form', () => {
    const profile = readSample('pyinstrument/session.pyisession');
    const report = readSample('pyinstrument/session.pstats.prof');
    const expected = graphOf(report).stats;
    const { rows } = functionTable(profile);
    const known = new Map(rows.map((row) => [labelOf(profile, row.func), row]));
    const label = (index: number): string => labelOf(report, index).replace(/^<built-in>/, '');
    // pyinstrument counts the time of a recursion as often as the function is on the stack.
    const everyTime = new Map<string, number>();
    for (const { stack, weight } of stackSamples(profile)) {
      for (const { name, file = '', firstLine = '' } of stack) {
        const key = `${file}:${firstLine} ${name}`;
        everyTime.set(key, (everyTime.get(key) ?? 0) + weight);
      }
    }
    assert.ok(expected.length > 60);
    for (const [index, { self, total }] of expected.entries()) {
      const row = known.get(label(index));
      assert.ok(row?.self !== undefined, label(index));
      assert.ok(Math.abs(row.self - self) < 1e-9, label(index));
      assert.ok(Math.abs((everyTime.get(label(index)) ?? NaN) - total) < 1e-9, label(index));
      assert.ok(row.total < total + 1e-9, label(index));
    }
  });

  it('tell the thread, and when they were recorded', () => {
    const { start_time, duration, cpu_time } = readJson(sessions[0] ?? '') as Session;
    const profile = readSample(sessions[0] ?? '');
    assert.deepEqual(
      stacksOf(profile).lanes.map(({ name, timeOrdered }) => [name, timeOrdered]),
      [['MainThread', true]],
    );
    assert.deepEqual(profile.request, {
      startedMs: Math.round(start_time * 1e6) / 1e3,
      durationMs: Math.round(duration * 1e6) / 1e3,
      cpuMs: Math.round(cpu_time * 1e6) / 1e3,
    });
  });

  it('show waiting as a frame of no file, in old and new ones alike', () => {
    for (const path of [
      'pyinstrument/async-4.3.0.pyisession',
      'pyinstrument/async-5.1.2.pyisession',
    ]) {
      const profile = readSample(path);
      const await_ = profile.functions.findIndex(({ name }) => name === '[await]');
      assert.deepEqual(profile.functions[await_], {
        name: '[await]',
        file: undefined,
        line: undefined,
      });
      const expected = recorded(path).filter(({ stack }) => stack.at(-1)?.startsWith('[await]'));
      const seconds = expected.reduce((sum, { weight }) => sum + weight, 0);
      assert.ok(seconds > 0.03);
      assert.ok(Math.abs((functionTable(profile).rows[await_]?.self ?? 0) - seconds) < 1e-9);
    }
  });

  it('keep threads apart', () => {
    const profile = read({
      start_time: 1,
      frame_records: [
        [['a\0<thread>\x001', 'f\0/a.py\x001\x01l2'], 0.5],
        [['b\0<thread>\x002', 'f\0/a.py\x001\x01l3'], 0.25],
        [['a\0<thread>\x001'], 0.125],
      ],
    });
    const names = stacksOf(profile).lanes.map(({ name }) => name);
    assert.deepEqual(names, ['a', 'b']);
    assert.deepEqual(namedSamples(profile, 0), [
      ['f', 0.5],
      ['', 0.125],
    ]);
    assert.deepEqual(namedSamples(profile, 1), [['f', 0.25]]);
    assert.equal(profile.total, 0.75);
  });
});

describe('pyinstrument: trees', () => {
  const session = readSample('pyinstrument/session.pyisession');
  const ofSession = totals(session);

  for (const name of ['session.show-all.json', 'session.timeline.json', 'session.html']) {
    it(`${name} has the times of the session that it was made of`, () => {
      const profile = readSample(`pyinstrument/${name}`);
      const found = totals(profile);
      assert.ok(found.size > 60);
      for (const [label, total] of found) {
        assert.ok(Math.abs(total - (ofSession.get(label) ?? NaN)) < rounding, label);
      }
    });
  }

  it('have self times as in the session', () => {
    const selfTimes = (profile: Profile): Map<string, number> =>
      costsBy(stackSamples(profile), ({ name, file }) => `${file} ${name}`).self;
    for (const name of ['session.timeline.json', 'session.html']) {
      assertClose(selfTimes(readSample(`pyinstrument/${name}`)), selfTimes(session), rounding);
    }
  });

  it('are in the order of time only where a timeline was asked for', () => {
    const isOrdered = (name: string): boolean | undefined =>
      stacksOf(readSample(`pyinstrument/${name}`)).lanes[0]?.timeOrdered;
    assert.equal(isOrdered('session.timeline.json'), true);
    assert.equal(isOrdered('session.html'), true);
    assert.equal(isOrdered('session.show-all.json'), false);
    assert.equal(isOrdered('json-renderer.json'), false);
    const names = (path: string): string[] =>
      namedSamples(readSample(path)).map(([stack]) => stack.split(' ').at(-1) ?? '');
    const merged = names('pyinstrument/session.pyisession').filter(
      (name, at, all) => name !== all[at - 1],
    );
    assert.deepEqual(
      names('pyinstrument/session.timeline.json').filter((name, at, all) => name !== all[at - 1]),
      merged,
    );
  });

  it('have the line times of the session in the page', () => {
    const page = linesOf(readSample('pyinstrument/session.html'));
    const expected = linesOf(session);
    const ofRecursions = linesOfRecursions('pyinstrument/session.pyisession');
    assert.ok(page.size > 80);
    assert.ok(ofRecursions.size > 0 && ofRecursions.size < 20);
    for (const [line, time] of page) {
      const whole = expected.get(line) ?? NaN;
      assert.ok(time < whole + 1e-9, line);
      if (!ofRecursions.has(line)) assert.ok(time > whole - 1e-9, line);
    }
    assert.ok((page.get('pyi_target.py:10') ?? 0) > 0.03);
  });

  it('are read from pages of either kind', () => {
    const tree = { function: 'f', file_path: '/a.py', line_no: 3, time: 2, children: [] };
    const session = JSON.stringify({ start_time: 1, root_frame: tree });
    for (const assignment of ['window.profileSession = ', 'const sessionData = ']) {
      const page = `<!DOCTYPE html>\n<script>\n ${assignment}${session};\n</script>`;
      const profile = read(page);
      assert.deepEqual(profile.functions, [{ name: 'f', file: '/a.py', line: 3 }]);
      assert.equal(profile.total, 2);
    }
    assert.equal(readSample('pyinstrument/async-4.6.2.html').functions.length, 9);
  });

  it('count a recursion once in the times of lines', () => {
    const frame = (line: number, time: number, children: object[]): object => ({
      identifier: 'f\0/a.py\x001',
      time,
      attributes: { [`l${line}`]: time, cK: time },
      children,
    });
    const profile = read(
      `<!DOCTYPE html>\nconst sessionData = ${JSON.stringify({
        session: {},
        frame_tree: frame(2, 4, [frame(2, 3, [frame(5, 1, [])])]),
      })};\n`,
    );
    assert.deepEqual(
      profile.lines.map(({ line, total, isSampled }) => [line, total, isSampled]),
      [
        [5, 1, true],
        [2, 4, true],
      ],
    );
  });

  it('of no sample open as an empty profile', () => {
    const profile = read({ start_time: 1, root_frame: null });
    assert.deepEqual(checkIntegrity(profile), []);
    assert.equal(profile.total, 0);
    assert.match(profile.warnings.join(), /empty/);
  });

  it('may be deeper than the stack of this process', () => {
    const depth = 20_000;
    const open = '{"function":"f","file_path":"/a.py","line_no":1,"time":1,"children":[';
    const profile = read(
      `{"start_time":1,"root_frame":${open.repeat(depth)}${']}'.repeat(depth)}}`,
    );
    assert.equal(stacksOf(profile).nodes.parent.length, depth);
    assert.equal(profile.total, 1);
  });
});

describe('pyinstrument: damaged files', () => {
  const tree = { function: 'f', file_path: '/a.py', line_no: 1, time: 1, children: [] };

  it('are refused with the reason', () => {
    for (const [frame, reason] of [
      [{ ...tree, time: -1 }, /a time is negative/],
      [{ ...tree, children: 1 }, /a list is missing/],
      [{ ...tree, function: 1 }, /a name is missing/],
    ] as const) {
      assert.throws(() => read({ start_time: 1, root_frame: frame }), { message: reason });
    }
  });

  it('are called cut where they end in the middle', () => {
    for (const name of ['session.pyisession', 'session.timeline.json', 'session.html']) {
      const bytes = readFixture(`pyinstrument/${name}`);
      const cut = bytes.subarray(0, Math.floor(bytes.length * 0.9));
      assert.throws(() => readProfile({ bytes: cut, name: '' }), { reason: 'incomplete' });
    }
  });

  it('are told from other JSON and pages', () => {
    for (const text of [
      '{"start_time": 1}',
      '<!DOCTYPE html>\n<p>pyinstrument</p>',
      '[{"frame_records": 1}]',
    ]) {
      assert.equal(detectFormat(Buffer.from(text)), undefined);
    }
  });
});
