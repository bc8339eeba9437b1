import { createHash } from 'node:crypto';
import { workspace, type Uri } from 'vscode';
import { log } from './log';
import { textOfRevision } from './gitHistory';
import { profiledVersion, type ProfiledVersion, type TextVersion } from './textVersions';

/** Versions of one file that are kept. */
const MOST_VERSIONS = 20;

/** Finds the texts of source files as they were when they were profiled. */
export class SourceTexts {
  /** Those that were seen, in the order in which they were written, by the file's URI. */
  readonly #versions = new Map<string, TextVersion[]>();
  readonly #revisions = new Map<string, Promise<string | undefined>>();

  /** Looks at the file on disk. @returns all versions of it that were seen so far, in their order */
  async look(file: Uri): Promise<readonly TextVersion[]> {
    const key = file.toString();
    const versions = this.#versions.get(key) ?? [];
    try {
      const { mtime } = await workspace.fs.stat(file);
      const content = await workspace.fs.readFile(file);
      const sha256 = createHash('sha256').update(content).digest('hex');
      if (versions.at(-1)?.sha256 !== sha256) {
        versions.push({ text: new TextDecoder().decode(content), modifiedMs: mtime, sha256 });
        versions.splice(0, versions.length - MOST_VERSIONS);
      }
    } catch {
      // Deleted meanwhile: what was seen of it is all there is.
    }
    this.#versions.set(key, versions);
    return versions;
  }

  /**
   * The text of a file as it was profiled: one of those that were seen on disk, or in a trusted
   * workspace one of its git history. `undefined` where none is it.
   */
  async profiled(
    file: Uri,
    versions: readonly TextVersion[],
    profiled: ProfiledVersion,
  ): Promise<string | undefined> {
    const known = profiledVersion(versions, profiled);
    if (known || profiled.sha256 === undefined) return known?.text;
    return this.#ofHistory(file.fsPath, profiled.sha256);
  }

  #ofHistory(path: string, sha256: string): Promise<string | undefined> {
    // git runs what its configuration names, and that is part of the workspace.
    if (!workspace.isTrusted) return Promise.resolve(undefined);
    const key = `${sha256} ${path}`;
    const text =
      this.#revisions.get(key) ??
      textOfRevision(path, sha256).catch((error: unknown) => {
        log().debug(`No git history of ${path}.`, error);
        return undefined;
      });
    this.#revisions.set(key, text);
    return text;
  }
}
