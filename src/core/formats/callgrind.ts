import type { ShownEvent } from './callgrind/events';
import type { Header } from './callgrind/header';
import { CallgrindParser } from './callgrind/parser';
import { damaged } from './failures';
import type { Format } from './format';

/** How much of the file detection looks at. */
const headLength = 16 * 1024;

const magic = /^# callgrind format/;
const anyOtherHeader =
  /^(#|(version|creator|pid|cmd|part|thread|target|desc|positions|summary|totals):|$)/;

/**
 * Callgrind's text: by valgrind (and cachegrind, its sibling), by django-extensions'
 * `runprofileserver --kcachegrind`, pyprof2calltree, yappi and pprofile.
 */
export const callgrind: Format = {
  id: 'callgrind',
  label: 'callgrind',
  detect(bytes) {
    for (const line of bytes.toString('latin1', 0, headLength).split(/\r?\n/)) {
      if (magic.test(line) || /^events?(\(s\))?:/.test(line)) return true;
      if (!anyOtherHeader.test(line.trim())) return false;
    }
    return false;
  },
  read({ bytes }) {
    const parser = new CallgrindParser(bytes);
    parser.parse();
    const { header, costs } = parser;
    const { shown, dialect } = header;
    if (!shown) throw damaged('callgrind', 'it does not say which events it counts');
    const withLines = dialect.lines === undefined ? undefined : dialect.lines === 'executing';
    const { lost, ...content } = costs.finish(
      shown,
      withLines,
      dialect.cutToTicks ? header.summary : 0,
    );
    return {
      format: callgrind.id,
      ...content,
      request: {},
      warnings: [...hiddenEventsWarning(header, shown), ...lostWarning(lost, content.total)],
    };
  },
};

function hiddenEventsWarning({ hiddenEvents }: Header, { name }: ShownEvent): string[] {
  if (hiddenEvents.length === 0) return [];
  return [`Of the events in this file ${name} is shown, and not ${hiddenEvents.join(', ')}.`];
}

function lostWarning(lost: number, total: number): string[] {
  if (lost === 0) return [];
  const share = Math.round((100 * lost) / total);
  return [
    `The server cut every time in this file to whole milliseconds, which lost ${share} % of the total: profile without --kcachegrind for exact times.`,
  ];
}
