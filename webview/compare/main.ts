/** The page of a comparison: the verdict, and below it a flamegraph of both sides or a table. */
import type { ComparisonDocument, ShownFrame, ToComparison } from '../../src/protocol/comparison';
import { reportErrors } from '../errors';
import { create } from '../flamegraph/elements';
import { MessagePanel } from '../flamegraph/messagePanel';
import { registerToolkit } from '../toolkit';
import type { CompareState } from './compareState';
import { Controls } from './controls';
import { DeltaTable } from './deltaTable';
import { foundFunctions } from './deltaRows';
import { nodeDelta } from './flameTree';
import { FlameView } from './flameView';
import { findFunction, frameOf } from './functionPlace';
import { Host } from './host';
import { Legend } from './legend';
import { SelectionBar, type SelectedFunction } from './selectionBar';
import { VerdictBar } from './verdictBar';

class ComparisonPage {
  readonly #host = new Host();
  readonly #verdict = new VerdictBar();
  readonly #selection = new SelectionBar(() => {
    this.#openSource(this.#selected);
  });
  readonly #controls = new Controls(this.#host.state, {
    change: (change) => {
      this.#change(change);
    },
    zoomOut: () => {
      this.#flame.zoom(-1);
    },
  });
  readonly #flame = new FlameView({
    select: (node) => {
      this.#select(this.#comparison?.tree?.func[node] ?? -1, node);
    },
    openSource: (node) => {
      this.#openSource(this.#comparison?.tree?.func[node] ?? -1);
    },
    zoomed: () => {
      this.#showControls();
    },
  });
  readonly #legend = new Legend();
  readonly #table = new DeltaTable({
    select: (func) => {
      this.#select(func, -1);
    },
    openSource: (func) => {
      this.#openSource(func);
    },
    sort: (sort) => {
      const isReversed = sort === this.#host.state.sort && !this.#host.state.isReversed;
      this.#change({ sort, isReversed });
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
  readonly #graph = create('div', 'graph', this.#flame.element, this.#legend.element);
  readonly #content = create('main', 'comparison', this.#verdict.element, this.#selection.element);
  #comparison: ComparisonDocument | undefined;
  /** Index of the selected function, -1 for none. */
  #selected = -1;

  start(): void {
    registerToolkit();
    reportErrors((message) => {
      this.#host.send({ t: 'error', message });
    });
    this.#content.append(this.#controls.element, this.#graph, this.#table.element);
    this.#content.hidden = true;
    document.body.append(this.#content, this.#messagePanel.element);
    document.addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f') return;
      event.preventDefault();
      this.#controls.focus();
    });
    this.#host.listen((message) => {
      this.#receive(message);
    });
    this.#host.send({ t: 'ready' });
  }

  #receive(message: ToComparison): void {
    switch (message.t) {
      case 'source':
        this.#host.keepSource(message.source);
        return;
      case 'comparison':
        this.#show(message.comparison);
        this.#host.send({ t: 'shown', id: message.id });
        return;
      case 'working':
        this.#content.hidden = true;
        this.#messagePanel.working(message.message);
        return;
      case 'failed':
        this.#content.hidden = true;
        this.#messagePanel.failed(message.message);
        return;
      case 'selectFunction':
        this.#selectFunction(message.frame);
        return;
    }
  }

  #show(comparison: ComparisonDocument): void {
    this.#comparison = comparison;
    this.#messagePanel.hide();
    this.#content.hidden = false;
    this.#verdict.show(comparison);
    this.#table.setComparison(comparison);
    this.#flame.show(comparison, this.#host.state.widths);
    this.#legend.show(this.#flame.scale, comparison.unit);
    this.#select(-1, -1);
    this.#draw();
  }

  /** Without a tree there is the table only, whatever was chosen. */
  #view(): CompareState['view'] {
    return this.#comparison?.tree ? this.#host.state.view : 'table';
  }

  #change(change: Partial<CompareState>): void {
    const before = this.#host.state;
    this.#host.keepState({ ...before, ...change });
    if (change.widths) this.#flame.setSide(change.widths);
    this.#draw();
    if (change.view === undefined || change.view === before.view) return;
    if (this.#view() === 'table') this.#table.focus();
    else this.#flame.focus();
  }

  /** Draws the view that is chosen, with what the filter leaves or finds. */
  #draw(): void {
    const { functions = [] } = this.#comparison ?? {};
    const { state } = this.#host;
    const isGraph = this.#view() === 'graph';
    this.#graph.hidden = !isGraph;
    this.#table.element.hidden = isGraph;
    this.#showControls();
    const filter = { ...state, isBeyondSpreadOnly: this.#isBeyondSpreadOnly() };
    const found = foundFunctions(functions, this.#table.ordered(state), filter);
    this.#controls.setCount(found.functions.length, functions.length, found.problem);
    const isFiltered = filter.filter !== '' || filter.isBeyondSpreadOnly;
    if (isGraph) this.#flame.mark(isFiltered ? new Set(found.functions) : undefined);
    else this.#table.draw(found.functions, this.#selected, state);
  }

  #showControls(): void {
    this.#controls.show(
      { ...this.#host.state, view: this.#view() },
      {
        isZoomed: this.#flame.zoomed >= 0,
        hasGraph: this.#comparison?.tree !== undefined,
        hasSpread: this.#hasSpread(),
      },
    );
  }

  #hasSpread(): boolean {
    return this.#comparison?.verdict.isBeyondSpread !== undefined;
  }

  #isBeyondSpreadOnly(): boolean {
    return this.#hasSpread() && this.#host.state.isBeyondSpreadOnly;
  }

  /** Tells of a function that is selected, of one box of it where `node` is not -1. */
  #select(index: number, node: number): void {
    const comparison = this.#comparison;
    this.#selected = index;
    const func = comparison?.functions[index];
    const tree = node < 0 ? undefined : comparison?.tree;
    const selected: SelectedFunction | undefined = func && {
      func,
      self: tree ? nodeDelta(tree, 'self', node) : func.self,
      total: tree ? nodeDelta(tree, 'total', node) : func.total,
      isBox: tree !== undefined,
    };
    this.#selection.show(selected, comparison?.unit ?? 'seconds');
  }

  #selectFunction(frame: ShownFrame): void {
    const index = findFunction(this.#comparison?.functions ?? [], frame);
    if (index < 0) return;
    if (this.#comparison?.tree) {
      this.#change({ view: 'graph' });
      if (this.#flame.selectFunction(index)) return;
    }
    this.#change({ view: 'table' });
    this.#table.reveal(index);
    this.#select(index, -1);
  }

  #openSource(index: number): void {
    const func = this.#comparison?.functions[index];
    const frame = func && frameOf(func);
    if (frame?.file !== undefined) this.#host.send({ t: 'openSource', frame });
  }
}

new ComparisonPage().start();
