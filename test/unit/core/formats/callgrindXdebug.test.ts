import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProfile } from '../../../../src/core/formats/registry';
import { linesOf, readCallgrind as read } from './callgrindText';
import { readFixture, readSample, statsByLabel } from './samples';

describe('callgrind of Xdebug', () => {
  const path = 'callgrind/xdebug-synthetic.out';
  const profile = readSample(path);

  it('adds up the calls of a function, in seconds', () => {
    assert.equal(profile.unit, 'seconds');
    assert.equal(profile.total, 18_000e-8);
    assert.deepEqual(statsByLabel(profile).get('/srv/shop/prices.php:5 Shop->price'), {
      calls: 2,
      primitiveCalls: undefined,
      self: 2230e-8,
      total: 2300e-8,
    });
    assert.equal(statsByLabel(profile).get('/srv/shop/index.php:1 {main}')?.total, 18_000e-8);
  });

  it('has built-ins without a file', () => {
    assert.deepEqual(profile.functions[0], {
      name: 'php::strlen',
      file: undefined,
      line: undefined,
    });
  });

  it('has the cost of calls at their lines, and no cost of a line itself', () => {
    const prices = '/srv/shop/prices.php';
    assert.deepEqual(linesOf(profile, 'Shop->total'), [
      [`${prices}:14`, undefined, undefined, 1300e-8],
      [`${prices}:15`, undefined, undefined, 1000e-8],
    ]);
    assert.deepEqual(linesOf(profile, 'php::strlen'), []);
  });

  it('shows memory where that is asked for', () => {
    const memory = readProfile({
      bytes: readFixture(path),
      name: '',
      choice: { metric: 'Memory_(bytes)' },
    });
    assert.equal(memory.unit, 'bytes');
    assert.equal(memory.total, 416 + 832 + 12_000 + 640);
    assert.deepEqual(
      memory.metrics?.all.map(({ label }) => label),
      ['Time (10ns)', 'Memory (bytes)'],
    );
  });

  it('counts memory that version 2 has freed as none', () => {
    const text = [
      'version: 1\ncreator: xdebug 2.9.8 (PHP 7.4.3)\nevents: Time Memory\n',
      'fl=(1) /srv/a.php\nfn=(1) {main}\n1 250 -800\n',
    ].join('\n');
    assert.equal(read(text).total, 250e-6);
    assert.equal(read(text, 'Memory').total, 0);
  });

  it('reads what it appended to a file', () => {
    const head = '\n==== NEW PROFILING FILE ==============================================\n';
    const bytes = Buffer.from(`${head}${readFixture(path).toString()}`.repeat(2));
    const twice = readProfile({ bytes, name: '' });
    assert.equal(twice.total, 2 * profile.total);
    assert.deepEqual(twice.functions, profile.functions);
  });
});
