/** Messages between the extension and the flamegraph's webview. */
import type { PlotDocument } from '../core/derive/plotDocument';
import type { Metrics, Period } from '../core/model/profile';
import type { ProfileSource } from '../core/profileSource';

export type { PlotCall, PlotDocument, PlotPoint, PlotSeries } from '../core/derive/plotDocument';
export type { Metrics, Unit } from '../core/model/profile';

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

/** What of a file a panel shows; the file's default where nothing was chosen. */
export interface ShownChoice {
  /** Id of one of the metrics that the file offers. */
  readonly metric?: string | undefined;
  readonly period?: Period | undefined;
}

/** What the toolbar offers to choose from. */
export interface ToolbarChoices {
  readonly metrics: Metrics | undefined;
  /** The part of the time that is shown and all that was recorded, in words. */
  readonly period: { readonly shown: string; readonly recorded: string } | undefined;
}

/** What a panel shows, kept by the webview so that it comes back after a reload of the window. */
export interface PanelState {
  readonly path: ProfileSource;
  readonly title: string;
  readonly kind: PanelKind;
  readonly choice?: ShownChoice | undefined;
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
      readonly offered: ToolbarChoices;
    }
  /** A plot over time in place of the graph. */
  | {
      readonly t: 'plot';
      /** Identifies this load in `loaded`. */
      readonly id: number;
      readonly plot: PlotDocument;
      readonly note: string | undefined;
      readonly offered: ToolbarChoices;
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
  /** Shows another of the metrics that the file offers. */
  | { readonly t: 'chooseMetric'; readonly metric: string }
  /** Asks which part of the recorded time is to be shown. */
  | { readonly t: 'choosePeriod' }
  /** Asks with what the profile is to be compared. */
  | { readonly t: 'compare' }
  | { readonly t: 'cancel' }
  | { readonly t: 'retry' }
  /** An error that nobody handled, for the log. */
  | { readonly t: 'error'; readonly message: string };
