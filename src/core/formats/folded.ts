import type { Format } from './format';
import { isAustinText } from './austin/detection';
import { wholeText } from './encoding/text';
import { kindOf } from './folded/detection';
import { readFlameChart } from './folded/flameChart';
import { readStacks } from './folded/stacks';
import { readStacksampler } from './folded/stacksampler';

/**
 * Folded stacks, `frame;frame;frame count` from the root, as Brendan Gregg's FlameGraph scripts
 * defined them (https://github.com/brendangregg/FlameGraph#2-fold-stacks) and as these write them:
 * py-spy 0.3 to 0.4 (`record --format raw`), pyflame 1.6 (with `--flamechart` too), plop
 * (`--format flamegraph`), Python 3.15's `profiling.sampling --collapsed`, nylas' stacksampler.
 */
export const folded: Format = {
  id: 'folded',
  label: 'Folded stacks',
  tools:
    'flamegraph.pl’s stackcollapse scripts, `py-spy record --format raw`, pyflame, plop, Python 3.15’s `profiling.sampling --collapsed`, nylas’ stacksampler',
  detect: (bytes) => !isAustinText(bytes) && kindOf(bytes) !== undefined,
  read({ bytes, choice }) {
    const text = wholeText(bytes);
    const kind = kindOf(bytes);
    if (kind === 'stacksampler') return readStacksampler(text);
    return kind === 'flameChart' ? readFlameChart(text) : readStacks(text, choice);
  },
};
