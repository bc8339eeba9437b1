import {
  window,
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  type Disposable,
  type Uri,
  type WebviewPanel,
} from 'vscode';
import { UserError } from '../../platform/errors';

const VIEW_TYPE = 'hotline.profile';

type ShowProfile = (webviewPanel: WebviewPanel, path: string) => void;

/** Shows a profile that was opened as a file, from the file explorer for example. */
export class ProfileEditor implements CustomReadonlyEditorProvider {
  readonly #show: ShowProfile;

  private constructor(show: ShowProfile) {
    this.#show = show;
  }

  static register(show: ShowProfile): Disposable {
    return window.registerCustomEditorProvider(VIEW_TYPE, new ProfileEditor(show), {
      webviewOptions: { retainContextWhenHidden: true },
      supportsMultipleEditorsPerDocument: true,
    });
  }

  openCustomDocument(uri: Uri): CustomDocument {
    if (uri.scheme !== 'file')
      throw new UserError(
        `${uri.path} is not a file on this machine, so it cannot be shown as a flamegraph.`,
      );
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor(document: CustomDocument, webviewPanel: WebviewPanel): void {
    this.#show(webviewPanel, document.uri.fsPath);
  }
}
