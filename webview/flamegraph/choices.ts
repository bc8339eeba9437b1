import type { Metrics, ToolbarChoices } from '../../src/protocol/flamegraph';
import { createButton, createDropdown } from '../toolkit';
import { create } from './elements';

/** What the user can ask for among the choices. */
export interface ChoiceActions {
  readonly chooseMetric: (id: string) => void;
  readonly choosePeriod: () => void;
}

/** What of the file is shown, where it holds more than one graph can show, and ways to change it. */
export class Choices {
  readonly element = create('div', 'choices');
  readonly #actions: ChoiceActions;
  /** What the controls were made for: they stay, with the focus, as long as it is offered. */
  #offered = '';

  constructor(actions: ChoiceActions) {
    this.#actions = actions;
    this.element.hidden = true;
  }

  show({ metrics, period }: ToolbarChoices): void {
    const offered = JSON.stringify([metrics, period]);
    if (offered === this.#offered) return;
    this.#offered = offered;
    const controls = [
      ...(metrics && metrics.all.length > 1 ? [this.#metricDropdown(metrics)] : []),
      ...(period ? [this.#periodButton(period)] : []),
    ];
    this.element.replaceChildren(...controls);
    this.element.hidden = controls.length === 0;
  }

  #metricDropdown({ all, shown }: Metrics): HTMLElement {
    const options = all.map(({ id, label }) => ({ value: id, label }));
    const dropdown = createDropdown('Measured', options, shown, this.#actions.chooseMetric);
    return labelled('Measured', dropdown);
  }

  #periodButton({ shown, recorded }: NonNullable<ToolbarChoices['period']>): HTMLElement {
    const button = createButton(shown, 'secondary', this.#actions.choosePeriod);
    button.title = `Choose the part of the time that is shown. Recorded: ${recorded}`;
    return labelled('Time', button);
  }
}

function labelled(text: string, control: HTMLElement): HTMLElement {
  const label = create('span', 'choice-label');
  label.textContent = text;
  return create('div', 'choice', label, control);
}
