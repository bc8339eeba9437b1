import { DocumentLink, Range, Uri, type DocumentLinkProvider, type TextDocument } from 'vscode';
import type { ReportLine } from '../../core/derive/lineReport';

/** The command of a link, without the `hotline.` before it. */
export const OPEN_REPORT_LINE = 'openReportLine';

/**
 * Makes the line numbers, files and functions of line reports links to the sources. A link runs a
 * command, as where its line stands may change from one click to the next.
 */
export class ReportLinks implements DocumentLinkProvider {
  readonly #linesOf: (report: Uri) => readonly ReportLine[];

  constructor(linesOf: (report: Uri) => readonly ReportLine[]) {
    this.#linesOf = linesOf;
  }

  provideDocumentLinks({ uri }: TextDocument): DocumentLink[] {
    return this.#linesOf(uri).flatMap(({ text, place }, line) => {
      const [start, end] = linkIn(text) ?? [];
      if (!place || start === undefined || end === undefined) return [];
      const link = new DocumentLink(new Range(line, start, line, end), commandUri(uri, line));
      link.tooltip = `Open line ${place.line} of ${place.file}`;
      return [link];
    });
  }
}

/** Names the line of the report and no file, so that a link that something else made up opens none. */
function commandUri(report: Uri, line: number): Uri {
  const query = JSON.stringify([report.toString(), line]);
  return Uri.from({ scheme: 'command', path: `hotline.${OPEN_REPORT_LINE}`, query });
}

/** Where the link of a line is: its number, or what stands behind `File:` and `Function:`. */
function linkIn(text: string): [start: number, end: number] | undefined {
  const found = /^(?:File|Function): (?=.)|^\s*(?=\d)/.exec(text);
  if (!found) return undefined;
  const start = found[0].length;
  if (/^F/.test(text)) return [start, text.length];
  return [start, start + (/^\d+/.exec(text.slice(start))?.[0].length ?? 0)];
}
