import { createButton, createProgressRing } from '../toolkit';
import { create } from './elements';

/** What the user can ask for while there is no graph. */
export interface MessagePanelActions {
  readonly cancel: () => void;
  readonly retry: () => void;
}

/** Stands in place of the graph: empty at first, then while reading takes long or when it failed. */
export class MessagePanel {
  readonly element = create('main', 'message');
  readonly #actions: MessagePanelActions;

  constructor(actions: MessagePanelActions) {
    this.#actions = actions;
  }

  /** Shows that reading goes on, with a way to stop it. */
  working(message: string): void {
    const cancel = createButton('Cancel', 'secondary', this.#actions.cancel);
    this.#show('status', createProgressRing(), paragraph(message), cancel);
  }

  /** Shows why there is no graph. */
  failed(message: string): void {
    const retry = createButton('Try again', 'secondary', this.#actions.retry);
    this.#show('alert', paragraph(message), retry);
  }

  /** Gives the place to the graph. */
  hide(): void {
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  #show(role: 'status' | 'alert', ...content: readonly Node[]): void {
    this.element.setAttribute('role', role);
    this.element.replaceChildren(...content);
    this.element.hidden = false;
  }
}

function paragraph(text: string): HTMLElement {
  const element = create('p', 'sentence');
  element.textContent = text;
  return element;
}
