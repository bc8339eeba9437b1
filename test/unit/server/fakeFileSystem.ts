import type { FileSystem } from '../../../src/server/fileSystem';

/** A disk that holds these files, by path, and the directories they are in. */
export function fakeFileSystem(files: Readonly<Record<string, string>>): FileSystem {
  const texts = new Map(Object.entries(files));
  return {
    isFile: (path) => Promise.resolve(texts.has(path)),
    text: (path) => Promise.resolve(texts.get(path)),
    directories: (path) => {
      const inside = [...texts.keys()]
        .filter((file) => file.startsWith(`${path}/`))
        .map((file) => file.slice(path.length + 1).split('/'))
        .filter((parts) => parts.length > 1)
        .map(([name = '']) => name);
      return Promise.resolve([...new Set(inside)]);
    },
  };
}
