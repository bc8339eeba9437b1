import { SkippedLines } from './encoding/skippedLines';
import { startsWithText, wholeText } from './encoding/text';
import { textLines } from './encoding/textLines';
import { truncated } from './failures';
import type { Format } from './format';
import { JsonlRecords, recordOf } from './tachyon/jsonl';
import { sampleWeight } from './tachyon/samples';

/** Within how many bytes the first line ends. */
const headLength = 4096;

/**
 * What Python 3.15's sampler writes with `--jsonl` (`Lib/profiling/sampling/jsonl_collector.py` of
 * 3.15.0rc1, and of the main branch with renamed records): samples by line, and no stacks.
 */
export const tachyonJsonl: Format = {
  id: 'tachyonJsonl',
  label: 'Tachyon JSON Lines',
  tools: 'Python 3.15’s `profiling.sampling --jsonl`',
  detect(bytes) {
    if (!startsWithText(bytes, '{')) return false;
    const [first = ''] = bytes.toString('utf8', 0, headLength).trimStart().split('\n', 1);
    const record = recordOf(first);
    return record?.['type'] === 'meta' && 'sample_interval_usec' in record;
  },
  read({ bytes }) {
    const records = new JsonlRecords();
    const skipped = new SkippedLines();
    for (const line of textLines(wholeText(bytes))) {
      const record = recordOf(line.text);
      if (record) records.add(record);
      else if (line.text.trim() !== '') skipped.add(line);
    }
    const content = records.lines.finish(sampleWeight(records.interval), records.samples);
    if (content.functions.length === 0 && !records.hasEnded) throw truncated();
    return {
      format: tachyonJsonl.id,
      ...content,
      request: {},
      warnings: [...skipped.warnings(), ...(records.hasEnded ? [] : [cutOff])],
    };
  },
};

const cutOff = 'The file ends before its last record: some lines of the program may be missing.';
