import {
  EventEmitter,
  languages,
  window,
  workspace,
  type Disposable,
  type TextDocumentContentProvider,
  type Uri,
} from 'vscode';
import { printedDump, type DumpLine, dumpStacks } from '../../attach/stackDump';
import { DisposableStore } from '../../platform/disposables';
import { UserError } from '../../platform/errors';
import type { SourceFiles } from '../../platform/sourceFiles';
import { localTime } from '../explorer/relativeTime';
import { DumpLinks } from './dumpLinks';
import { DUMP_SCHEME, dumpedProcess, dumpUri, type DumpedProcess } from './dumpUri';
import { processTitle } from './processNames';

/** Read-only documents with the stacks of processes, as they were when they were last looked at. */
export class StackDumps implements Disposable, TextDocumentContentProvider {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<Uri>());
  readonly #dumps = new Map<string, readonly DumpLine[]>();

  /** Fired when a process was looked at anew. */
  readonly onDidChange = this.#changed.event;

  constructor(files: Pick<SourceFiles, 'locate'>) {
    const links = new DumpLinks(({ uri }) => this.#dumps.get(uri.toString()) ?? [], files);
    this.#store.add(workspace.registerTextDocumentContentProvider(DUMP_SCHEME, this));
    this.#store.add(languages.registerDocumentLinkProvider({ scheme: DUMP_SCHEME }, links));
    this.#store.add(
      workspace.onDidCloseTextDocument(({ uri }) => this.#dumps.delete(uri.toString())),
    );
  }

  /** The text of a dump. A tab that VS Code brought back has none: nobody asked to look again. */
  provideTextDocumentContent(uri: Uri): string {
    const lines = this.#dumps.get(uri.toString());
    if (lines) return lines.map(({ text }) => text).join('\n');
    const dumped = dumpedProcess(uri);
    return dumped ? `Refresh to see the stacks of ${processTitle(dumped)}.` : '';
  }

  /**
   * Looks at a process and shows its stacks.
   * @param program py-spy
   * @throws SamplerFailure where it cannot look
   */
  async show(program: string, dumped: DumpedProcess): Promise<void> {
    const threads = await dumpStacks(program, dumped.pid);
    const title = `Stacks of ${processTitle(dumped)} at ${localTime(Date.now())}`;
    const uri = dumpUri(dumped);
    this.#dumps.set(uri.toString(), printedDump(title, threads));
    this.#changed.fire(uri);
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
  }

  /**
   * The process of the document that is active.
   * @param argument what the menu of its tab gives
   * @throws UserError where it is none of these documents
   */
  chosen(argument: unknown): DumpedProcess {
    const given = (argument as Partial<Uri> | undefined)?.scheme === DUMP_SCHEME;
    const uri = given ? (argument as Uri) : window.activeTextEditor?.document.uri;
    const dumped = uri?.scheme === DUMP_SCHEME ? dumpedProcess(uri) : undefined;
    if (!dumped) throw new UserError('Open the dumped stacks of a process first.');
    return dumped;
  }

  dispose(): void {
    this.#store.dispose();
  }
}
