import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { requestDetails } from '../../../../src/core/derive/requestDetails';
import { readProfile } from '../../../../src/core/formats/registry';
import {
  requestSections,
  type RequestRow,
  type RequestSection,
} from '../../../../src/views/request/requestRows';

const SAMPLES = join(import.meta.dirname, '../../../fixtures/profiles');

function sectionsOf(sample: string, warnings: string[] = []): RequestSection[] {
  const profile = readProfile({ bytes: readFileSync(join(SAMPLES, sample)), name: '' });
  const details = requestDetails({ ...profile, warnings }, 'A format');
  return requestSections('/profiles/one.prof', profile.request, details);
}

function row(sections: RequestSection[], section: string, label: string | RegExp): RequestRow {
  const rows = sections.find((each) => each.label === section)?.rows ?? [];
  const found = rows.find((each) =>
    typeof label === 'string' ? each.label === label : label.test(each.label),
  );
  assert.ok(found, `${String(label)} in ${rows.map((each) => each.label).join(', ')}`);
  return found;
}

describe('requestSections', () => {
  const sections = sectionsOf('hotline/orders.lines.speedscope.json', ['It is odd.']);

  it('tells what the request was', () => {
    assert.equal(row(sections, 'Request', 'Method').description, 'GET');
    assert.equal(row(sections, 'Request', 'URL').description, '/orders/');
    assert.equal(row(sections, 'Request', 'Status').description, '200');
    assert.equal(row(sections, 'Request', 'Duration').description, '20.4 ms');
    assert.match(row(sections, 'Request', 'Served by').description, /Django 5\.2.*Python 3\.13/);
    assert.deepEqual(row(sections, 'Request', 'File').link, {
      to: 'file',
      path: '/profiles/one.prof',
    });
    assert.deepEqual(row(sections, 'Warnings', 'It is odd.').link, { to: 'flamegraph' });
  });

  it('leads from functions, lines, statements and files to their source', () => {
    const place = (section: string, label: RegExp): unknown => {
      const { link } = row(sections, section, label);
      assert.equal(link.to, 'source');
      return [link.place.file, link.place.line];
    };
    const views = '/srv/hotline-shop/store/views.py';
    assert.deepEqual(place('Files', /^views\.py$/), [views, undefined]);
    assert.match(String(place('SQL', /^SELECT/)), /orders\.html,\d+$/);
    assert.match(String(place('Lines', /^views\.py:/)), /views\.py,\d+$/);
    const report = sectionsOf('hotline/report.lines.speedscope.json');
    const { link, frame } = row(report, 'Functions by self time', /^report$/);
    assert.deepEqual(frame, { name: 'report', file: views, line: 22 });
    assert.deepEqual(link, { to: 'source', place: frame });
  });

  it('sums up SQL with its duplicates', () => {
    const sql = sections.find(({ label }) => label === 'SQL');
    assert.match(sql?.description ?? '', /^21 queries · [\d.]+ [mµ]s · 19 duplicates$/);
    assert.match(
      row(sections, 'SQL', /^SELECT/).description,
      /^20 × · [\d.]+ [mµ]s · \w+\.html:\d+$/,
    );
  });

  it('leaves out what the profile does not tell', () => {
    const labels = sectionsOf('pstats/cprofile-cp311.prof').map(({ label }) => label);
    assert.deepEqual(labels, ['Request', 'Functions by self time', 'Files']);
  });

  it('leads from a function without a source to its place in the flamegraph', () => {
    const rows = sectionsOf('pstats/cprofile-cp311.prof').flatMap((section) => section.rows);
    const builtIn = rows.find(({ link }) => link.to === 'function');
    assert.ok(builtIn?.label.includes('built-in'), builtIn?.label);
  });
});
