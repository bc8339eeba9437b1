/** Stands in for the program that reads: does to each file what the file says. */
import { peakMemory } from './peakMemory';
import type { Answer, Question } from './readerProcess';

const heldUntilTheEnd: unknown[] = [];

const deeds: Readonly<Record<string, () => void>> = {
  nothing() {},
  hang() {
    for (;;);
  },
  fillHeap() {
    const held = [];
    for (let filled = 0; filled < 160; filled++)
      held.push(Array.from({ length: 131_072 }, Math.random));
    heldUntilTheEnd.push(held);
  },
  fillBuffers() {
    heldUntilTheEnd.push(Buffer.alloc(160 * 1024 * 1024, 1));
  },
  /** Garbage, of which more may be made than is allowed at once. */
  litter() {
    for (let made = 0; made < 400; made++) Array.from({ length: 131_072 }, Math.random);
  },
  crash() {
    process.abort();
  },
};

process.on('message', ({ bytes }: Question) => {
  const before = peakMemory();
  deeds[Buffer.from(bytes).toString()]?.();
  const memory = { before, after: peakMemory() };
  const answer: Answer = { outcome: 'read', problem: undefined, cpuSeconds: 0, memory };
  process.send?.(answer);
});
