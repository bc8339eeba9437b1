/**
 * The flamegraph's page: our toolbar, speedscope or a plot below it, and the conversation with the
 * extension.
 */
import type { ShownFrame, ToFlamegraph } from '../../src/protocol/flamegraph';
import type { ToTable } from '../../src/protocol/table';
import { TableView } from '../table/tableView';
import { registerToolkit } from '../toolkit';
import { Host } from './host';
import { MessagePanel } from './messagePanel';
import { plotTitle, PlotView } from './plot/plotView';
import { Speedscope } from './speedscope';
import { followTheme } from './theme';
import { Toolbar, type View } from './toolbar';

type Load = Extract<ToFlamegraph, { t: 'load' | 'plot' }>;

class FlamegraphPage {
  readonly #host = new Host();
  readonly #speedscope = new Speedscope();
  readonly #toolbar = new Toolbar({
    openSource: (frame) => {
      this.#host.send({ t: 'openSource', frame });
    },
    keepOpen: () => {
      this.#host.send({ t: 'keepOpen' });
    },
    chooseMetric: (metric) => {
      this.#host.send({ t: 'chooseMetric', metric });
    },
    choosePeriod: () => {
      this.#host.send({ t: 'choosePeriod' });
    },
    setView: (view) => {
      this.#showView(view);
    },
    compare: () => {
      this.#host.send({ t: 'compare' });
    },
  });
  readonly #messagePanel = new MessagePanel({
    cancel: () => {
      this.#host.send({ t: 'cancel' });
    },
    retry: () => {
      this.#host.send({ t: 'retry' });
    },
  });
  readonly #plot = new PlotView();
  readonly #table = new TableView(this.#host.table, {
    select: (frame) => {
      this.#report(frame);
    },
    openSource: (frame) => {
      this.#host.send({ t: 'openSource', frame });
    },
    showInFlamegraph: (frame) => {
      void this.#selectFunction(frame);
    },
    copy: (printed) => {
      this.#host.send({ t: 'copyTable', printed });
    },
    changed: (state) => {
      this.#host.keepTable(state);
    },
  });
  /** The load whose functions the table has, or was promised. */
  #tableId: number | undefined;
  /** The load that is to be shown; one that another message overtook is dropped. */
  #wanted: Load | undefined;
  #loading: Promise<void> = Promise.resolve();
  #selected: ShownFrame | undefined;

  start(): void {
    registerToolkit();
    this.#host.reportErrors();
    window.inspectFlamegraph = () => this.#speedscope.inspect();
    document.addEventListener('DOMContentLoaded', () => {
      this.#connect();
    });
  }

  /** speedscope stands: scripts that are deferred ran before. */
  #connect(): void {
    const { element } = this.#speedscope;
    const { element: table } = this.#table;
    const { element: plot } = this.#plot;
    document.body.prepend(this.#toolbar.element, this.#messagePanel.element, plot, table);
    element.setAttribute('role', 'region');
    element.setAttribute('aria-label', 'Flamegraph');
    this.#toolbar.setView(this.#table.state.isShown ? 'table' : 'graph');
    this.#stand('message');
    new MutationObserver(() => {
      this.#reportSelection();
    }).observe(element, { attributes: true, characterData: true, childList: true, subtree: true });
    new ResizeObserver(() => {
      this.#speedscope.resized();
    }).observe(element);
    this.#openOnDoubleClick(element);
    this.#host.listen((message) => {
      this.#receive(message);
    });
    this.#host.send({ t: 'ready' });
  }

  #receive(message: ToFlamegraph | ToTable): void {
    switch (message.t) {
      case 'panel':
        this.#host.keep(message.panel);
        this.#toolbar.setPreview(message.panel.kind === 'preview');
        return;
      case 'load':
      case 'plot':
        this.#wanted = message;
        this.#loading = this.#loading.then(() => this.#load(message));
        return;
      case 'working':
        this.#wanted = undefined;
        this.#stand('message');
        this.#messagePanel.working(message.message);
        return;
      case 'failed':
        this.#fail(message.message);
        return;
      case 'selectFunction':
        void this.#selectFunction(message.frame);
        return;
      case 'showTable':
        this.#showView('table');
        return;
      case 'table':
        if (message.id === this.#tableId) this.#table.show(message.table, message.libraries);
        return;
      case 'calls':
        if (message.id === this.#tableId) this.#table.setCalls(message.calls);
        return;
      case 'libraries':
        if (message.id === this.#tableId) this.#table.setLibraries(message.libraries);
        return;
      case 'tableFailed':
        if (message.id === this.#tableId) this.#table.say(message.message);
        return;
      case 'tableCopied':
        this.#table.copied(message.functions);
        return;
      default:
        assertNever(message);
    }
  }

  async #load(load: Load): Promise<void> {
    if (load !== this.#wanted) return;
    try {
      const { profiles, frames } = await this.#show(load);
      if (load !== this.#wanted) return;
      this.#toolbar.setNote(load.note);
      this.#toolbar.setChoices(load.offered);
      this.#toolbar.setPlotTitle(load.t === 'plot' ? plotTitle(load.plot) : undefined);
      this.#stand(this.#viewOf(load));
      this.#host.send({ t: 'loaded', id: load.id, profiles, frames });
    } catch (error) {
      const message = sentence(error);
      this.#host.send({ t: 'loadFailed', id: load.id, message });
      if (load === this.#wanted) this.#fail(message);
    }
  }

  async #show(load: Load): Promise<{ profiles: number; frames: number }> {
    if (load.t === 'load') return this.#speedscope.load(load.speedscope);
    this.#plot.show(load.plot);
    return { profiles: 0, frames: 0 };
  }

  /** A sentence stands in place of the graph. */
  #fail(message: string): void {
    this.#wanted = undefined;
    this.#stand('message');
    this.#messagePanel.failed(message);
  }

  /** One thing stands below the toolbar; a graph that something else covers takes no input. */
  #stand(what: View | 'plot' | 'message'): void {
    this.#toolbar.element.hidden = what === 'message';
    this.#speedscope.element.inert = what !== 'graph';
    if (what !== 'message') this.#messagePanel.hide();
    if (what !== 'plot') this.#plot.hide();
    this.#table.element.hidden = what !== 'table';
    if (what === 'table') this.#wantTable();
  }

  #viewOf(load: Load): View | 'plot' {
    if (load.t === 'plot') return 'plot';
    return this.#table.state.isShown ? 'table' : 'graph';
  }

  /** Changes to the graph or the table of what is shown, and of what will be. */
  #showView(view: View): void {
    this.#table.setShown(view === 'table');
    this.#toolbar.setView(view);
    if (this.#wanted?.t !== 'load' || this.#toolbar.element.hidden) return;
    this.#stand(view);
    if (view === 'table') this.#table.focus();
    this.#report(view === 'table' ? this.#table.selected : this.#speedscope.selectedFrame());
  }

  /** Asks for the functions of what is shown, once. */
  #wantTable(): void {
    const id = this.#wanted?.id;
    if (id === undefined || id === this.#tableId) return;
    this.#tableId = id;
    this.#host.send({ t: 'tableWanted', id });
  }

  async #selectFunction(frame: ShownFrame): Promise<void> {
    if (this.#wanted?.t === 'plot') {
      this.#toolbar.say(`${frame.name} cannot be shown: this profile is a plot over time.`);
      return;
    }
    this.#showView('graph');
    try {
      await this.#speedscope.selectFunction(frame);
    } catch (error) {
      this.#toolbar.say(sentence(error));
    }
  }

  /**
   * What the first press was on counts: its click selects, which can move something else under the
   * second. A row is selected by then, but the box under the pointer may be another one.
   */
  #openOnDoubleClick(element: HTMLElement): void {
    let pressed: Node | undefined;
    let box: ShownFrame | undefined;
    element.addEventListener('mousedown', ({ detail, target }) => {
      if (detail !== 1 || !(target instanceof Node)) return;
      pressed = target;
      box = this.#speedscope.boxAt(target);
    });
    element.addEventListener('dblclick', () => {
      const frame = box ?? (pressed && this.#speedscope.rowAt(pressed));
      if (frame) this.#openSource(frame);
    });
  }

  #openSource(frame: ShownFrame): void {
    if (frame.file === undefined) this.#toolbar.setFrame(frame);
    else this.#host.send({ t: 'openSource', frame });
  }

  #reportSelection(): void {
    if (!this.#table.state.isShown) this.#report(this.#speedscope.selectedFrame());
  }

  /** Tells what is selected in the view at the front. */
  #report(frame: ShownFrame | undefined): void {
    if (sameFrame(frame, this.#selected)) return;
    this.#selected = frame;
    this.#toolbar.setFrame(frame);
    this.#host.send({ t: 'frameSelected', frame });
  }
}

function sameFrame(one: ShownFrame | undefined, other: ShownFrame | undefined): boolean {
  return one?.name === other?.name && one?.file === other?.file && one?.line === other?.line;
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function assertNever(message: never): never {
  throw new Error(`Nothing is done about ${JSON.stringify(message)}.`);
}

followTheme();
new FlamegraphPage().start();
