import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { requestDetails, type RequestDetails } from '../../../../src/core/derive/requestDetails';
import { readProfile } from '../../../../src/core/formats/registry';

const SAMPLES = join(import.meta.dirname, '../../../fixtures/profiles');

function detailsOf(sample: string): RequestDetails {
  const bytes = readFileSync(join(SAMPLES, sample));
  return requestDetails(readProfile({ bytes, name: basename(sample) }), 'A format');
}

/** What `pstats` says of the functions of a sample. */
function tottimes(sample: string): { name: string; tottime: number }[] {
  const report = readFileSync(join(SAMPLES, `${sample}.json`), 'utf8');
  return (JSON.parse(report) as { func: string; tt: number }[])
    .map(({ func, tt }) => ({ name: func, tottime: tt }))
    .sort((one, other) => other.tottime - one.tottime);
}

describe('requestDetails', () => {
  it('has the ten functions that pstats has on top by tottime', () => {
    const sample = 'pstats/cprofile-cp311.prof';
    const { functions } = detailsOf(sample);
    const expected = tottimes(sample).slice(0, 10);
    assert.deepEqual(
      functions.map(({ self }) => self),
      expected.map(({ tottime }) => tottime),
    );
    assert.equal(functions[0]?.name, expected[0]?.name);
  });

  it('sums up the queries of a request, the repeated ones as duplicates', () => {
    const { queries, request } = detailsOf('hotline/orders.lines.speedscope.json');
    assert.equal(queries?.count, request.queryCount);
    assert.equal(queries?.count, 21);
    assert.equal(queries.duplicates, 19);
    const [costliest] = queries.statements;
    assert.equal(costliest?.count, 20);
    assert.match(costliest.place?.file ?? '', /\/store\/templates\/store\/orders\.html$/);
    const time = queries.statements.reduce((sum, statement) => sum + statement.time, 0);
    assert.ok(Math.abs(time - queries.time) < 1e-9);
  });

  it('has the costliest lines with their functions', () => {
    const { lines } = detailsOf('hotline/report.lines.speedscope.json');
    assert.ok(lines.length > 0 && lines.length <= 10);
    const costs = lines.map(({ self, time }) => self ?? time);
    assert.deepEqual(
      costs,
      [...costs].sort((one, other) => other - one),
    );
    assert.equal(lines[0]?.func?.name, 'report');
  });

  it('takes times with callees where a tool has no others', () => {
    const { functions, lines } = detailsOf('line_profiler/lp-4.0.2-cp311.lprof');
    assert.ok(functions.length > 0 && functions.every(({ self, total }) => !self && total > 0));
    assert.ok(lines.every(({ self, time }) => self === undefined && time > 0));
  });

  it('has every source file once, and none that is no file', () => {
    const { files } = detailsOf('pstats/runprofileserver/root.000025ms.1795175664.prof');
    const names = files.map(({ file }) => file);
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.length > 1 && names.every((name) => !name.startsWith('<') && name !== '~'));
  });

  it('knows nothing of queries where the profile does not', () => {
    assert.equal(detailsOf('pstats/cprofile-cp311.prof').queries, undefined);
  });
});
