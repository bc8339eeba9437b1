import { StacksBuilder } from '../model/stacksBuilder';
import { parseJsonText } from './encoding/json';
import { startsWithText, wholeText } from './encoding/text';
import { truncated } from './failures';
import type { Format } from './format';
import { FlamegraphReader } from './tachyon/flamegraph';

const dataStart = 'const EMBEDDED_DATA = ';

/**
 * The page that Python 3.15's sampler writes with `--flamegraph`
 * (`Lib/profiling/sampling/stack_collector.py` of 3.15.0rc1): the stacks of all threads together.
 */
export const tachyonFlamegraph: Format = {
  id: 'tachyonFlamegraph',
  label: 'Tachyon flame graph',
  tools: 'Python 3.15’s `profiling.sampling --flamegraph`',
  detect(bytes) {
    return startsWithText(bytes, '<!doctype html>') && bytes.includes(dataStart);
  },
  read({ bytes }) {
    const builder = new StacksBuilder();
    const reader = new FlamegraphReader(dataOf(wholeText(bytes)), builder);
    reader.readAll();
    return {
      format: tachyonFlamegraph.id,
      ...builder.finish(reader.weight.unit),
      lines: [],
      request: {},
      warnings: leftOutWarning(reader.leftOut),
    };
  },
};

/** The data of the page, which stand on one line. */
function dataOf(page: string): unknown {
  const start = page.indexOf(dataStart) + dataStart.length;
  const end = page.indexOf('\n', start);
  if (end < 0) throw truncated();
  return parseJsonText(page.slice(start, end).trimEnd().replace(/;$/, ''), 'Tachyon');
}

function leftOutWarning(samples: number): string[] {
  if (samples === 0) return [];
  return [
    `Tachyon leaves rare stacks out of its pages: ${samples.toLocaleString('en')} samples are shown as “(left out)”.`,
  ];
}
