import type { Format } from './format';
import { holdsTable } from './lineProfilerText/detection';
import { LineProfilerTextParser } from './lineProfilerText/parser';
import { withoutStyles } from './lineProfilerText/styles';
import { wholeText } from './encoding/text';

/** How much of the file detection looks at: kernprof's text follows what the program printed. */
const headLength = 64 * 1024;

/**
 * What line_profiler 2 to 5 prints: `kernprof -lv` and `python -m line_profiler`, with functions
 * skipped, sorted or summed up (`-z`, `-t`, `-m`) and in colours (`-r`); `show_text` in its
 * line_profiler.py. Times are rounded to a tenth of the unit that its first line states.
 */
export const lineProfilerText: Format = {
  id: 'lineProfilerText',
  label: 'line_profiler text',
  tools: '`kernprof -v`, `python -m line_profiler`',
  detect(bytes) {
    const head = bytes.toString('latin1', 0, headLength);
    return head.includes('Timer unit: ') && holdsTable(withoutStyles(head));
  },
  read({ bytes }) {
    return new LineProfilerTextParser().parse(wholeText(bytes)).profile(lineProfilerText.id);
  },
};
