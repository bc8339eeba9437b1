import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { detectFormat, readProfile } from '../../../../src/core/formats/registry';
import type { Profile } from '../../../../src/core/model/profile';
import { edgesByLabel, readFixture, readSample, statsByLabel } from './samples';

const sample = 'yappi/yappi-1.7.6-builtins.ystat';

function read(bytes: Buffer): Profile {
  return readProfile({ bytes, name: '' });
}

/** As yappi saves built-ins as pstats: in files that are called after their modules. */
function withoutModules<Value>(byLabel: ReadonlyMap<string, Value>): Map<string, Value> {
  return new Map(
    [...byLabel].map(([label, value]) => [label.replace(/\b(\w+): (?=\S)/g, ': $1.'), value]),
  );
}

describe('ystat: against what yappi saves of the same run as pstats', () => {
  for (const run of ['yappi-wall', 'yappi-1.7.6-builtins']) {
    it(run, () => {
      const stats = readSample(`yappi/${run}.ystat`);
      const pstats = readSample(`yappi/${run}.pstat.prof`);
      assert.ok(statsByLabel(pstats).size > 10);
      assert.deepEqual(statsByLabel(stats), withoutModules(statsByLabel(pstats)));
      assert.deepEqual(edgesByLabel(stats), withoutModules(edgesByLabel(pstats)));
      assert.equal(stats.total, pstats.total);
    });
  }
});

describe('ystat', () => {
  const text = readFixture(sample).toString('latin1');

  it('has no file and line of a built-in', () => {
    const { functions } = readSample(sample);
    const builtIns = functions.filter(({ file }) => file === undefined);
    assert.ok(builtIns.some(({ name }) => name === 'builtins.sum'));
    assert.ok(builtIns.every(({ line }) => line === undefined));
  });

  it('refuses a pickle that refers to anything but the classes of yappi', () => {
    const harmful = text.replace('cyappi\nYChildFuncStats\n', 'cyappi\nget_func_stats\n');
    assert.throws(() => read(Buffer.from(harmful, 'latin1')), {
      name: 'ProfileError',
      message: /refers to “yappi\.get_func_stats”/,
    });
  });

  it('is told from other pickles', () => {
    const threads = text.replace('cyappi\nYFuncStats\n', 'cyappi\nYThreadStats\n');
    assert.equal(detectFormat(Buffer.from(threads, 'latin1')), undefined);
  });

  it('that ends early is incomplete', () => {
    assert.throws(() => read(readFixture(sample).subarray(0, -1)), { reason: 'incomplete' });
  });

  it('refuses functions that references multiply', () => {
    const text = (value: string): string => `U${String.fromCharCode(value.length)}${value}`;
    const children = `cyappi\nYChildFuncStats\n)\x81}${text('_as_list')}]sb`;
    const numbers = ['ncall', 'nactualcall', 'ttot', 'tsub', 'lineno'];
    const attributes = [
      ...['name', 'module'].map((name) => text(name) + text('a')),
      ...numbers.map((name) => `${text(name)}K\x01`),
      text('children') + children,
    ];
    const stat = `cyappi\nYFuncStat\n)\x81}(${attributes.join('')}ubq\x01`;
    const statsOf = (references: number): Buffer => {
      const list = `](${stat}${'h\x01'.repeat(references)}e`;
      const stats = `cyappi\nYFuncStats\n)\x81}${text('_as_list')}${list}sb`;
      return Buffer.from(`\x80\x02${stats}${text('wall')}\x86.`, 'latin1');
    };
    assert.equal(read(statsOf(0)).total, 1);
    assert.throws(() => read(statsOf(1000)), { message: /repeats its functions without end/ });
  });
});
