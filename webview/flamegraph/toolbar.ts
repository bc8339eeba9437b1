import type { ShownFrame, ToolbarChoices } from '../../src/protocol/flamegraph';
import { createButton } from '../toolkit';
import { Choices, type ChoiceActions } from './choices';
import { create } from './elements';

/** What the user can ask for in the toolbar. */
export interface ToolbarActions extends ChoiceActions {
  readonly openSource: (frame: ShownFrame) => void;
  readonly keepOpen: () => void;
  readonly setView: (view: View) => void;
  readonly compare: () => void;
}

/** What of a profile stands below the toolbar. */
export type View = 'graph' | 'table';

const HINT = 'Select a frame to see where it is; double-click one to open its source.';
const NO_SOURCE = 'No source: the profile has no file for it.';

/**
 * Our toolbar above speedscope: the selected frame and what to do with it, what of the file is
 * shown, and the profile's note.
 */
export class Toolbar {
  readonly element: HTMLElement;
  readonly #name = create('span', 'frame-name');
  readonly #folder = create('span', 'frame-folder');
  readonly #place = create('span', 'frame-place');
  readonly #note = create('p', 'note');
  readonly #notice = create('p', 'notice');
  readonly #plotTitle = create('h1', 'plot-title');
  readonly #selection: HTMLElement;
  readonly #choices: Choices;
  readonly #views: Readonly<Record<View, HTMLElement>>;
  readonly #viewSwitch: HTMLElement;
  readonly #openSource: HTMLElement;
  readonly #compare: HTMLElement;
  readonly #keepOpen: HTMLElement;
  #frame: ShownFrame | undefined;

  constructor(actions: ToolbarActions) {
    this.#openSource = createButton('Open source', 'primary', () => {
      if (this.#frame) actions.openSource(this.#frame);
    });
    this.#keepOpen = createButton('Keep open', 'secondary', actions.keepOpen);
    this.#keepOpen.title = 'Keep this flamegraph when the next profile is opened';
    this.#compare = createButton('Compare…', 'secondary', actions.compare);
    this.#compare.title = 'Compare this profile with another one';
    const viewButton = (view: View, label: string): HTMLElement =>
      createButton(label, 'secondary', () => {
        actions.setView(view);
      });
    this.#views = { graph: viewButton('graph', 'Flamegraph'), table: viewButton('table', 'Table') };
    this.#viewSwitch = create('div', 'view-switch', this.#views.graph, this.#views.table);
    this.#viewSwitch.setAttribute('role', 'group');
    this.#viewSwitch.setAttribute('aria-label', 'View');
    const location = create('span', 'frame-location', this.#folder, this.#place);
    this.#selection = create('div', 'selection', this.#name, location);
    this.#selection.setAttribute('role', 'status');
    this.#choices = new Choices(actions);
    const buttons = create('div', 'buttons', this.#viewSwitch, this.#openSource, this.#compare);
    buttons.append(this.#keepOpen);
    this.element = create('header', 'toolbar', this.#selection, this.#plotTitle, buttons);
    this.element.append(this.#choices.element, this.#notice, this.#note);
    this.element.setAttribute('aria-label', 'What is shown');
    this.#notice.setAttribute('role', 'status');
    this.setFrame(undefined);
    this.setPlotTitle(undefined);
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

  /** Names a plot, which has no frames to select, in place of the selected frame; `undefined` for a graph. */
  setPlotTitle(title: string | undefined): void {
    this.#plotTitle.textContent = title ?? '';
    this.#plotTitle.hidden = title === undefined;
    this.#selection.hidden = title !== undefined;
    this.#openSource.hidden = title !== undefined;
    this.#viewSwitch.hidden = title !== undefined;
    this.#compare.hidden = title !== undefined;
  }

  /** Shows which view stands below. */
  setView(shown: View): void {
    for (const [view, button] of Object.entries(this.#views)) {
      button.setAttribute('aria-pressed', String(view === shown));
    }
  }

  /** Shows what of the file is shown, where it can be chosen. */
  setChoices(choices: ToolbarChoices): void {
    this.#choices.show(choices);
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
