import { readFrames } from '../../core/formats/folded/frames';
import { parseLine } from '../../core/formats/folded/lines';
import { splitThread } from '../../core/formats/folded/threads';
import { textLines } from '../../core/formats/encoding/textLines';
import { frameTexts } from '../../core/formats/encoding/textTable';
import type { CollectedFrame, CollectedStack, CollectedStacks } from '../stacks';
import { PullError, type Answer, type FoldedCounts } from './answer';

const HEADER =
  /^elapsed (\d+(?:\.\d+)?(?:e[+-]?\d+)?)\r?\ngranularity (\d+(?:\.\d+)?(?:e[+-]?\d+)?)\r?\n?/i;

/**
 * Reads the answer of nylas-perftools' stacksampler (commit 2e9f72e), and of all that answer alike:
 * the seconds since the last reset, the seconds that a sample stands for, folded stacks with counts.
 * @returns `undefined` where it is no such answer
 */
export function readStacksampler(text: string): Answer | undefined {
  const [header, elapsed, granularity] = HEADER.exec(text) ?? [];
  if (header === undefined) return undefined;
  const folded = foldedCounts(text.slice(header.length));
  const stacks = stacksOf(folded, Number(granularity));
  return { protocol: 'stacksampler', elapsed: Number(elapsed), stacks, folded };
}

/** The stacks of folded counts, in their order. */
export function stacksOf(counts: FoldedCounts, granularity: number | undefined): CollectedStacks {
  const texts = frameTexts();
  const stacks: CollectedStack[] = [];
  for (const [line, running] of counts) {
    const frames = splitThread(line)
      .stack.split(';')
      .map((frame) => texts.indexOf(frame));
    stacks.push({ frames, running, waiting: 0 });
  }
  return { frames: framesOf(texts.texts), stacks, granularity: granularity || undefined };
}

function foldedCounts(text: string): FoldedCounts {
  const counts = new Map<string, number>();
  for (const line of textLines(text)) {
    if (line.text.trim() === '') continue;
    const parsed = parseLine(line.text);
    if (!parsed || !Number.isSafeInteger(parsed.count))
      throw new PullError(`It answers with a line that is no stack: line ${line.number + 2}.`);
    counts.set(parsed.stack, (counts.get(parsed.stack) ?? 0) + parsed.count);
  }
  return counts;
}

function framesOf(texts: readonly string[]): CollectedFrame[] {
  const { frames, functions } = readFrames(texts);
  return frames.map(({ func, line }) => {
    const known = functions[func];
    return {
      name: known?.name ?? '',
      file: known?.file,
      definitionLine: known?.line,
      executingLine: line,
    };
  });
}
