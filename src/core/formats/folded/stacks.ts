import type { Metric, Profile } from '../../model/profile';
import { SkippedLines } from '../encoding/skippedLines';
import { textLines } from '../encoding/textLines';
import type { ReadChoice } from '../format';
import { FoldedStacks } from './foldedStacks';
import { isDifferential, parseLine } from './lines';

/** What the two counts of differential stacks are. */
const metrics: readonly Metric[] = [
  { id: 'after', label: 'Samples after', unit: 'samples' },
  { id: 'before', label: 'Samples before', unit: 'samples' },
];

/** What plop's collector writes before its first stack. */
const plopNothing = 'None 1';

/** Reads stacks with a count of samples, which stand in no order. */
export function readStacks(text: string, choice: ReadChoice | undefined): Profile {
  const hasTwoCounts = isDifferential(text);
  const shown = hasTwoCounts && choice?.metric === 'before' ? 'before' : 'after';
  const stacks = new FoldedStacks();
  const skipped = new SkippedLines();
  for (const line of textLines(text)) {
    if (line.text.trim() === '' || (line.number === 1 && line.text === plopNothing)) continue;
    const parsed = parseLine(line.text, hasTwoCounts);
    if (!parsed) skipped.add(line);
    else stacks.addLine(parsed.stack, shown === 'before' ? parsed.countBefore : parsed.count);
  }
  return stacks.toProfile(
    { unit: 'samples', timeOrdered: false },
    skipped.warnings(),
    hasTwoCounts ? { all: metrics, shown } : undefined,
  );
}
