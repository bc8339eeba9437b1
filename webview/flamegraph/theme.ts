/**
 * Lets `prefers-color-scheme` follow VS Code: a webview's media queries know the operating system's
 * scheme only, while VS Code names its own by a class of the body.
 */

const DARK_QUERY = /^\(\s*prefers-color-scheme\s*:\s*dark\s*\)$/;

/** Where speedscope 1.25.0 stores the scheme chosen in its own toolbar, over all its pages. */
const STORED_SCHEME = 'speedscope-color-scheme';

/** The query that follows the theme; what media query lists do beyond this, nobody here asks for. */
class DarkThemeQuery extends EventTarget implements MediaQueryList {
  readonly media = '(prefers-color-scheme: dark)';
  onchange: MediaQueryList['onchange'] = null;
  #matches = isDark();

  constructor() {
    super();
    new MutationObserver(() => {
      this.#update();
    }).observe(document.body, { attributeFilter: ['class'] });
  }

  get matches(): boolean {
    return this.#matches;
  }

  addListener(listener: MediaQueryList['onchange']): void {
    if (listener) this.addEventListener('change', listener as EventListener);
  }

  removeListener(listener: MediaQueryList['onchange']): void {
    if (listener) this.removeEventListener('change', listener as EventListener);
  }

  #update(): void {
    const matches = isDark();
    if (matches === this.#matches) return;
    this.#matches = matches;
    const event = new MediaQueryListEvent('change', { matches, media: this.media });
    this.onchange?.(event);
    this.dispatchEvent(event);
  }
}

/** Answers questions for the dark scheme with VS Code's theme. To be called before they are asked. */
export function followTheme(): void {
  const darkTheme = new DarkThemeQuery();
  const original = window.matchMedia.bind(window);
  window.matchMedia = (query) => (DARK_QUERY.test(query.trim()) ? darkTheme : original(query));
  forgetStoredScheme();
}

/** The scheme chosen in another tab's speedscope holds there, until that tab is closed. */
function forgetStoredScheme(): void {
  try {
    window.localStorage.removeItem(STORED_SCHEME);
  } catch {
    // Without storage there is no stored scheme either.
  }
}

/** Of the two high-contrast themes only the light one has `vscode-high-contrast-light`. */
function isDark(): boolean {
  const { classList } = document.body;
  if (classList.contains('vscode-high-contrast-light')) return false;
  return classList.contains('vscode-dark') || classList.contains('vscode-high-contrast');
}
