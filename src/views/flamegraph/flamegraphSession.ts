import type { TreeLimits } from '../../core/derive/callTree';
import type { OfferedChoices } from '../../core/model/profile';
import { isSameSource, sourceName, type ProfileSource } from '../../core/profileSource';
import type { ReadOptions } from '../../profiles/importer';
import type { FlamegraphDocument } from '../../profiles/importerApi';
import type {
  FromFlamegraph,
  PanelState,
  ShownChoice,
  ShownFrame,
  ToFlamegraph,
  ToolbarChoices,
} from '../../protocol/flamegraph';
import { grouped } from '../explorer/rowText';
import { LoadProgress } from './loadProgress';
import { parseFromFlamegraph } from './messages';
import { formatPeriod } from './periodChoices';

/** The part of the importer that the flamegraph needs. */
export interface FlamegraphImporter {
  flamegraph(
    source: ProfileSource,
    title: string,
    limits: TreeLimits,
    options: ReadOptions & { readonly signal: AbortSignal },
  ): Promise<FlamegraphDocument>;
}

/** What is around a session: the webview on one side, the rest of the extension on the other. */
export interface SessionHost {
  readonly importer: FlamegraphImporter;
  limits(): TreeLimits;
  post(message: ToFlamegraph): void;
  /** The graph, or plot, of what the panel shows stands. */
  shown(panel: PanelState): void;
  openSource(frame: ShownFrame): void;
  keepOpen(): void;
  /** The user wants to choose a part of the recorded time. */
  choosePeriod(): void;
  /** The user wants to compare the profile with another one. */
  compare(): void;
  logError(message: string, cause?: unknown): void;
}

interface Load {
  readonly id: number;
  readonly reading: AbortController;
  /** Whether the graph stands in the webview. */
  shown: boolean;
}

/**
 * The conversation with one flamegraph webview: reads what it is to show, one profile at a time,
 * and answers its messages. The last profile asked for wins.
 */
export class FlamegraphSession {
  readonly #host: SessionHost;
  /** Messages for a webview that does not listen yet. */
  #waiting: ToFlamegraph[] | undefined = [];
  #panel: PanelState;
  #load: Load | undefined;
  #loads = 0;
  #pendingFunction: ShownFrame | undefined;
  #selectedFrame: ShownFrame | undefined;
  #offered: OfferedChoices | undefined;

  constructor(panel: PanelState, host: SessionHost) {
    this.#panel = panel;
    this.#host = host;
  }

  get panel(): PanelState {
    return this.#panel;
  }

  /** How far the panel's profile has come; `failed` also when its reading was cancelled. */
  get progress(): 'reading' | 'shown' | 'failed' {
    if (!this.#load) return 'failed';
    return this.#load.shown ? 'shown' : 'reading';
  }

  /** The frame that is selected in speedscope. */
  get selectedFrame(): ShownFrame | undefined {
    return this.#selectedFrame;
  }

  /** What of the panel's file can be chosen to be shown; `undefined` until it was read. */
  get offered(): OfferedChoices | undefined {
    return this.#offered;
  }

  /** Changes what the panel is, without reading anything. */
  setPanel(panel: PanelState): void {
    this.#panel = panel;
    this.#post({ t: 'panel', panel });
  }

  /**
   * Reads a profile and shows it, by default the panel's own anew. Ends when the document was sent
   * or a sentence stands in its place.
   */
  async show(panel: PanelState = this.#panel): Promise<void> {
    this.#load?.reading.abort();
    const load: Load = { id: ++this.#loads, reading: new AbortController(), shown: false };
    this.#load = load;
    this.#selectedFrame = undefined;
    if (!isSameSource(panel.path, this.#panel.path)) {
      this.#pendingFunction = undefined;
      this.#offered = undefined;
    }
    this.setPanel(panel);
    const { path } = panel;
    const progress = new LoadProgress(`Reading ${sourceName(path)}…`, (message) => {
      if (this.#load === load) this.#post({ t: 'working', message });
    });
    try {
      const document = await this.#read(panel, load.reading.signal, progress);
      if (this.#load === load) this.#send(load.id, document);
    } catch (error) {
      if (this.#load === load) this.#fail(path, error);
    } finally {
      progress.end();
    }
  }

  /** Shows something else of the same file; what is not in the choice stays as it is. */
  async choose(choice: ShownChoice): Promise<void> {
    await this.show({ ...this.#panel, choice: { ...this.#panel.choice, ...choice } });
  }

  /** Selects the function in the sandwich view, as soon as the graph stands. */
  selectFunction(frame: ShownFrame): void {
    if (this.#load?.shown) this.#post({ t: 'selectFunction', frame });
    else this.#pendingFunction = frame;
  }

  /** Takes a message of the webview, whatever it is. */
  receive(value: unknown): void {
    const message = parseFromFlamegraph(value);
    if (message) this.#answer(message);
    else this.#host.logError('The flamegraph sent a message that is not understood.');
  }

  /** Stops reading. */
  dispose(): void {
    this.#load?.reading.abort();
    this.#load = undefined;
  }

  #answer(message: FromFlamegraph): void {
    switch (message.t) {
      case 'ready':
        this.#listening();
        return;
      case 'loaded':
        if (message.id === this.#load?.id) this.#stands(this.#load);
        return;
      case 'loadFailed':
        if (message.id === this.#load?.id) this.#load = undefined;
        this.#host.logError(`${sourceName(this.#panel.path)}: ${message.message}`);
        return;
      case 'frameSelected':
        this.#selectedFrame = message.frame;
        return;
      case 'openSource':
        this.#host.openSource(message.frame);
        return;
      case 'keepOpen':
        this.#host.keepOpen();
        return;
      case 'chooseMetric':
        void this.choose({ metric: message.metric });
        return;
      case 'choosePeriod':
        this.#host.choosePeriod();
        return;
      case 'compare':
        this.#host.compare();
        return;
      case 'cancel':
        this.#cancel();
        return;
      case 'retry':
        void this.show();
        return;
      case 'error':
        this.#host.logError(`In the flamegraph: ${message.message}`);
        return;
      default:
        assertNever(message);
    }
  }

  /** The first time, sends what waits; later, the webview is a new and empty one. */
  #listening(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) for (const message of waiting) this.#host.post(message);
    else void this.show();
  }

  #stands(load: Load): void {
    load.shown = true;
    this.#host.shown(this.#panel);
    const frame = this.#pendingFunction;
    this.#pendingFunction = undefined;
    if (frame) this.selectFunction(frame);
  }

  #cancel(): void {
    if (!this.#load || this.#load.shown) return;
    this.#load.reading.abort();
    this.#load = undefined;
    this.#post({ t: 'failed', message: `Reading ${sourceName(this.#panel.path)} was cancelled.` });
  }

  #fail(source: ProfileSource, error: unknown): void {
    this.#load = undefined;
    const where = typeof source === 'string' ? source : source.title;
    this.#host.logError(`${where} cannot be shown`, error);
    this.#post({ t: 'failed', message: failureSentence(source, error) });
  }

  #read(
    { path, title, choice }: PanelState,
    signal: AbortSignal,
    progress: LoadProgress,
  ): Promise<FlamegraphDocument> {
    return this.#host.importer.flamegraph(path, title, this.#host.limits(), {
      signal,
      choice,
      onProgress: ({ done, total }) => {
        progress.tell(`Merging profiles: ${grouped(done)} of ${grouped(total)}…`);
      },
    });
  }

  #send(id: number, document: FlamegraphDocument): void {
    const { note } = document;
    this.#offered = document.offered;
    const offered = toolbarChoices(document.offered);
    this.#post(
      document.kind === 'plot'
        ? { t: 'plot', id, plot: document.plot, note, offered }
        : { t: 'load', id, speedscope: document.speedscope, note, offered },
    );
  }

  #post(message: ToFlamegraph): void {
    if (this.#waiting) this.#waiting.push(message);
    else this.#host.post(message);
  }
}

function toolbarChoices({ metrics, period }: OfferedChoices): ToolbarChoices {
  return {
    metrics,
    period: period && {
      shown: formatPeriod(period.shown),
      recorded: formatPeriod(period.recorded),
    },
  };
}

/** Why a profile is not shown, for a person. */
function failureSentence(source: ProfileSource, error: unknown): string {
  const name = sourceName(source);
  if (error instanceof Error && error.name === 'ProfileError')
    return `${name} cannot be shown. ${error.message}`;
  return `${name} cannot be shown. The log of Hotline tells what went wrong.`;
}

function assertNever(message: never): never {
  throw new Error(`No answer to ${JSON.stringify(message)}.`);
}
