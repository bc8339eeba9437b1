import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { functionTable } from '../../../../src/core/derive/functionTable';
import { printTable, toTable } from '../../../../src/core/derive/table';
import { readProfile } from '../../../../src/core/formats/registry';
import { samples, readSample } from '../formats/samples';

describe('the function table', () => {
  it('has every function of every sample, with what is known of it', () => {
    for (const { path, bytes } of samples) {
      const profile = readProfile({ bytes, name: '' });
      const table = toTable(profile);
      const { rows } = functionTable(profile);
      assert.deepEqual(
        table.names,
        profile.functions.map(({ name }) => name),
        path,
      );
      for (const { func, calls, total } of rows) {
        assert.equal(table.costs.calls[func], calls ?? NaN, path);
        assert.equal(table.costs.total[func], total, path);
        assert.equal(table.files[table.file[func] ?? -1], profile.functions[func]?.file, path);
      }
    }
  });

  it('leaves blank what line_profiler does not tell: calls and the cost without callees', () => {
    const { costs, isCounted } = toTable(readSample('line_profiler/lp-5.0.2-cp311.lprof'));
    assert.ok(!isCounted);
    assert.ok(costs.self.every(Number.isNaN));
    assert.ok(costs.total.some((total) => total > 0));
  });

  it('counts the samples of a sampler that weighs them in seconds', () => {
    const profile = readSample('pyinstrument/session.pyisession');
    const { samples: counts } = toTable(profile);
    assert.ok(counts?.some((count) => count > 1));
  });
});

describe('the printed table', () => {
  const profile = readSample('pstats/cprofile-cp311.prof');
  const order = Int32Array.of(0, 1);
  const files = [{ path: '/profiles/shop.prof', modifiedMs: Date.parse('2026-11-05T07:08:09') }];

  it('begins with the date and the file, and tells what it leaves out', () => {
    const restriction = "'shop'";
    const lines = printTable(profile, files, { order, sort: 'total', restriction }).split('\n');
    assert.deepEqual(lines.slice(0, 2), ['Thu Nov  5 07:08:09 2026    /profiles/shop.prof', '']);
    assert.equal(lines[4], '   Ordered by: cumulative time');
    const all = profile.functions.length;
    assert.equal(lines[5], `   List reduced from ${all} to 2 due to restriction <'shop'>`);
    assert.equal(lines.length, 13);
  });

  it('ends after the summary where nothing is shown', () => {
    const printed = { order: Int32Array.of(), sort: 'self', restriction: "'nothing'" } as const;
    const text = printTable(profile, files, printed);
    assert.match(text, /\n\n +\d+ function calls .*in \d\.\d{3} seconds\n\n$/);
  });
});
