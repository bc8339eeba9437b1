import { create } from '../flamegraph/elements';
import { createButton, createCheckbox, createDropdown, createTextField } from '../toolkit';
import type { Grouping } from './groups';
import type { TableState } from './tableState';

/** What the user can ask for above the table. */
export interface FilterBarActions {
  readonly change: (change: Partial<TableState>) => void;
  readonly copy: () => void;
}

const GROUPINGS: readonly { readonly value: Grouping; readonly label: string }[] = [
  { value: 'none', label: 'No groups' },
  { value: 'file', label: 'By file' },
  { value: 'module', label: 'By top-level module' },
];

/** The controls above the table: filter, groups, copy, and how many functions are shown. */
export class FilterBar {
  readonly element = create('div', 'filter-bar');
  readonly #count = create('span', 'count');
  readonly #filter: HTMLElement;

  constructor(state: TableState, { change, copy }: FilterBarActions) {
    this.#filter = createTextField('Filter functions and files', state.filter, (filter) => {
      change({ filter });
    });
    const regex = createCheckbox('Regex', state.isRegex, (isRegex) => {
      change({ isRegex });
    });
    regex.title = 'Take the filter for a regular expression, as print_stats() does';
    const own = createCheckbox('Hide libraries', state.hideLibraries, (hideLibraries) => {
      change({ hideLibraries });
    });
    own.title = 'Hide built-ins and files outside the workspace';
    const groups = createDropdown('Group by', GROUPINGS, state.grouping, (value) => {
      const chosen = GROUPINGS.find((grouping) => grouping.value === value);
      if (chosen) change({ grouping: chosen.value });
    });
    const copyButton = createButton('Copy as text', 'secondary', copy);
    copyButton.title = 'Copy what is shown as pstats prints it';
    this.#count.setAttribute('role', 'status');
    this.element.append(this.#filter, regex, own, groups, this.#count, copyButton);
    this.element.setAttribute('role', 'search');
  }

  /** Says how many functions are shown, or what is wrong with the filter. */
  setCount(shown: number, all: number, problem: string | undefined): void {
    const functions = all === 1 ? 'function' : 'functions';
    this.#count.textContent =
      problem ?? (shown === all ? `${all} ${functions}` : `${shown} of ${all} ${functions}`);
    this.#count.classList.toggle('problem', problem !== undefined);
  }

  /** Says that something was done. */
  say(sentence: string): void {
    this.#count.textContent = sentence;
    this.#count.classList.remove('problem');
  }

  focus(): void {
    this.#filter.focus();
  }
}
