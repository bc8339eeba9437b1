import { TabInputCustom, TabInputText, window, workspace } from 'vscode';
import { DisposableStore } from '../platform/disposables';
import { setting } from '../platform/settings';
import type { RetentionLimits } from './retention';
import { RetentionRun, type RetentionHost } from './retentionRun';

/** Deletes profiles as the settings `hotline.retention` say; in an untrusted workspace none. */
export function startRetention(host: Omit<RetentionHost, 'limits'>): DisposableStore {
  const store = new DisposableStore();
  const run = store.add(
    new RetentionRun({
      ...host,
      limits: retentionLimits,
      inUse: () => new Set([...host.inUse(), ...filesInTabs()]),
    }),
  );
  store.add(
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('hotline.retention')) run.request();
    }),
  );
  store.add(
    workspace.onDidGrantWorkspaceTrust(() => {
      run.request();
    }),
  );
  return store;
}

/** Paths of the files that are open as text, or in another editor of files. */
function filesInTabs(): string[] {
  return window.tabGroups.all
    .flatMap(({ tabs }) => tabs.map(({ input }) => input))
    .flatMap((input) =>
      input instanceof TabInputText || input instanceof TabInputCustom ? [input.uri.fsPath] : [],
    );
}

function retentionLimits(): RetentionLimits | undefined {
  if (!workspace.isTrusted) return undefined;
  return {
    maxFiles: setting('retention.maxFiles'),
    maxAge: setting('retention.maxAge'),
    maxSize: setting('retention.maxSize'),
  };
}
