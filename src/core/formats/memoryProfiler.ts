import { wholeText } from './encoding/text';
import type { Format } from './format';
import { MemoryTextParser } from './memoryProfiler/parser';
import { titles } from './memoryProfiler/row';

/** How much of the file detection looks at: the text may follow what the program printed. */
const headLength = 64 * 1024;

/** A file name, a blank line, and the titles of the table. */
const start = new RegExp(`^Filename: .+\\r?\\n\\r?\\n${titles}`, 'm');

/**
 * The line-by-line text of memory_profiler 0.57 to 0.61 and before (`show_results` in its memory_profiler.py):
 * printed by the decorator after every call, at the end by `python -m memory_profiler`, into a file
 * by `-o`. Memory is in MiB; the count of occurrences is there from 0.59 on.
 */
export const memoryProfiler: Format = {
  id: 'memoryProfiler',
  label: 'memory_profiler',
  tools: 'memory_profiler, `python -m memory_profiler`',
  detect(bytes) {
    const head = bytes.toString('latin1', 0, headLength);
    return head.includes('Mem usage') && start.test(head);
  },
  read({ bytes }) {
    return new MemoryTextParser().parse(wholeText(bytes)).profile(memoryProfiler.id);
  },
};
