/**
 * The controls of our own webviews, from `@vscode/webview-ui-toolkit` 1.4.0. It is archived
 * upstream: should it have to be replaced, this is the only file that imports it.
 */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeProgressRing,
} from '@vscode/webview-ui-toolkit';

/** Registers the elements that are used; ones that stand in the page already come alive. */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeProgressRing());
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

/** A ring that turns as long as something goes on. */
export function createProgressRing(): HTMLElement {
  return document.createElement('vscode-progress-ring');
}
