import type { Profile } from '../../model/profile';
import { SkippedLines } from '../encoding/skippedLines';
import { textLines } from '../encoding/textLines';
import { FoldedStacks } from './foldedStacks';
import { noStack } from './lines';

/**
 * Reads what `pyflame --flamechart` writes: by turns microseconds since the epoch and what ran until
 * the next ones; with `--threads` the stack of each thread follows the same time.
 */
export function readFlameChart(text: string): Profile {
  const chart = new FlameChart();
  const skipped = new SkippedLines();
  let time = NaN;
  for (const line of textLines(text)) {
    const content = line.text.trim();
    if (/^\d{15,17}$/.test(content)) time = Number(content);
    else if (isWhole(content) && time >= chart.time) chart.add(time, content.replace(/;$/, ''));
    else if (content !== '') skipped.add(line);
  }
  return chart.finish().toProfile({ unit: 'seconds', timeOrdered: true }, skipped.warnings());
}

function isWhole(stack: string): boolean {
  return stack.endsWith(';') || noStack.has(stack);
}

/** Collects the stacks of one time after the other. */
class FlameChart {
  readonly #stacks = new FoldedStacks();
  /** Microseconds since the epoch. */
  time = 0;
  #running: string[] = [];
  /** Microseconds from the time before to this one; the last stacks are taken to last as long. */
  #interval = 0;

  add(time: number, stack: string): void {
    if (time > this.time) {
      if (this.#running.length > 0) this.#interval = time - this.time;
      this.#flush();
      this.time = time;
    }
    this.#running.push(stack);
  }

  finish(): FoldedStacks {
    this.#flush();
    return this.#stacks;
  }

  #flush(): void {
    for (const [thread, stack] of this.#running.entries()) {
      this.#stacks.addStack(thread, stack, this.#interval / 1e6);
    }
    this.#running = [];
  }
}
