import { readPickle, type PickleGlobal } from './encoding/pickle';
import { damaged } from './failures';
import type { Format } from './format';
import { callGraphOf } from './ystat/callGraph';
import { PickledStats } from './ystat/pickledStats';

/** yappi pickles with protocol 2, on every Python. */
const start = Buffer.from('\x80\x02cyappi\nYFuncStats\n', 'latin1');

/** The classes of yappi that stats of functions are made of. */
const classes = new Set(['YFuncStats', 'YFuncStat', 'YChildFuncStats', 'YChildFuncStat']);

/**
 * What yappi saves by default (`YFuncStats.save(path)`, `type='ystat'`): a pickle of the stats of all
 * functions and of the type of clock (`_save_as_YSTAT` in the yappi.py of 1.4 to 1.7). Times are seconds
 * of the wall or of the CPU, those of all threads together.
 */
export const ystat: Format = {
  id: 'ystat',
  label: 'yappi ystat',
  tools: 'yappi’s `save()`',
  detect(bytes) {
    return bytes.subarray(0, start.length).equals(start);
  },
  read({ bytes }) {
    const pickle = readPickle(bytes, isOfYappi);
    if (!Array.isArray(pickle)) throw damaged(ystat.label, 'it is not a tuple');
    const stats = new PickledStats(bytes.length).functionsOf(pickle[0]);
    return callGraphOf(stats, ystat.id);
  },
};

function isOfYappi({ module, name }: PickleGlobal): boolean {
  return module === 'yappi' && classes.has(name);
}
