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
  /** The sentence that tells of the work, while there is some. */
  #working: HTMLElement | undefined;

  constructor(actions: MessagePanelActions) {
    this.#actions = actions;
  }

  /** Shows that reading goes on, with a way to stop it, which stays in place while the news change. */
  working(message: string): void {
    if (this.#working) {
      this.#working.textContent = message;
      return;
    }
    const cancel = createButton('Cancel', 'secondary', this.#actions.cancel);
    const sentence = paragraph(message);
    this.#show('status', createProgressRing(), sentence, cancel);
    this.#working = sentence;
  }

  /** Shows why there is no graph. */
  failed(message: string): void {
    const retry = createButton('Try again', 'secondary', this.#actions.retry);
    this.#show('alert', paragraph(message), retry);
  }

  /** Gives the place to the graph. */
  hide(): void {
    this.#working = undefined;
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  #show(role: 'status' | 'alert', ...content: readonly Node[]): void {
    this.#working = undefined;
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
