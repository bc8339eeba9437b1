import type { TreeLimits } from '../../core/derive/callTree';
import type { Comparison } from '../../core/derive/comparison/comparison';
import type { ComparedSource } from '../../core/profileSource';
import type { ReadOptions } from '../../profiles/importer';
import type { FromComparison, ShownFrame, ToComparison } from '../../protocol/comparison';
import { grouped } from '../explorer/rowText';
import { LoadProgress } from '../flamegraph/loadProgress';
import { parseFromComparison } from './messages';

/** The part of the importer that a comparison needs. */
export interface ComparisonImporter {
  compare(source: ComparedSource, limits: TreeLimits, options: ReadOptions): Promise<Comparison>;
}

/** What is around a session: the webview on one side, the rest of the extension on the other. */
export interface ComparisonHost {
  readonly importer: ComparisonImporter;
  limits(): TreeLimits;
  post(message: ToComparison): void;
  /** The comparison stands in the webview. */
  shown(): void;
  openSource(frame: ShownFrame): void;
  logError(message: string, cause?: unknown): void;
}

interface Load {
  readonly id: number;
  readonly reading: AbortController;
}

/** The conversation with the webview of one comparison: compares, and answers its messages. */
export class ComparisonSession {
  readonly #host: ComparisonHost;
  readonly #source: ComparedSource;
  /** Messages for a webview that does not listen yet. */
  #waiting: ToComparison[] | undefined = [];
  #load: Load | undefined;
  #loads = 0;
  #comparison: Comparison | undefined;
  #isShown = false;
  #pendingFunction: ShownFrame | undefined;

  constructor(source: ComparedSource, host: ComparisonHost) {
    this.#source = source;
    this.#host = host;
  }

  /** What was compared, as soon as it stands. */
  get shown(): Comparison | undefined {
    return this.#isShown ? this.#comparison : undefined;
  }

  /** Compares. Ends when the comparison was sent or a sentence stands in its place. */
  async show(): Promise<void> {
    this.#load?.reading.abort();
    const load: Load = { id: ++this.#loads, reading: new AbortController() };
    this.#load = load;
    this.#comparison = undefined;
    this.#isShown = false;
    this.#post({ t: 'source', source: this.#source });
    const progress = new LoadProgress('Comparing…', (message) => {
      if (this.#load === load) this.#post({ t: 'working', message });
    });
    try {
      const comparison = await this.#host.importer.compare(this.#source, this.#host.limits(), {
        signal: load.reading.signal,
        onProgress: ({ done, total }) => {
          progress.tell(`Comparing profiles: ${grouped(done)} of ${grouped(total)}…`);
        },
      });
      if (this.#load === load) this.#send(load.id, comparison);
    } catch (error) {
      if (this.#load === load) this.#fail(error);
    } finally {
      progress.end();
    }
  }

  /** Selects a function, as soon as the comparison stands. */
  selectFunction(frame: ShownFrame): void {
    if (this.#isShown) this.#post({ t: 'selectFunction', frame });
    else this.#pendingFunction = frame;
  }

  /** Takes a message of the webview, whatever it is. */
  receive(value: unknown): void {
    const message = parseFromComparison(value);
    if (message) this.#answer(message);
    else this.#host.logError('The comparison sent a message that is not understood.');
  }

  /** Stops reading. */
  dispose(): void {
    this.#load?.reading.abort();
    this.#load = undefined;
  }

  #answer(message: FromComparison): void {
    switch (message.t) {
      case 'ready':
        this.#listening();
        return;
      case 'shown':
        if (message.id === this.#load?.id) this.#stands();
        return;
      case 'openSource':
        this.#host.openSource(message.frame);
        return;
      case 'cancel':
        this.#cancel();
        return;
      case 'retry':
        void this.show();
        return;
      case 'error':
        this.#host.logError(`In the comparison: ${message.message}`);
        return;
    }
  }

  /** The first time, sends what waits; later, the webview is a new and empty one. */
  #listening(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) for (const message of waiting) this.#host.post(message);
    else if (this.#load && this.#comparison) {
      this.#post({ t: 'source', source: this.#source });
      this.#send(this.#load.id, this.#comparison);
    } else void this.show();
  }

  #stands(): void {
    if (!this.#comparison || this.#isShown) return;
    this.#isShown = true;
    this.#host.shown();
    const frame = this.#pendingFunction;
    this.#pendingFunction = undefined;
    if (frame) this.selectFunction(frame);
  }

  #send(id: number, compared: Comparison): void {
    this.#comparison = compared;
    const { unit, metric, before, after, verdict, functions, tree, notes } = compared;
    const comparison = { unit, metric, before, after, verdict, functions, tree, notes };
    this.#post({ t: 'comparison', id, comparison });
  }

  #cancel(): void {
    if (!this.#load || this.#isShown) return;
    this.#load.reading.abort();
    this.#load = undefined;
    this.#post({ t: 'failed', message: 'Comparing was cancelled.' });
  }

  #fail(error: unknown): void {
    this.#load = undefined;
    const { title } = this.#source;
    this.#host.logError(`${title} cannot be shown`, error);
    const isProfileError = error instanceof Error && error.name === 'ProfileError';
    const reason = isProfileError ? error.message : 'The log of Hotline tells what went wrong.';
    this.#post({ t: 'failed', message: `${title} cannot be compared. ${reason}` });
  }

  #post(message: ToComparison): void {
    if (this.#waiting) this.#waiting.push(message);
    else this.#host.post(message);
  }
}
