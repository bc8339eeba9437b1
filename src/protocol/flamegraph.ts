/** Messages between the extension and the flamegraph's webview. */

/** A frame as speedscope shows it. */
export interface ShownFrame {
  readonly name: string;
  readonly file: string | undefined;
  /** The frame's line in the file that speedscope was given: executing where known, else the definition. */
  readonly line: number | undefined;
}

/**
 * How a panel lives: a `preview` is reused by the next profile, a `kept` one is not, and an
 * `editor` belongs to a file that VS Code opened itself.
 */
export type PanelKind = 'preview' | 'kept' | 'editor';

/** What a panel shows, kept by the webview so that it comes back after a reload of the window. */
export interface PanelState {
  readonly path: string;
  readonly title: string;
  readonly kind: PanelKind;
}

export type ToFlamegraph =
  | { readonly t: 'panel'; readonly panel: PanelState }
  | {
      readonly t: 'load';
      /** Identifies this load in `loaded` and `loadFailed`. */
      readonly id: number;
      /** UTF-8 of a speedscope JSON document. */
      readonly speedscope: Uint8Array;
      /** One line under the toolbar, for example why a call tree is an estimate. */
      readonly note: string | undefined;
    }
  /** Reading takes long; shown with a *Cancel* button in place of the graph. */
  | { readonly t: 'working'; readonly message: string }
  /** A sentence in place of the graph, with a *Try again* button. */
  | { readonly t: 'failed'; readonly message: string }
  /** Shows the function in the sandwich view. */
  | { readonly t: 'selectFunction'; readonly frame: ShownFrame };

export type FromFlamegraph =
  /** The webview listens. Comes again when VS Code builds the webview anew, in another window for example. */
  | { readonly t: 'ready' }
  | {
      readonly t: 'loaded';
      readonly id: number;
      readonly profiles: number;
      readonly frames: number;
    }
  | { readonly t: 'loadFailed'; readonly id: number; readonly message: string }
  | { readonly t: 'frameSelected'; readonly frame: ShownFrame | undefined }
  | { readonly t: 'openSource'; readonly frame: ShownFrame }
  | { readonly t: 'keepOpen' }
  | { readonly t: 'cancel' }
  | { readonly t: 'retry' }
  /** An error that nobody handled, for the log. */
  | { readonly t: 'error'; readonly message: string };
