/**
 * The controls of our own webviews, from `@vscode/webview-ui-toolkit` 1.4.0. It is archived
 * upstream: should it have to be replaced, this is the only file that imports it.
 */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

/** Registers the elements that are used; ones that stand in the page already come alive. */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeProgressRing(),
    vsCodeTextField(),
  );
}

/** A button that looks like VS Code's own. */
export function createButton(
  label: string,
  appearance: 'primary' | 'secondary',
  clicked: () => void,
): HTMLElement {
  const button = document.createElement('vscode-button');
  button.setAttribute('appearance', appearance);
  button.textContent = label;
  button.addEventListener('click', clicked);
  return button;
}

/** Most characters that a list makes room for. */
const WIDEST_OPTION = 48;

/** A list that opens below its chosen option, as wide as its widest one. */
export function createDropdown(
  label: string,
  options: readonly { readonly value: string; readonly label: string }[],
  chosen: string,
  changed: (value: string) => void,
): HTMLElement {
  const dropdown = document.createElement('vscode-dropdown');
  dropdown.setAttribute('aria-label', label);
  for (const { value, label: text } of options) {
    const option = document.createElement('vscode-option');
    option.setAttribute('value', value);
    option.toggleAttribute('selected', value === chosen);
    option.textContent = text;
    dropdown.append(option);
  }
  const widest = Math.max(...options.map(({ label: text }) => text.length));
  // Beside the text there are its margins and the arrow.
  dropdown.style.minWidth = `${Math.min(widest, WIDEST_OPTION) + 5}ch`;
  dropdown.addEventListener('change', () => {
    changed((dropdown as HTMLElement & { readonly value: string }).value);
  });
  return dropdown;
}

/** A ring that turns as long as something goes on. */
export function createProgressRing(): HTMLElement {
  return document.createElement('vscode-progress-ring');
}

/** A line to type in; what is typed is told with every key. */
export function createTextField(
  label: string,
  text: string,
  changed: (text: string) => void,
): HTMLElement {
  const field = document.createElement('vscode-text-field');
  field.setAttribute('placeholder', label);
  field.setAttribute('aria-label', label);
  field.setAttribute('value', text);
  field.addEventListener('input', () => {
    changed((field as HTMLElement & { readonly value: string }).value);
  });
  return field;
}

/** A box to tick. */
export function createCheckbox(
  label: string,
  isChecked: boolean,
  changed: (isChecked: boolean) => void,
): HTMLElement {
  const checkbox = document.createElement('vscode-checkbox');
  checkbox.textContent = label;
  checkbox.toggleAttribute('checked', isChecked);
  checkbox.addEventListener('change', () => {
    changed((checkbox as HTMLElement & { readonly checked: boolean }).checked);
  });
  return checkbox;
}
