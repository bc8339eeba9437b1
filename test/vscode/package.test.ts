import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import { findOnPath, run } from '../../tools/run.mjs';
import { vsixUnderTest } from './harness/vsix';

const MEGABYTE = 1024 * 1024;

describe('the VSIX', () => {
  let vsix: string;
  let names: string[];

  before(async () => {
    vsix = await vsixUnderTest();
    const python = findOnPath(['python3', 'python']) ?? 'python3';
    const program =
      'import sys, zipfile; print("\\n".join(zipfile.ZipFile(sys.argv[1]).namelist()))';
    names = (await run(python, ['-c', program, vsix])).trim().split(/\r?\n/);
  });

  it('stays under 3 MB', async () => {
    assert.ok((await stat(vsix)).size < 3 * MEGABYTE);
  });

  it('holds what runs and what a user reads', () => {
    for (const name of [
      'extension/package.json',
      'extension/readme.md',
      'extension/changelog.md',
      'extension/LICENSE.txt',
      'extension/ThirdPartyNotices.txt',
      'extension/dist/extension.js',
      'extension/dist/worker.js',
      'extension/dist/webview/flamegraph.js',
      'extension/dist/webview/timeline.js',
      'extension/dist/speedscope/speedscope.js',
      'extension/python/bootstrap/sitecustomize.py',
      'extension/python/hotline/__init__.py',
      'extension/python/schema/hotline-profile.schema.json',
    ]) {
      assert.ok(names.includes(name), `${name} is not among\n${names.join('\n')}`);
    }
  });

  it('holds no packages, sources, tests or maps', () => {
    const unwanted = names.filter((name) =>
      /node_modules|\.(ts|tsx|mts|map|vsix)$|^extension\/(src|test|webview|tools|demo)\//.test(
        name,
      ),
    );
    assert.deepEqual(unwanted, []);
  });

  it('holds of Python the profiler only, uncompiled', () => {
    const unwanted = names.filter(
      (name) =>
        /\.py[co]?$|\/python\//.test(name) &&
        !/^extension\/python\/(bootstrap|hotline|schema)\/([\w/]+\.py|[\w.-]+\.json)$/.test(name),
    );
    assert.deepEqual(unwanted, []);
  });
});
