import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  directoriesUpTo,
  findInterpreter,
  type Interpreter,
  type InterpreterSearch,
} from '../../../src/server/pythonInterpreter';
import { fakeFileSystem } from './fakeFileSystem';

function find(
  paths: readonly string[],
  search: Partial<InterpreterSearch> = {},
): Promise<Interpreter | undefined> {
  return findInterpreter({
    selected: '/envs/chosen/bin/python',
    directories: ['/shop/backend', '/shop'],
    environment: { VIRTUAL_ENV: '/envs/active', PATH: '/usr/local/bin:/usr/bin' },
    platform: 'linux',
    files: fakeFileSystem(Object.fromEntries(paths.map((path) => [path, '']))),
    ...search,
  });
}

describe('findInterpreter', () => {
  const inOrder = [
    '/envs/chosen/bin/python',
    '/shop/backend/.venv/bin/python',
    '/shop/backend/venv/bin/python',
    '/shop/backend/env/bin/python',
    '/shop/.venv/bin/python',
    '/envs/active/bin/python',
    '/usr/local/bin/python3',
    '/usr/bin/python3',
    '/usr/bin/python',
  ];
  for (const [index, path] of inOrder.entries()) {
    it(`takes ${path} when nothing better is there`, async () => {
      assert.deepEqual((await find(inOrder.slice(index)))?.command, [path]);
    });
  }

  it('finds nothing where nothing is', async () => {
    assert.equal(await find([]), undefined);
  });

  it('says who chose', async () => {
    assert.equal((await find(inOrder))?.origin, 'pythonExtension');
    assert.equal((await find(inOrder, { selected: undefined }))?.origin, 'workspaceEnvironment');
  });

  describe('on Windows', () => {
    const windows = {
      platform: 'win32',
      selected: undefined,
      directories: ['C:\\shop'],
      environment: { Path: 'C:\\Windows;C:\\Python' },
    } as const;

    it('looks for Scripts\\python.exe', async () => {
      const found = await find(['C:\\shop\\.venv\\Scripts\\python.exe'], windows);
      assert.deepEqual(found?.command, ['C:\\shop\\.venv\\Scripts\\python.exe']);
    });

    it('prefers the launcher, asked for Python 3, to python.exe', async () => {
      const both = ['C:\\Windows\\py.exe', 'C:\\Python\\python.exe'];
      assert.deepEqual((await find(both, windows))?.command, ['C:\\Windows\\py.exe', '-3']);
      assert.deepEqual((await find(both.slice(1), windows))?.command, ['C:\\Python\\python.exe']);
    });
  });
});

describe('directoriesUpTo', () => {
  it('goes up to the folder of the workspace and no further', () => {
    assert.deepEqual(directoriesUpTo('/a', '/a/b/c', 'linux'), ['/a/b/c', '/a/b', '/a']);
    assert.deepEqual(directoriesUpTo('/a', '/a', 'linux'), ['/a']);
    assert.deepEqual(directoriesUpTo('C:\\a', 'C:\\a\\b', 'win32'), ['C:\\a\\b', 'C:\\a']);
  });

  it('keeps to itself outside of it', () => {
    assert.deepEqual(directoriesUpTo('/a', '/b/c', 'linux'), ['/b/c', '/a']);
    assert.deepEqual(directoriesUpTo('C:\\a', 'D:\\b', 'win32'), ['D:\\b', 'C:\\a']);
  });
});
