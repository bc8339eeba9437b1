import { pathsOn, type FileSystem } from './fileSystem';

/** How a server imports the module of a file. */
export interface ImportTarget {
  /** The dotted name: `shop.main` for `src/shop/main.py`. */
  readonly module: string;
  /** Absolute directory from which that name is found. */
  readonly root: string;
  /** Where people start the server: the root, or the directory above a root that is called `src`. */
  readonly cwd: string;
}

/**
 * Finds the packages that a file is in: directories with an `__init__.py`, and those that the file
 * itself imports its neighbours from.
 */
export async function importTarget(
  file: string,
  files: FileSystem,
  platform: NodeJS.Platform,
): Promise<ImportTarget> {
  const paths = pathsOn(platform);
  const name = paths.basename(file, '.py');
  const names = name === '__init__' ? [] : [name];
  const imports = importedBy((await files.text(file)) ?? '');
  let root = paths.dirname(file);
  while (await isPackage(root, imports, files, platform)) {
    names.unshift(paths.basename(root));
    root = paths.dirname(root);
  }
  const cwd = paths.basename(root) === 'src' ? paths.dirname(root) : root;
  return { module: names.join('.'), root, cwd };
}

async function isPackage(
  directory: string,
  imports: readonly (readonly [of: string, name: string])[],
  files: FileSystem,
  platform: NodeJS.Platform,
): Promise<boolean> {
  const paths = pathsOn(platform);
  const name = paths.basename(directory);
  if (!/^[A-Za-z_]\w*$/.test(name)) return false;
  const neighbours = imports.filter(([of]) => of === name).map(([, neighbour]) => neighbour);
  const signs = [
    '__init__.py',
    ...neighbours.flatMap((neighbour) => [`${neighbour}.py`, paths.join(neighbour, '__init__.py')]),
  ];
  const found = await Promise.all(signs.map((sign) => files.isFile(paths.join(directory, sign))));
  return found.includes(true);
}

/** The first two names of every import of a package's member: `from shop.models`, `from shop import models`. */
function importedBy(text: string): (readonly [of: string, name: string])[] {
  const member = /^[ \t]*(?:from|import)[ \t]+(\w+)(?:\.|[ \t]+import[ \t]+)(\w+)/gm;
  return [...text.matchAll(member)].map(([, of = '', name = '']) => [of, name] as const);
}
