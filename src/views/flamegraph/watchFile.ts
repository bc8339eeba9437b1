import { basename, dirname } from 'node:path';
import { RelativePattern, Uri, workspace } from 'vscode';
import { DisposableStore } from '../../platform/disposables';
import { withErrorHandling } from '../../platform/errors';

/** A file that changes is looked at when it has been quiet for so long; milliseconds. */
const QUIET_MS = 300;

/** Calls `changed` when the file is written anew. A file that goes away changes nothing. */
export function watchFile(path: string, changed: () => Promise<void>): DisposableStore {
  const pattern = new RelativePattern(Uri.file(dirname(path)), globLiteral(basename(path)));
  const watcher = workspace.createFileSystemWatcher(pattern, false, false, true);
  let timer: NodeJS.Timeout | undefined;
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void withErrorHandling('Reload flamegraph', changed), QUIET_MS);
  };
  const store = new DisposableStore();
  store.add(watcher);
  store.add(watcher.onDidChange(later));
  store.add(watcher.onDidCreate(later));
  store.add({
    dispose: () => {
      clearTimeout(timer);
    },
  });
  return store;
}

/** A glob that matches `name` only: VS Code's globs have no other escape than a class of one. */
function globLiteral(name: string): string {
  return name.replace(/[[\]{}*?]/g, '[$&]');
}
