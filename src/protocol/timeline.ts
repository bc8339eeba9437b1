/** Messages between the extension and the timeline of collected samples. */
import type { Period } from '../core/model/profile';

export type { Period } from '../core/model/profile';

/** Something of which samples were collected, that can be shown alone. */
export interface TimelineLane {
  /** Empty for all together. */
  readonly id: string;
  readonly label: string;
}

/** What of the collected samples a timeline shows. */
export interface TimelineChoice {
  /** Id of a lane. */
  readonly lane: string;
  /** How far back from now; milliseconds. */
  readonly spanMs: number;
}

/** How many samples were collected, in steps of equal length. */
export interface TimelineDocument {
  /** Start of the first step, in milliseconds since the epoch. */
  readonly fromMs: number;
  /** Length of a step; milliseconds. */
  readonly stepMs: number;
  /** Samples of each step. */
  readonly samples: readonly number[];
  /** What can be shown alone; all together come first. */
  readonly lanes: readonly TimelineLane[];
  /** How far back can be looked. */
  readonly spans: readonly { readonly spanMs: number; readonly label: string }[];
  readonly shown: TimelineChoice;
}

/** What a timeline keeps over a reload of the window. */
export interface TimelineState {
  readonly shown: TimelineChoice;
}

export type ToTimeline =
  | { readonly t: 'timeline'; readonly timeline: TimelineDocument }
  /** A sentence in place of the timeline. */
  | { readonly t: 'failed'; readonly message: string };

export type FromTimeline =
  /** The webview listens. Comes again when VS Code builds the webview anew. */
  | { readonly t: 'ready' }
  /** Shows other samples. */
  | { readonly t: 'choose'; readonly shown: TimelineChoice }
  /** Opens what was collected in a part of the time; its end does not belong to it. */
  | { readonly t: 'show'; readonly period: Period }
  /** Compares two parts of the time, whichever of them is the earlier. */
  | { readonly t: 'compare'; readonly periods: readonly [Period, Period] }
  /** An error that nobody handled, for the log. */
  | { readonly t: 'error'; readonly message: string };
