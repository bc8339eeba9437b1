import { workspace, type Disposable, type TextDocument, type Uri } from 'vscode';
import type { Annotations } from '../../core/derive/annotations';
import { DisposableStore } from '../../platform/disposables';
import { sourceName } from '../../platform/sourceFiles';
import { AnnotatedDocument } from './annotatedDocument';
import type { SourceTexts } from '../../platform/sourceTexts';

/** Tells which file a profiled path means. */
export interface SourceMatcher {
  means(profiledPath: string, file: Uri): Promise<boolean>;
}

/** The open documents that one profile tells of, found when they are first asked for. */
export class AnnotatedDocuments implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #pathsByName = new Map<string, string[]>();
  readonly #found = new Map<TextDocument, Promise<AnnotatedDocument | undefined>>();
  readonly #known = new Map<TextDocument, AnnotatedDocument>();

  readonly #annotations: Annotations;
  readonly #takenMs: number | undefined;
  readonly #sources: SourceMatcher;
  readonly #texts: SourceTexts;

  /** @param takenMs when the profile was taken, milliseconds since the Unix epoch. */
  constructor(
    annotations: Annotations,
    takenMs: number | undefined,
    sources: SourceMatcher,
    texts: SourceTexts,
  ) {
    this.#annotations = annotations;
    this.#takenMs = takenMs;
    this.#sources = sources;
    this.#texts = texts;
    for (const path of annotations.files.keys()) {
      const name = sourceName(path).toLowerCase();
      const paths = this.#pathsByName.get(name);
      if (paths) paths.push(path);
      else this.#pathsByName.set(name, [path]);
    }
    this.#owned.add(
      workspace.onDidCloseTextDocument((document) => {
        this.#forget(document);
      }),
    );
  }

  /** What the profile tells of a document; `undefined` where it tells nothing. */
  find(document: TextDocument): Promise<AnnotatedDocument | undefined> {
    const found = this.#found.get(document) ?? this.#match(document);
    this.#found.set(document, found);
    return found;
  }

  /** The same without looking for it. */
  known(document: TextDocument): AnnotatedDocument | undefined {
    return this.#known.get(document);
  }

  /** The file of a document was written: looks whether it is the one that was profiled. */
  async fileChanged(document: TextDocument): Promise<void> {
    await this.#known.get(document)?.refreshFile(this.#texts);
  }

  /** Forgets what was found where paths mean other files now; the rest keeps its place. */
  async recheck(): Promise<void> {
    await Promise.all(
      [...this.#found.keys()].map(async (document) => {
        const known = this.#known.get(document);
        const still = known && (await this.#sources.means(known.profiledPath, document.uri));
        if (!still) this.#forget(document);
      }),
    );
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #forget(document: TextDocument): void {
    this.#found.delete(document);
    this.#known.delete(document);
  }

  async #match(document: TextDocument): Promise<AnnotatedDocument | undefined> {
    const name = sourceName(document.uri.path).toLowerCase();
    for (const path of this.#pathsByName.get(name) ?? []) {
      const file = this.#annotations.files.get(path);
      if (!file || !(await this.#sources.means(path, document.uri))) continue;
      const annotated = new AnnotatedDocument(document, path, file, this.#takenMs);
      await annotated.refreshFile(this.#texts);
      if (!document.isClosed) this.#known.set(document, annotated);
      return annotated;
    }
    return undefined;
  }
}
