import {
  EventEmitter,
  FileDecoration,
  Uri,
  window,
  type Disposable,
  type FileDecorationProvider,
  type Memento,
} from 'vscode';

const SCHEME = 'hotline-profile';
const KEY = 'hotline.newProfiles';

/** Marks that are kept; older ones are given up. */
const MAXIMUM = 500;

/** The address under which a row is decorated. It is none of `file:`, whose decorations are git's. */
export function newProfileUri(path: string): Uri {
  return Uri.file(path).with({ scheme: SCHEME });
}

/** The profiles nobody has opened yet: marked by a dot, remembered for each workspace. */
export class NewProfiles implements Disposable, FileDecorationProvider {
  readonly #memento: Memento;
  readonly #paths: Set<string>;
  readonly #decorations = new EventEmitter<Uri[]>();
  readonly #registration: Disposable;

  readonly onDidChangeFileDecorations = this.#decorations.event;

  constructor(memento: Memento) {
    this.#memento = memento;
    this.#paths = new Set(memento.get<string[]>(KEY, []));
    this.#registration = window.registerFileDecorationProvider(this);
  }

  has(path: string): boolean {
    return this.#paths.has(path);
  }

  add(paths: readonly string[]): void {
    if (paths.length === 0) return;
    for (const path of paths) this.#paths.add(path);
    const excess = Math.max(0, this.#paths.size - MAXIMUM);
    const dropped = [...this.#paths].slice(0, excess);
    for (const path of dropped) this.#paths.delete(path);
    this.#changed([...paths, ...dropped]);
  }

  delete(path: string): void {
    if (this.#paths.delete(path)) this.#changed([path]);
  }

  provideFileDecoration(uri: Uri): FileDecoration | undefined {
    if (uri.scheme !== SCHEME || !this.#paths.has(uri.with({ scheme: 'file' }).fsPath)) {
      return undefined;
    }
    return new FileDecoration('●', 'New profile');
  }

  dispose(): void {
    this.#registration.dispose();
    this.#decorations.dispose();
  }

  #changed(paths: readonly string[]): void {
    this.#decorations.fire(paths.map(newProfileUri));
    void this.#memento.update(KEY, [...this.#paths]);
  }
}
