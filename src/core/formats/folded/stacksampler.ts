import type { Profile } from '../../model/profile';
import { SkippedLines } from '../encoding/skippedLines';
import { textLines } from '../encoding/textLines';
import { FoldedStacks } from './foldedStacks';
import { parseLine } from './lines';

/** How many lines stand before the stacks. */
const headerLines = 2;

/** More seconds than a sampler waits. */
const longestGranularity = 3600;

/**
 * Reads the response of nylas' stacksampler: the seconds that passed, the CPU seconds from one sample
 * to the next, then stacks of `function(module)`.
 */
export function readStacksampler(text: string): Profile {
  const stacks = new FoldedStacks();
  const skipped = new SkippedLines();
  let granularity: number | undefined;
  for (const line of textLines(text)) {
    if (line.number === headerLines) granularity = granularityOf(line.text);
    if (line.number <= headerLines || line.text.trim() === '') continue;
    const parsed = parseLine(line.text);
    if (parsed) stacks.addLine(parsed.stack, parsed.count * (granularity ?? 1));
    else skipped.add(line);
  }
  const unit = granularity === undefined ? 'samples' : 'seconds';
  return stacks.toProfile({ unit, timeOrdered: false }, skipped.warnings());
}

/** Seconds from sample to sample; `undefined` where they make no sense. */
function granularityOf(line: string): number | undefined {
  const seconds = Number(line.split(' ')[1]);
  return seconds > 0 && seconds <= longestGranularity ? seconds : undefined;
}
