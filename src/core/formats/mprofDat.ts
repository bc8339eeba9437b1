import { wholeText } from './encoding/text';
import type { Format } from './format';
import { MprofParser } from './mprofDat/parser';
import { isRecord } from './mprofDat/records';

/** How much of the file detection looks at. */
const headLength = 8 * 1024;

/**
 * What `mprof run` of memory_profiler 0.61 and before writes: the memory of a process and its children
 * every tenth of a second, and the calls of functions that are marked with `@profile`
 * (`memory_usage` and `TimeStamper` in its memory_profiler.py).
 */
export const mprofDat: Format = {
  id: 'mprofDat',
  label: 'mprof',
  tools: '`mprof run`',
  detect(bytes) {
    const lines = bytes.toString('latin1', 0, headLength).split(/\r?\n/);
    // The last one is empty, or cut off.
    const whole = lines.slice(0, -1);
    return whole.every(isRecord) && whole.some((line) => !line.startsWith('CMDLINE '));
  },
  read({ bytes }) {
    return new MprofParser().parse(wholeText(bytes)).profile(mprofDat.id);
  },
};
