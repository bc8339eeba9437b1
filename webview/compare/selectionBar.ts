import type { Delta, FunctionDelta, Unit } from '../../src/protocol/comparison';
import { create } from '../flamegraph/elements';
import { formatPlace } from '../table/format';
import { createButton } from '../toolkit';
import { markOf } from './deltaColumns';
import { formatCalls, formatDelta } from './format';
import { placeOf } from './functionPlace';

const HINT = 'Select a function to see how it changed; double-click one to open its source.';

/** A function that is selected, and its costs: those of a box of the flamegraph, or all together. */
export interface SelectedFunction {
  readonly func: FunctionDelta;
  readonly self: Delta;
  readonly total: Delta;
  /** Whether the costs are those of one box only. */
  readonly isBox: boolean;
}

/** The selected function: its name, where it is, and its costs before and after. */
export class SelectionBar {
  readonly element: HTMLElement;
  readonly #name = create('span', 'frame-name');
  readonly #place = create('span', 'frame-place');
  readonly #costs = create('span', 'frame-costs');
  readonly #openSource: HTMLElement;

  constructor(openSource: () => void) {
    this.#openSource = createButton('Open source', 'primary', openSource);
    const names = create('div', 'selection-names', this.#name, this.#place);
    const text = create('div', 'selection-text', names, this.#costs);
    text.setAttribute('role', 'status');
    this.element = create('div', 'selection-bar', text, this.#openSource);
  }

  /** Shows a function; `undefined` where none is selected. */
  show(selected: SelectedFunction | undefined, unit: Unit): void {
    const { file, line } = selected ? placeOf(selected.func) : {};
    this.#openSource.toggleAttribute('disabled', file === undefined);
    if (!selected) {
      this.#name.textContent = '';
      this.#place.textContent = HINT;
      this.#costs.textContent = '';
      return;
    }
    const { func, self, total, isBox } = selected;
    const mark = markOf(func);
    this.#name.textContent = func.name;
    this.#name.title = func.name;
    const place = formatPlace(file, line ?? 0);
    this.#place.textContent = [place, mark].filter((part) => part !== '').join(' · ');
    this.#place.title = place;
    const costs = [
      `Self ${formatDelta(self, unit)}`,
      `Total ${formatDelta(total, unit)}`,
      ...(isBox ? ['on this path'] : callsText(func)),
    ];
    this.#costs.textContent = costs.join(' · ');
  }
}

function callsText({ calls: { before, after } }: FunctionDelta): string[] {
  if (before === undefined && after === undefined) return [];
  const side = (calls: number | undefined): string => formatCalls(calls) || 'unknown';
  return [`Calls ${side(before)} → ${side(after)}`];
}
