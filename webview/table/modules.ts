/** Where the modules of installed packages and of the standard library begin in a path. */
const LIBRARY = /^.*[/\\](?:site-packages|dist-packages|python\d(?:\.\d+)?|Lib)[/\\]/;

/** The top-level modules of files: `django` for one of Django's, that of the project for its own. */
export class Modules {
  /** Folder above all files that are in no library, with its separator. */
  readonly #project: string;

  constructor(files: readonly string[]) {
    this.#project = commonFolder(files.filter((file) => !LIBRARY.test(file) && !isMadeUp(file)));
  }

  /** The module of a file; of `<frozen os>` it is `os`. */
  of(file: string): string {
    const madeUp = /^<(?:frozen )?(.*)>$/.exec(file)?.[1];
    if (madeUp !== undefined) return madeUp.split('.', 1)[0] ?? madeUp;
    const library = LIBRARY.exec(file)?.[0];
    const below = file.slice((library ?? this.#project).length);
    const [first = ''] = below.split(/[/\\]/).filter((part) => part !== '');
    return first.replace(/\.py[co]?$/, '');
  }
}

function isMadeUp(file: string): boolean {
  return file.startsWith('<');
}

function commonFolder(files: readonly string[]): string {
  const [first = [], ...others] = files.map((file) => file.split(/(?<=[/\\])/).slice(0, -1));
  const folders = [...first];
  for (const other of others) {
    const differs = folders.findIndex((folder, depth) => folder !== other[depth]);
    if (differs >= 0) folders.length = differs;
  }
  return folders.join('');
}
