import { CallgrindParser } from './callgrind/parser';
import { damaged } from './failures';
import type { Format } from './format';

/** How much of the file detection looks at. */
const headLength = 16 * 1024;

const magic = /^# callgrind format/;
const events = /^event(s|\(s\))?:[ \t]*[A-Za-z]/;
const anyOtherHeader =
  /^(#|(version|creator|pid|cmd|part|thread|target|desc|positions|summary|totals):|==== NEW PROF|$)/;

/**
 * Callgrind's text: by valgrind (and cachegrind, its sibling), by django-extensions'
 * `runprofileserver --kcachegrind`, pyprof2calltree, yappi, pprofile, and by Xdebug for PHP.
 */
export const callgrind: Format = {
  id: 'callgrind',
  label: 'callgrind',
  tools:
    'valgrind (callgrind, cachegrind), pprofile, yappi, pyprof2calltree, xdebug, `runprofileserver --kcachegrind`',
  detect(bytes) {
    for (const line of bytes.toString('latin1', 0, headLength).split(/\r?\n/)) {
      if (magic.test(line) || events.test(line)) return true;
      if (!anyOtherHeader.test(line.trim())) return false;
    }
    return false;
  },
  read({ bytes, choice }) {
    const { header, costs } = parsed(bytes, choice?.metric);
    const { shown, dialect } = header;
    if (!shown) throw damaged('callgrind', 'it does not say which events it counts');
    const summary = dialect.cutToTicks ? header.summary : 0;
    const { lost, ...content } = costs.finish(shown, dialect.lines, summary);
    return {
      format: callgrind.id,
      ...content,
      metrics: header.metrics,
      request: {},
      warnings: lostWarning(lost, content.total),
    };
  },
};

function parsed(bytes: Buffer, wanted: string | undefined): CallgrindParser {
  const parser = new CallgrindParser(bytes, wanted);
  parser.parse();
  return parser;
}

function lostWarning(lost: number, total: number): string[] {
  if (lost === 0) return [];
  const share = Math.round((100 * lost) / total);
  return [
    `The server cut every time in this file to whole milliseconds, which lost ${share} % of the total: profile without --kcachegrind for exact times.`,
  ];
}
