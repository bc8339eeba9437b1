/** Messages between the extension and the flamegraph's webview. */

/** A frame as speedscope shows it. */
export interface ShownFrame {
  readonly name: string;
  readonly file: string | undefined;
  /** The frame's line in the file that speedscope was given: executing where known, else the definition. */
  readonly line: number | undefined;
}

export type ToFlamegraph =
  | {
      readonly t: 'load';
      /** Identifies this load in `loaded` and `loadFailed`. */
      readonly id: number;
      readonly title: string;
      /** UTF-8 of a speedscope JSON document. */
      readonly speedscope: Uint8Array;
      /** One line under the toolbar, for example why a call tree is an estimate. */
      readonly note: string | undefined;
    }
  | { readonly t: 'working'; readonly title: string; readonly message: string }
  | { readonly t: 'failed'; readonly title: string; readonly message: string }
  /** Shows the function in the sandwich view. */
  | { readonly t: 'selectFunction'; readonly frame: ShownFrame }
  | { readonly t: 'pinned'; readonly pinned: boolean };

export type FromFlamegraph =
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
  | { readonly t: 'error'; readonly message: string };
