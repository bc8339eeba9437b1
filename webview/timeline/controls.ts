import type { Period, TimelineChoice, TimelineDocument } from '../../src/protocol/timeline';
import { create } from '../flamegraph/elements';
import { createButton, createDropdown } from '../toolkit';
import { periodText } from './words';

/** What the user can ask for above the chart. */
export interface ControlActions {
  readonly choose: (shown: TimelineChoice) => void;
  readonly show: () => void;
  readonly compare: () => void;
}

/** What of the samples is shown, and what can be done with the selected range. */
export class Controls {
  readonly element: HTMLElement;
  readonly #actions: ControlActions;
  readonly #choices = create('div', 'choices');
  readonly #show: HTMLElement;
  readonly #compare: HTMLElement;
  readonly #notice = create('p', 'notice');
  /** What the lists were made for: they stay, with the focus, as long as it is offered. */
  #offered = '';

  constructor(actions: ControlActions) {
    this.#actions = actions;
    const title = create('h1', '');
    title.textContent = 'Collected samples over time';
    this.#show = createButton('Show', 'primary', actions.show);
    this.#show.title = 'Open what was collected in the selected range as one profile';
    this.#compare = createButton('Compare…', 'secondary', actions.compare);
    const buttons = create('div', 'buttons', this.#show, this.#compare);
    this.#notice.setAttribute('role', 'status');
    this.element = create('header', 'controls', title, this.#choices, buttons, this.#notice);
    this.setSelected(false);
    this.setMarked(undefined);
  }

  /** Offers what can be shown. */
  offer({ lanes, spans, shown }: TimelineDocument): void {
    const offered = JSON.stringify([lanes, spans, shown]);
    if (offered === this.#offered) return;
    this.#offered = offered;
    const laneOptions = lanes.map(({ id, label }) => ({ value: id, label }));
    const spanOptions = spans.map(({ spanMs, label }) => ({ value: String(spanMs), label }));
    this.#choices.replaceChildren(
      createDropdown('Collected from', laneOptions, shown.lane, (lane) => {
        this.#actions.choose({ ...shown, lane });
      }),
      createDropdown('How far back', spanOptions, String(shown.spanMs), (spanMs) => {
        this.#actions.choose({ ...shown, spanMs: Number(spanMs) });
      }),
    );
  }

  /** Allows what needs a selected range. */
  setSelected(isSelected: boolean): void {
    for (const button of [this.#show, this.#compare]) {
      button.toggleAttribute('disabled', !isSelected);
    }
  }

  /** Shows the range that another one is to be compared with. */
  setMarked(period: Period | undefined): void {
    this.#compare.textContent = period ? 'Compare' : 'Compare…';
    this.#compare.title = period
      ? `Compare the selected range with ${periodText(period)}`
      : 'Mark the selected range, to compare it with another one';
    this.#notice.textContent = period
      ? `Select the range to compare with ${periodText(period)}, of the same length, then press Compare. Escape gives it up.`
      : '';
  }
}
