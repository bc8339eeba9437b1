import type { ShownFrame } from '../../src/protocol/flamegraph';
import { createButton } from '../toolkit';
import { create } from './elements';

/** What the user can ask for in the toolbar. */
export interface ToolbarActions {
  readonly openSource: (frame: ShownFrame) => void;
  readonly keepOpen: () => void;
}

const HINT = 'Select a frame to see where it is; double-click one to open its source.';
const NO_SOURCE = 'No source: the profile has no file for it.';

/** Our toolbar above speedscope: the selected frame and what to do with it, and the profile's note. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly #name = create('span', 'frame-name');
  readonly #folder = create('span', 'frame-folder');
  readonly #place = create('span', 'frame-place');
  readonly #note = create('p', 'note');
  readonly #notice = create('p', 'notice');
  readonly #openSource: HTMLElement;
  readonly #keepOpen: HTMLElement;
  #frame: ShownFrame | undefined;

  constructor(actions: ToolbarActions) {
    this.#openSource = createButton('Open source', 'primary', () => {
      if (this.#frame) actions.openSource(this.#frame);
    });
    this.#keepOpen = createButton('Keep open', 'secondary', actions.keepOpen);
    this.#keepOpen.title = 'Keep this flamegraph when the next profile is opened';
    const location = create('span', 'frame-location', this.#folder, this.#place);
    const selection = create('div', 'selection', this.#name, location);
    selection.setAttribute('role', 'status');
    const buttons = create('div', 'buttons', this.#openSource, this.#keepOpen);
    this.element = create('header', 'toolbar', selection, buttons, this.#notice, this.#note);
    this.element.setAttribute('aria-label', 'Selected frame');
    this.#notice.setAttribute('role', 'status');
    this.setFrame(undefined);
    this.setPreview(false);
    this.setNote(undefined);
  }

  /** Shows the selected frame; `undefined` when there is none. */
  setFrame(frame: ShownFrame | undefined): void {
    this.#frame = frame;
    this.#name.textContent = frame?.name ?? '';
    const [folder, place] = frame ? location(frame) : ['', HINT];
    this.#folder.textContent = folder;
    this.#place.textContent = place;
    this.#place.parentElement?.setAttribute('title', folder + place);
    this.#name.title = frame?.name ?? '';
    this.#openSource.toggleAttribute('disabled', frame?.file === undefined);
    this.say('');
  }

  /** Says why something that was asked for did not happen, until something else is selected. */
  say(sentence: string): void {
    this.#notice.textContent = sentence;
    this.#notice.hidden = sentence === '';
  }

  /** Offers to keep a preview. */
  setPreview(preview: boolean): void {
    this.#keepOpen.hidden = !preview;
  }

  /** Shows a line on how to read the graph. */
  setNote(note: string | undefined): void {
    this.#note.textContent = note ?? '';
    this.#note.hidden = note === undefined;
  }
}

/** Where a frame is, cut where the less telling part ends: the folder is shortened first. */
function location({ file, line }: ShownFrame): [folder: string, place: string] {
  if (file === undefined) return ['', NO_SOURCE];
  const cut = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1;
  const suffix = line === undefined ? '' : `:${line}`;
  return [file.slice(0, cut), file.slice(cut) + suffix];
}
