import { basename } from 'node:path';
import { ProgressLocation, window, type TextEditor } from 'vscode';
import type { DisposableStore } from '../../platform/disposables';
import { registerCommands } from '../../platform/commands';
import { UserError } from '../../platform/errors';
import type { FunctionAnswer, FunctionIndexes } from '../../profiles/functionIndexes';
import type { SourceFiles } from '../../platform/sourceFiles';
import type { ProfileEntry } from '../../profiles/profileEntry';
import type { FoundCost, FoundProfiles } from '../explorer/foundProfiles';
import { functionCost, lineCost } from './costOfHits';
import { enclosingFunction, isMeantBy, type EnclosingFunction } from './enclosingFunction';

/** What a search needs of the rest of the extension. */
export interface FindRequestsOptions {
  readonly indexes: Pick<FunctionIndexes, 'search' | 'complete'>;
  readonly sourceFiles: Pick<SourceFiles, 'means'>;
  /** Shows what was found, and nothing else. */
  show(found: FoundProfiles): Promise<void>;
}

/** *Find requests that spent time in this function*, or line, in the context menu of Python editors. */
export function registerFindRequests(options: FindRequestsOptions): DisposableStore {
  return registerCommands({
    findRequests: () => findRequests(pythonEditor(), 'function', options),
    findRequestsOfLine: () => findRequests(pythonEditor(), 'line', options),
  });
}

function pythonEditor(): TextEditor {
  const editor = window.activeTextEditor;
  if (!editor) throw new UserError('Put the cursor in a function of a Python file first.');
  return editor;
}

async function findRequests(
  editor: TextEditor,
  sought: 'function' | 'line',
  options: FindRequestsOptions,
): Promise<void> {
  const { document, selection } = editor;
  const cursor = selection.active.line + 1;
  const func = enclosingFunction(document.getText(), cursor);
  const fileName = basename(document.uri.fsPath);
  const isLine = sought === 'line';
  const what = isLine ? `line ${cursor} of ${fileName}` : `${func.qualifiedName} in ${fileName}`;
  const line = isLine ? { line: cursor, offset: cursor - func.firstLine } : undefined;
  const search = async (): Promise<FunctionAnswer & FoundProfiles> => {
    const answer = await options.indexes.search({ fileName, name: func.name, line });
    return { ...answer, what, costs: await costsOf(answer, func, isLine, editor, options) };
  };
  const found = await search();
  if (found.costs.size > 0) await options.show(found);
  const isComplete = found.missing.length === 0;
  const all = isComplete || !(await complete(found.missing, options)) ? found : await search();
  if (all.costs.size === 0) {
    throw new UserError(`No profile that was read has time in ${what}.`);
  }
  if (all !== found) await options.show(all);
}

/** Indexes what is not indexed yet, so far as the user has the patience; returns whether anything was. */
async function complete(
  missing: readonly ProfileEntry[],
  { indexes }: FindRequestsOptions,
): Promise<boolean> {
  const title = `Looking into ${missing.length} profiles that were not searched before`;
  let done = 0;
  await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const calledOff = new AbortController();
      token.onCancellationRequested(() => {
        calledOff.abort();
      });
      await indexes.complete(missing, {
        signal: calledOff.signal,
        onProgress: () => {
          done++;
          progress.report({ increment: 100 / missing.length });
        },
      });
    },
  );
  return done > 0;
}

/** What the function of this very file, or its line, cost; by the path of the profile. */
async function costsOf(
  { hits }: FunctionAnswer,
  func: EnclosingFunction,
  isLine: boolean,
  { document }: TextEditor,
  { sourceFiles }: FindRequestsOptions,
): Promise<Map<string, FoundCost>> {
  const files = new Map<string, boolean>();
  for (const { func: hit } of [...hits.values()].flat()) {
    if (!files.has(hit.file)) files.set(hit.file, await sourceFiles.means(hit.file, document.uri));
  }
  const costs = new Map<string, FoundCost>();
  for (const [path, found] of hits) {
    const meant = found.filter((hit) => files.get(hit.func.file) && isMeantBy(func, hit.func));
    const cost = isLine ? lineCost(meant) : functionCost(meant);
    if (cost) costs.set(path, cost);
  }
  return costs;
}
