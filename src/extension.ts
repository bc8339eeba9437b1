import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ExtensionContext } from 'vscode';
import { registerCommands } from './platform/commands';
import { DisposableStore } from './platform/disposables';
import { withErrorHandling } from './platform/errors';
import { log } from './platform/log';
import { SourceFiles } from './platform/sourceFiles';
import { DirectorySettings } from './profiles/directorySettings';
import { Importer } from './profiles/importer';
import { ProfileDirectories } from './profiles/profileDirectories';
import { entryTimeMs, requestTitle } from './profiles/requestTitle';
import { DebugProfiling } from './profiler/debugProfiling';
import { Profiler } from './profiler/profiler';
import { TerminalProfiling } from './profiler/terminalProfiling';
import { ProfiledServer } from './server/profiledServer';
import { ProfileExport } from './views/export/profileExport';
import { ProfilesExplorer } from './views/explorer/profilesExplorer';
import { FlamegraphView, type ShownProfile } from './views/flamegraph/flamegraphView';
import { GutterTimings } from './views/gutter/gutterTimings';

/** The URLs that the server knew when it was last started: its profiles keep their names without it. */
const URL_TEMPLATES = 'urlTemplates';

/** Wiring only: what exists, and who is given what. */
export function activate(context: ExtensionContext): void {
  const store = new DisposableStore();
  context.subscriptions.push(store);

  const importer = store.add(new Importer(join(context.extensionPath, 'dist', 'worker.js')));
  const directories = store.add(
    new ProfileDirectories((message, error) => {
      log().warn(message, error);
    }),
  );
  directories.setUrlTemplates(context.workspaceState.get<readonly string[]>(URL_TEMPLATES, []));
  const settings = store.add(new DirectorySettings(directories));
  const sourceFiles = store.add(new SourceFiles());

  const titleOf = (path: string): string => {
    const entry = directories.get(path);
    return entry ? requestTitle(entry) : basename(path);
  };
  const takenMs = async (path: string): Promise<number> => {
    const entry = directories.get(path);
    return (entry && entryTimeMs(entry)) ?? (await stat(path)).mtimeMs;
  };

  const flamegraph = store.add(
    new FlamegraphView({
      extensionUri: context.extensionUri,
      importer,
      describe: (path) => ({ title: titleOf(path) }),
      openSource: (frame) => sourceFiles.open(frame),
    }),
  );
  const gutter = store.add(
    new GutterTimings({
      importer,
      sourceFiles,
      showInFlamegraph: (frame, path) => flamegraph.showFunction(frame, path),
    }),
  );
  const annotate = async ({ path, choice }: ShownProfile, reveal: boolean): Promise<void> => {
    const profile = { path, title: titleOf(path), takenMs: await takenMs(path), choice };
    await gutter.annotate(profile, { reveal });
  };
  store.add(
    flamegraph.onDidShow((shown) => {
      void withErrorHandling('Annotate source', () => annotate(shown, false));
    }),
  );
  const explorer = store.add(
    new ProfilesExplorer({
      directories,
      settings,
      importer,
      workspaceState: context.workspaceState,
      actions: {
        open: (entry, options) => flamegraph.open(entry.path, options),
        annotate: ({ path }) => annotate({ path, choice: flamegraph.choiceOf(path) }, true),
      },
    }),
  );
  store.add(
    new ProfileExport({
      exporter: importer,
      chosen: (argument) => {
        const path = explorer.pathOf(argument) ?? flamegraph.current ?? explorer.selectedPath;
        return { path, title: titleOf(path), choice: flamegraph.choiceOf(path) };
      },
    }),
  );
  const profiler = new Profiler(context.extensionPath, () => directories.ensureFirst());
  store.add(new DebugProfiling(profiler));
  store.add(
    new TerminalProfiling({
      profiler,
      workspaceState: context.workspaceState,
      environment: context.environmentVariableCollection,
    }),
  );
  store.add(
    new ProfiledServer({
      workspaceState: context.workspaceState,
      profiler,
      onProfile: (listener) =>
        directories.onDidChange(({ arrived }) => {
          if (arrived.length > 0) listener();
        }),
      ensureProfileDirectory: () => directories.ensureFirst(),
      onUrlTemplates: (templates) => {
        directories.setUrlTemplates(templates);
        void context.workspaceState.update(URL_TEMPLATES, templates);
      },
    }),
  );
  store.add(
    registerCommands({
      showLog: () => {
        log().show();
      },
    }),
  );
}
