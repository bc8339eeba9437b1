import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formats } from '../../../../src/core/formats/registry';
import { formatsTable } from './formatsTable';
import { currentReadme, savedReadme } from './readme';

describe("the README's table of formats", () => {
  it('is what the samples give', async () => {
    assert.ok(savedReadme().includes('<!-- end of the table -->'));
    assert.equal(savedReadme(), await currentReadme(), 'npm run snapshots');
  });

  it('has a row for every format, with the tools that write it', () => {
    const rows = formatsTable().split('\n').slice(2);
    for (const [index, { label, tools }] of formats.entries()) {
      assert.ok(rows[index]?.startsWith(`| ${label} | ${tools} |`));
    }
  });
});
