import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProfileError } from '../../../../src/core/model/errors';
import type { PrintedTable, TableDocument } from '../../../../src/core/derive/tableDocument';
import type { ReadOptions } from '../../../../src/profiles/importer';
import type { ToTable } from '../../../../src/protocol/table';
import { TableSession } from '../../../../src/views/table/tableSession';
import { tableOf } from '../../webview/table/tables';

const TABLE = tableOf([
  { name: 'view', file: '/workspace/views.py', calls: 1 },
  { name: 'fetch', file: '/elsewhere/library.py', calls: 2 },
]);

const printed: PrintedTable = { order: Int32Array.of(1), sort: 'calls', restriction: undefined };

function session(read: () => Promise<TableDocument>): {
  readonly posted: ToTable[];
  readonly clipboard: string[];
  readonly errors: string[];
  readonly receive: (message: unknown) => boolean;
  readonly done: () => Promise<void>;
} {
  const posted: ToTable[] = [];
  const clipboard: string[] = [];
  const errors: string[] = [];
  const textOf = (
    source: unknown,
    { order, sort }: PrintedTable,
    { choice }: ReadOptions,
  ): string => `${String(source)} by ${String(choice?.metric)}: ${order.join()} sorted by ${sort}`;
  const table = new TableSession({
    importer: {
      table: read,
      printedTable: (...args) => Promise.resolve(textOf(...args)),
    },
    panel: () => ({ path: '/a.prof', title: 'a', kind: 'kept', choice: { metric: 'time' } }),
    post: (message) => posted.push(message),
    isOwnFile: (path) => Promise.resolve(path.startsWith('/workspace')),
    copyText: (text) => {
      clipboard.push(text);
      return Promise.resolve();
    },
    logError: (message) => errors.push(message),
  });
  return {
    posted,
    clipboard,
    errors,
    receive: (message) => table.receive(message),
    done: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

describe('the conversation about the table', () => {
  it('answers with the functions of the load that asked, and which files are of libraries', async () => {
    const { posted, receive, done } = session(() => Promise.resolve(TABLE));
    assert.ok(receive({ t: 'tableWanted', id: 7 }));
    await done();
    const libraries = Uint8Array.of(0, 1);
    const { calls, ...table } = TABLE;
    assert.deepEqual(posted, [
      { t: 'table', id: 7, table, libraries: Uint8Array.of(0, 0) },
      { t: 'calls', id: 7, calls },
      { t: 'libraries', id: 7, libraries },
    ]);
  });

  it('says why there are no functions', async () => {
    const broken = new ProfileError('It ends in its middle.', 'broken');
    const { posted, errors, receive, done } = session(() => Promise.reject(broken));
    receive({ t: 'tableWanted', id: 7 });
    await done();
    const message = 'The functions of a.prof cannot be shown. It ends in its middle.';
    assert.deepEqual(posted, [{ t: 'tableFailed', id: 7, message }]);
    assert.equal(errors.length, 1);
  });

  it('copies what is shown of the profile that the panel shows', async () => {
    const { posted, clipboard, receive, done } = session(() => Promise.resolve(TABLE));
    receive({ t: 'copyTable', printed });
    await done();
    assert.deepEqual(clipboard, ['/a.prof by time: 1 sorted by calls']);
    assert.deepEqual(posted, [{ t: 'tableCopied', functions: 1 }]);
  });

  it('leaves other messages to others', () => {
    const { receive } = session(() => Promise.resolve(TABLE));
    assert.ok(!receive({ t: 'ready' }));
  });
});
