import { create } from '../flamegraph/elements';
import { createButton, createCheckbox, createTextField } from '../toolkit';
import type { CompareState, View } from './compareState';
import type { Side } from './flameTree';

/** What the user can ask for in the controls. */
export interface ControlActions {
  readonly change: (change: Partial<CompareState>) => void;
  readonly zoomOut: () => void;
}

/** Which view stands below, what is looked for in it, and how the flamegraph's widths are made. */
export class Controls {
  readonly element: HTMLElement;
  readonly #filter: HTMLElement;
  readonly #count = create('span', 'count');
  readonly #beyondSpread: HTMLElement;
  readonly #views: Switch<View>;
  readonly #widths: Switch<Side>;
  readonly #zoomOut: HTMLElement;

  constructor(state: CompareState, { change, zoomOut }: ControlActions) {
    this.#views = new Switch<View>('View', { graph: 'Flamegraph', table: 'Table' }, (view) => {
      change({ view });
    });
    this.#widths = new Switch<Side>(
      'Widths of frames',
      { before: 'Widths before', after: 'Widths after' },
      (widths) => {
        change({ widths });
      },
    );
    this.#filter = createTextField('Find functions and files', state.filter, (filter) => {
      change({ filter });
    });
    const regex = createCheckbox('Regex', state.isRegex, (isRegex) => {
      change({ isRegex });
    });
    this.#beyondSpread = createCheckbox('Beyond spread', state.isBeyondSpreadOnly, (isOnly) => {
      change({ isBeyondSpreadOnly: isOnly });
    });
    this.#beyondSpread.title =
      'Only functions whose change exceeds what requests of one side differ by';
    this.#zoomOut = createButton('Show all', 'secondary', zoomOut);
    this.#zoomOut.title = 'Let the whole flamegraph fill the width again (Escape)';
    this.#count.setAttribute('role', 'status');
    this.element = create('div', 'filter-bar', this.#views.element, this.#widths.element);
    this.element.append(this.#filter, regex, this.#beyondSpread, this.#count, this.#zoomOut);
    this.element.setAttribute('role', 'search');
  }

  /** Shows what is chosen, and of what there is a choice. */
  show(
    { view, widths }: CompareState,
    offered: {
      readonly isZoomed: boolean;
      readonly hasGraph: boolean;
      readonly hasSpread: boolean;
    },
  ): void {
    const isGraph = view === 'graph';
    this.#views.show(view);
    this.#views.element.hidden = !offered.hasGraph;
    this.#widths.show(widths);
    this.#widths.element.hidden = !isGraph;
    this.#beyondSpread.hidden = !offered.hasSpread;
    this.#zoomOut.hidden = !isGraph || !offered.isZoomed;
  }

  /** Says how many functions were found, or what is wrong with the filter. */
  setCount(shown: number, all: number, problem: string | undefined): void {
    const functions = all === 1 ? 'function' : 'functions';
    this.#count.textContent =
      problem ?? (shown === all ? `${all} ${functions}` : `${shown} of ${all} ${functions}`);
    this.#count.classList.toggle('problem', problem !== undefined);
  }

  focus(): void {
    this.#filter.focus();
  }
}

/** Buttons of which one is pressed. */
class Switch<Value extends string> {
  readonly element: HTMLElement;
  readonly #buttons: readonly (readonly [value: Value, button: HTMLElement])[];

  constructor(
    label: string,
    values: Readonly<Record<Value, string>>,
    choose: (value: Value) => void,
  ) {
    this.#buttons = (Object.entries(values) as [Value, string][]).map(([value, text]) => [
      value,
      createButton(text, 'secondary', () => {
        choose(value);
      }),
    ]);
    this.element = create('div', 'view-switch', ...this.#buttons.map(([, button]) => button));
    this.element.setAttribute('role', 'group');
    this.element.setAttribute('aria-label', label);
  }

  show(chosen: Value): void {
    for (const [value, button] of this.#buttons) {
      button.setAttribute('aria-pressed', String(value === chosen));
    }
  }
}
