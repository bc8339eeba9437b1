import { ProfileError } from '../model/errors';
import { wholeText } from './encoding/text';
import { truncated } from './failures';
import type { Format } from './format';
import { titleOf } from './tachyon/page';
import { SampledLines } from './tachyon/sampledLines';
import { sampleWeight } from './tachyon/samples';

const pageTitle = /^(.+) - Heatmap$/s;
const indexTitle = /heatmap/i;

/** A line with samples; those without have no title. */
const sampledLine = /id="line-(\d{1,9})" title="Self: ([\d,]{1,20}), Total: ([\d,]{1,20})"/g;

/**
 * A page of the folder that Python 3.15's sampler writes with `--heatmap`
 * (`Lib/profiling/sampling/heatmap_collector.py` of 3.15.0rc1): the samples of one source file by
 * line. It names no functions, so the file stands for them.
 */
export const tachyonHeatmap: Format = {
  id: 'tachyonHeatmap',
  label: 'Tachyon heatmap',
  tools: 'Python 3.15’s `profiling.sampling --heatmap`',
  detect(bytes) {
    const title = titleOf(bytes);
    return title !== undefined && indexTitle.test(title) && bytes.includes('line-samples-self');
  },
  read({ bytes }) {
    const file = pageTitle.exec(titleOf(bytes) ?? '')?.[1];
    if (file === undefined) throw isIndex();
    const page = wholeText(bytes);
    const lines = new SampledLines();
    const name = file.slice(file.lastIndexOf('/') + 1) || file;
    for (const [, line, self = '', total = ''] of page.matchAll(sampledLine)) {
      lines.add({ name, file, line: Number(line), self: count(self), cumulative: count(total) });
    }
    if (!page.includes('</html>')) throw truncated();
    return {
      format: tachyonHeatmap.id,
      ...lines.finish(sampleWeight(undefined), 0),
      request: {},
      warnings: [],
    };
  },
};

function count(text: string): number {
  return Number(text.replaceAll(',', ''));
}

function isIndex(): ProfileError {
  return new ProfileError(
    'This page only lists the files of a heatmap: open the page of a file beside it, such as file_0000.html.',
    'unknownFormat',
  );
}
