import {
  DocumentLink,
  Range,
  type CancellationToken,
  type DocumentLinkProvider,
  type TextDocument,
} from 'vscode';
import type { ReportLine } from '../../core/derive/lineReport';
import type { SourceFiles } from '../../platform/sourceFiles';

/** A link to a place in the sources, which is looked for when it is followed. */
class PlaceLink extends DocumentLink {
  constructor(
    range: Range,
    readonly place: NonNullable<ReportLine['place']>,
  ) {
    super(range);
    this.tooltip = `Open line ${place.line} of ${place.file}`;
  }
}

/** Makes the line numbers, files and functions of line reports links to the sources. */
export class ReportLinks implements DocumentLinkProvider<PlaceLink> {
  readonly #linesOf: (document: TextDocument) => readonly ReportLine[];
  readonly #sourceFiles: Pick<SourceFiles, 'locate'>;

  constructor(
    linesOf: (document: TextDocument) => readonly ReportLine[],
    sourceFiles: Pick<SourceFiles, 'locate'>,
  ) {
    this.#linesOf = linesOf;
    this.#sourceFiles = sourceFiles;
  }

  provideDocumentLinks(document: TextDocument): PlaceLink[] {
    return this.#linesOf(document).flatMap(({ text, place }, line) => {
      const [start, end] = linkIn(text) ?? [];
      if (!place || start === undefined || end === undefined) return [];
      return [new PlaceLink(new Range(line, start, line, end), place)];
    });
  }

  async resolveDocumentLink(link: PlaceLink, token: CancellationToken): Promise<PlaceLink> {
    const { file, line } = link.place;
    const located = await this.#sourceFiles.locate(file);
    if (located && !token.isCancellationRequested)
      link.target = located.with({ fragment: `L${line}` });
    return link;
  }
}

/** Where the link of a line is: its number, or what stands behind `File:` and `Function:`. */
function linkIn(text: string): [start: number, end: number] | undefined {
  const found = /^(?:File|Function): (?=.)|^\s*(?=\d)/.exec(text);
  if (!found) return undefined;
  const start = found[0].length;
  if (/^F/.test(text)) return [start, text.length];
  return [start, start + (/^\d+/.exec(text.slice(start))?.[0].length ?? 0)];
}
