import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { workspace, type ExtensionContext } from 'vscode';
import { DEFAULT_LIMITS } from './core/derive/callTree';
import type { RequestFacts } from './core/model/request';
import { isCollected, sourceName, type ProfileSource } from './core/profileSource';
import { registerCommands } from './platform/commands';
import { DisposableStore } from './platform/disposables';
import { withErrorHandling } from './platform/errors';
import { log } from './platform/log';
import { SourceFiles } from './platform/sourceFiles';
import { SourceTexts } from './platform/sourceTexts';
import { DirectorySettings } from './profiles/directorySettings';
import { FunctionIndexes } from './profiles/functionIndexes';
import { Importer } from './profiles/importer';
import { ProfileDirectories } from './profiles/profileDirectories';
import { entryTimeMs, firstTimeMs, requestTitle } from './profiles/requestTitle';
import { startRetention } from './profiles/retentionSettings';
import { DebugProfiling } from './profiler/debugProfiling';
import { Profiler } from './profiler/profiler';
import { TerminalProfiling } from './profiler/terminalProfiling';
import { ProfiledServer } from './server/profiledServer';
import { AttachView } from './views/attach/attachView';
import { Collectors } from './views/collectors/collectors';
import { ComparedTimings } from './views/compare/comparedTimings';
import { CompareCommands } from './views/compare/compareCommands';
import { ComparisonView } from './views/compare/comparisonView';
import { ProfileExport } from './views/export/profileExport';
import { FollowLatest } from './views/explorer/followLatest';
import { ProfilesExplorer } from './views/explorer/profilesExplorer';
import { revealProfile } from './views/explorer/rowCommands';
import { FlamegraphView, type ShownProfile } from './views/flamegraph/flamegraphView';
import { annotatedPaths, isComparison } from './views/gutter/annotatedSource';
import type { AnnotationCause } from './views/gutter/annotationSource';
import { GutterTimings } from './views/gutter/gutterTimings';
import { LineReportView } from './views/report/lineReportView';
import { RequestPanel } from './views/request/requestPanel';
import { registerFindRequests } from './views/search/findRequests';

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
  const texts = new SourceTexts();

  const titleOf = (source: ProfileSource): string => {
    const entry = typeof source === 'string' ? directories.get(source) : undefined;
    return entry ? requestTitle(entry) : sourceName(source);
  };
  const factsOf = (source: ProfileSource): RequestFacts =>
    (typeof source === 'string' ? directories.get(source)?.request.facts : undefined) ?? {};
  /** Of several profiles the first: a file that changed since tells another story in some of them. */
  const takenMs = async (source: ProfileSource): Promise<number | undefined> => {
    if (isCollected(source)) return source.period.fromMs;
    if (typeof source === 'object')
      return firstTimeMs(source.paths.map((path) => directories.get(path)));
    const entry = directories.get(source);
    return (entry && entryTimeMs(entry)) ?? (await stat(source)).mtimeMs;
  };

  const flamegraph = store.add(
    new FlamegraphView({
      extensionUri: context.extensionUri,
      importer,
      describe: (path) => ({ title: titleOf(path) }),
      openSource: (frame) => sourceFiles.open(frame),
      compare: (source) => compare.compareSource(source),
      isOwnFile: (path) => sourceFiles.isInWorkspace(path),
    }),
  );
  const comparisons = store.add(
    new ComparisonView({
      extensionUri: context.extensionUri,
      importer,
      openSource: (frame) => sourceFiles.open(frame),
    }),
  );
  const comparedTimings = new ComparedTimings({
    comparisonOf: async (source, options) =>
      comparisons.comparisonOf(source) ?? importer.compare(source, DEFAULT_LIMITS, options),
    files: sourceFiles,
    texts,
    takenMs,
  });
  const gutter = store.add(
    new GutterTimings({
      importer: {
        annotations: (source, options) =>
          isComparison(source)
            ? comparedTimings.annotations(source, options)
            : importer.annotations(source, options),
      },
      sourceFiles,
      showInFlamegraph: (frame, source) =>
        isComparison(source)
          ? comparisons.showFunction(frame, source)
          : flamegraph.showFunction(frame, source),
      texts,
      endpointOf: async ({ path }) => {
        const source = typeof path === 'string' ? explorer.endpointOf(path) : undefined;
        if (!source) return undefined;
        return { path: source, title: titleOf(source), takenMs: await takenMs(source) };
      },
      followLatest: (enabled) => {
        latest.enabled = enabled;
        if (enabled) latest.openPresent();
      },
    }),
  );
  const annotate = async (
    { path, choice }: ShownProfile,
    cause: AnnotationCause,
  ): Promise<void> => {
    const profile = { path, title: titleOf(path), takenMs: await takenMs(path), choice };
    await gutter.annotate(profile, cause);
  };
  const latest = store.add(
    new FollowLatest(directories, ({ path }) => {
      void withErrorHandling('Annotate source', () => annotate({ path }, 'arrived'));
    }),
  );
  store.add(
    comparisons.onDidShow((source) => {
      void withErrorHandling('Annotate source', async () => {
        const compared = {
          path: source,
          title: source.title,
          takenMs: await takenMs(source.after),
        };
        await gutter.annotate(compared, 'compared');
      });
    }),
  );
  store.add(
    comparisons.onDidClose((source) => {
      void withErrorHandling('Annotate source', () => gutter.forgetComparison(source));
    }),
  );
  store.add(
    flamegraph.onDidShow((shown) => {
      void withErrorHandling('Annotate source', () => annotate(shown, 'opened'));
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
        openMerged: (source) => flamegraph.open(source, { keep: true }),
        annotate: ({ path }) => annotate({ path, choice: flamegraph.choiceOf(path) }, 'asked'),
      },
    }),
  );
  const compare: CompareCommands = new CompareCommands({
    selection: () => explorer.selection,
    candidates: () => explorer.shownProfiles,
    entryOf: (path) => directories.get(path),
    open: (source) => comparisons.open(source),
  });
  store.add(compare.register());
  const request = store.add(
    new RequestPanel({
      importer,
      describe: (source) => ({ title: titleOf(source), facts: factsOf(source) }),
      choiceOf: (source) => flamegraph.choiceOf(source),
      openFlamegraph: (source) => flamegraph.open(source),
      showFunction: (frame, source) => flamegraph.showFunction(frame, source),
      openSource: (place) => sourceFiles.open(place),
      reveal: (path) => revealProfile({ path }),
    }),
  );
  const showRequest = (source: ProfileSource): void => {
    request.show(source);
  };
  store.add(explorer.onDidSelect(showRequest));
  store.add(flamegraph.onDidActivate(showRequest));
  store.add(
    flamegraph.onDidShow(({ path }) => {
      showRequest(path);
    }),
  );
  const indexes = store.add(
    new FunctionIndexes({
      directories,
      importer,
      storage: join(context.globalStorageUri.fsPath, 'indexes'),
      mayWriteBeside: () => workspace.isTrusted,
      report: (message, error) => {
        log().warn(message, error);
      },
    }),
  );
  store.add(
    registerFindRequests({
      indexes,
      sourceFiles,
      show: (found) => explorer.showFound(found),
    }),
  );
  store.add(
    startRetention({
      directories,
      importer,
      inUse: () => {
        const sources = [
          ...flamegraph.openSources,
          ...comparisons.openSources,
          gutter.annotated,
          request.shown,
        ];
        return new Set(
          sources.flatMap((source) => (source === undefined ? [] : annotatedPaths(source))),
        );
      },
      report: (message) => {
        log().info(message);
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
  store.add(
    new LineReportView({
      importer,
      files: sourceFiles,
      texts,
      describe: async (path) => ({ title: titleOf(path), takenMs: await takenMs(path) }),
      chosen: (argument) => {
        const path = explorer.pathOf(argument) ?? flamegraph.current ?? explorer.selectedPath;
        return { path, choice: flamegraph.choiceOf(path) };
      },
    }),
  );
  store.add(
    new Collectors({
      extensionUri: context.extensionUri,
      storage: context.globalStorageUri.fsPath,
      secrets: context.secrets,
      workspaceState: context.workspaceState,
      importer,
      open: (source) => flamegraph.open(source, { keep: true }),
      compare: (source) => comparisons.open(source),
    }),
  );
  store.add(
    new AttachView({
      globalStorage: context.globalStorageUri.fsPath,
      files: sourceFiles,
      ensureProfileDirectory: () => directories.ensureFirst(),
      open: (path) => flamegraph.open(path, { keep: true }),
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
