import { StatusBarAlignment, window, type Disposable, type TextDocument } from 'vscode';
import { SOURCE_LABELS, type AnnotationSource } from './annotationSource';
import { percentText, shortTitle, staleText, unitText } from './header';
import type { TimingSession } from './timingSession';

const LONGEST_TITLE = 32;

/** The status bar item that tells whose costs stand beside the source and leads to what can be done. */
export class TimingStatus implements Disposable {
  readonly #item = window.createStatusBarItem('hotline.gutter', StatusBarAlignment.Right, 90);

  constructor() {
    this.#item.name = 'Hotline Timings';
  }

  /** Tells of a session and the document that is in front, or of what is to annotate next. */
  show(
    session: TimingSession | undefined,
    document: TextDocument | undefined,
    source: AnnotationSource,
  ): void {
    if (session) this.#tell(session, document, source);
    else if (source === 'opened') this.#item.hide();
    else this.#tellSource(source);
  }

  dispose(): void {
    this.#item.dispose();
  }

  #tellSource(source: AnnotationSource): void {
    const text = `Timings: ${SOURCE_LABELS[source].toLowerCase()}`;
    this.#set('flame', text, [`${text}. Choose which profile annotates the source.`]);
    this.#item.command = 'hotline.chooseAnnotatedProfile';
  }

  #tell(
    session: TimingSession,
    document: TextDocument | undefined,
    source: AnnotationSource,
  ): void {
    const { profile, table } = session;
    const annotated = document && session.documents.known(document);
    const stale = annotated && staleText(session.rowsOf(document), annotated.stale);
    const title = shortTitle(profile.title, LONGEST_TITLE);
    const facts = [
      `Timings of ${profile.title}`,
      `${unitText(table)}, ${percentText(table)}`,
      source === 'latest' ? 'They follow the latest request.' : undefined,
      session.drawn ? undefined : 'They are not shown: the setting hotline.gutter.mode is off.',
      document && !annotated ? 'The profile tells nothing of the file in front.' : undefined,
      stale && `The file in front is ${stale}.`,
    ].filter((fact) => fact !== undefined);
    this.#set(stale ? 'warning' : 'flame', title, facts);
    this.#item.command = 'hotline.showGutterMenu';
  }

  #set(icon: string, text: string, facts: readonly string[]): void {
    this.#item.text = `$(${icon}) ${text}`;
    this.#item.tooltip = facts.join('\n');
    this.#item.accessibilityInformation = { label: facts.join(' ') };
    this.#item.show();
  }
}
