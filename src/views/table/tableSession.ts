import type { PrintedTable, TableDocument } from '../../core/derive/tableDocument';
import { sourceName, type ProfileSource } from '../../core/profileSource';
import type { ReadOptions } from '../../profiles/importer';
import type { PanelState } from '../../protocol/flamegraph';
import type { FromTable, ToTable } from '../../protocol/table';
import { installedFlags, libraryFlags } from './libraries';
import { parseFromTable } from './messages';

/** The part of the importer that the table needs. */
export interface TableImporter {
  table(source: ProfileSource, options: ReadOptions): Promise<TableDocument>;
  printedTable(source: ProfileSource, printed: PrintedTable, options: ReadOptions): Promise<string>;
}

/** What is around a table: the webview on one side, the rest of the extension on the other. */
export interface TableHost {
  readonly importer: TableImporter;
  /** What the panel shows. */
  panel(): PanelState;
  post(message: ToTable): void;
  /** Whether a profiled path means a file of the workspace's own. */
  isOwnFile(path: string): Promise<boolean>;
  copyText(text: string): Promise<void>;
  logError(message: string, cause: unknown): void;
}

/** The conversation with a webview about the table of functions beside its graph. */
export class TableSession {
  readonly #host: TableHost;

  constructor(host: TableHost) {
    this.#host = host;
  }

  /** Takes a message of the webview. @returns whether it was about the table */
  receive(value: unknown): boolean {
    const message = parseFromTable(value);
    if (message) void this.#answer(message);
    return message !== undefined;
  }

  /** Shows the table in place of the graph. */
  show(): void {
    this.#host.post({ t: 'showTable' });
  }

  #answer(message: FromTable): Promise<void> {
    switch (message.t) {
      case 'tableWanted':
        return this.#send(message.id);
      case 'copyTable':
        return this.#copy(message.printed);
    }
  }

  async #send(id: number): Promise<void> {
    const { path, choice } = this.#host.panel();
    try {
      const { calls, ...table } = await this.#host.importer.table(path, { choice });
      const { files } = table;
      this.#host.post({ t: 'table', id, table, libraries: installedFlags(files) });
      this.#host.post({ t: 'calls', id, calls });
      // Looking for files takes its time where many are not on this machine.
      const libraries = await libraryFlags(files, (file) => this.#host.isOwnFile(file));
      this.#host.post({ t: 'libraries', id, libraries });
    } catch (error) {
      this.#fail(id, path, error);
    }
  }

  async #copy(printed: PrintedTable): Promise<void> {
    const { path, choice } = this.#host.panel();
    try {
      const text = await this.#host.importer.printedTable(path, printed, { choice });
      await this.#host.copyText(text);
      this.#host.post({ t: 'tableCopied', functions: printed.order.length });
    } catch (error) {
      this.#host.logError(`The table of ${sourceName(path)} cannot be copied`, error);
    }
  }

  #fail(id: number, path: ProfileSource, error: unknown): void {
    this.#host.logError(`The table of ${sourceName(path)} cannot be shown`, error);
    const isProfileError = error instanceof Error && error.name === 'ProfileError';
    const reason = isProfileError ? error.message : 'The log of Hotline tells what went wrong.';
    this.#host.post({
      t: 'tableFailed',
      id,
      message: `The functions of ${sourceName(path)} cannot be shown. ${reason}`,
    });
  }
}
