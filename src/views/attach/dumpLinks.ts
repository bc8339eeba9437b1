import {
  DocumentLink,
  Range,
  type CancellationToken,
  type DocumentLinkProvider,
  type TextDocument,
} from 'vscode';
import type { DumpLine, FramePlace } from '../../attach/stackDump';
import type { SourceFiles } from '../../platform/sourceFiles';

/** A link to the line of a frame, which is looked for when it is followed. */
class FrameLink extends DocumentLink {
  constructor(
    range: Range,
    readonly place: FramePlace,
  ) {
    super(range);
    this.tooltip = `Open line ${place.line} of ${place.file}`;
  }
}

/** Makes the files of dumped frames links to the sources. */
export class DumpLinks implements DocumentLinkProvider<FrameLink> {
  readonly #linesOf: (document: TextDocument) => readonly DumpLine[];
  readonly #sourceFiles: Pick<SourceFiles, 'locate'>;

  constructor(
    linesOf: (document: TextDocument) => readonly DumpLine[],
    sourceFiles: Pick<SourceFiles, 'locate'>,
  ) {
    this.#linesOf = linesOf;
    this.#sourceFiles = sourceFiles;
  }

  provideDocumentLinks(document: TextDocument): FrameLink[] {
    return this.#linesOf(document).flatMap(({ text, place }, line) =>
      place ? new FrameLink(new Range(line, place.start, line, text.length), place) : [],
    );
  }

  async resolveDocumentLink(link: FrameLink, token: CancellationToken): Promise<FrameLink> {
    const { file, line } = link.place;
    const located = await this.#sourceFiles.locate(file);
    if (located && !token.isCancellationRequested)
      link.target = located.with({ fragment: `L${line}` });
    return link;
  }
}
