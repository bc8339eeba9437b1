import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { ProfilerOptions } from '../../../src/profiler/profilerOptions';
import {
  hotlineVariables,
  pythonPath,
  selectionNotes,
} from '../../../src/profiler/profilerVariables';
import { defaultOptions } from './defaultOptions';

const everything: ProfilerOptions = {
  mode: 'memory',
  include: ['/shop/*', '/api/*'],
  exclude: ['/health'],
  static: true,
  minimumDuration: 1.5,
  every: 10,
  keepFiles: 3,
  keepBytes: 4,
  trigger: 'cookie:profile=1',
  sqlParameters: true,
  interval: 2,
};

function variables(options: ProfilerOptions, platform: NodeJS.Platform = 'linux') {
  return hotlineVariables({
    directory: '/shop/.hotline',
    fileNameTemplate: '{path}.{time}',
    sourceRoots: ['/shop', '/library'],
    options,
    platform,
  });
}

/** What is set where a server runs that others use, and by nobody's editor. */
const OF_SHARED_SERVERS = [
  'HOTLINE_TRIGGER_ANSWER',
  'HOTLINE_TRIGGER_SECRET',
  'HOTLINE_TRUSTED_PROXIES',
];

describe('hotlineVariables', () => {
  it('leaves out what is the profiler’s own default', () => {
    assert.deepEqual(variables(defaultOptions), {
      HOTLINE_DIRECTORY: '/shop/.hotline',
      HOTLINE_FILE_NAME: '{path}.{time}',
      HOTLINE_SOURCE_ROOTS: '/shop:/library',
      HOTLINE_MODE: 'lines',
      HOTLINE_INTERVAL: '5',
    });
  });

  it('tells everything that the profiler reads, by the names it reads', () => {
    const source = readFileSync(
      join(import.meta.dirname, '../../../python/hotline/settings.py'),
      'utf8',
    );
    const read = new Set([...source.matchAll(/'(HOTLINE_[A-Z_]+)'/g)].map(([, name]) => name));
    const told = new Set([...Object.keys(variables(everything)), ...OF_SHARED_SERVERS]);
    assert.deepEqual([...told].sort(), [...read].sort());
  });

  it('separates lists by commas, and roots as the platform does', () => {
    assert.equal(variables(everything)['HOTLINE_INCLUDE'], '/shop/*,/api/*');
    assert.equal(variables(everything, 'win32')['HOTLINE_SOURCE_ROOTS'], '/shop;/library');
  });
});

describe('selectionNotes', () => {
  it('names every setting by which requests leave no profile', () => {
    const notes = selectionNotes({ bootstrap: '/b', variables: variables(everything) });
    assert.deepEqual(
      notes.map((note) => /hotline\.profiler\.\w+/.exec(note)?.[0]),
      ['trigger', 'include', 'exclude', 'minimumDuration', 'every'].map(
        (name) => `hotline.profiler.${name}`,
      ),
    );
    assert.deepEqual(selectionNotes({ bootstrap: '/b', variables: variables(defaultOptions) }), []);
  });
});

describe('pythonPath', () => {
  it('puts the profiler first, once, and no empty item, which would be the current directory', () => {
    assert.equal(pythonPath('/b', undefined, 'linux'), '/b');
    assert.equal(pythonPath('/b', '', 'linux'), '/b');
    assert.equal(pythonPath('/b', '/x:/y', 'linux'), '/b:/x:/y');
    assert.equal(pythonPath('/b', '/x:/b', 'linux'), '/b:/x');
    assert.equal(pythonPath('C:\\b', 'D:\\x', 'win32'), 'C:\\b;D:\\x');
  });
});
