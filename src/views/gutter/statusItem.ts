import { StatusBarAlignment, window, type Disposable, type TextDocument } from 'vscode';
import { percentText, shortTitle, unitText } from './header';
import type { TimingSession } from './timingSession';

const LONGEST_TITLE = 32;

/** The status bar item that tells whose costs stand beside the source and leads to what can be done. */
export class TimingStatus implements Disposable {
  readonly #item = window.createStatusBarItem('hotline.gutter', StatusBarAlignment.Right, 90);

  constructor() {
    this.#item.name = 'Hotline Timings';
    this.#item.command = 'hotline.showGutterMenu';
  }

  /** Tells of a session and the document that is in front; nothing where there is no session. */
  show(session: TimingSession | undefined, document: TextDocument | undefined): void {
    if (!session) {
      this.#item.hide();
      return;
    }
    const { profile, table } = session;
    const annotated = document && session.documents.known(document);
    const stale = annotated?.stale ?? false;
    const title = shortTitle(profile.title, LONGEST_TITLE);
    this.#item.text = `$(${stale ? 'warning' : 'flame'}) ${title}`;
    const facts = [
      `Timings of ${profile.title}`,
      `${unitText(table)}, ${percentText(table)}`,
      session.drawn ? undefined : 'They are not shown: the setting hotline.gutter.mode is off.',
      document && !annotated ? 'The profile tells nothing of the file in front.' : undefined,
      stale ? 'Stale: the file in front changed after the profile was taken.' : undefined,
    ].filter((fact) => fact !== undefined);
    this.#item.tooltip = facts.join('\n');
    this.#item.accessibilityInformation = { label: facts.join(' ') };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
