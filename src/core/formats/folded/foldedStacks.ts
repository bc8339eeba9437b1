import type { Metrics, Profile } from '../../model/profile';
import { SampleList, type LaneFacts } from '../../model/sampleList';
import { StackTree, noNode } from '../../model/stackTree';
import { frameTexts, threadTexts } from '../encoding/textTable';
import { readFrames } from './frames';
import { splitThread } from './threads';

/** Collects stacks of folded frames into a profile with a lane for each thread. */
export class FoldedStacks {
  readonly #frames = frameTexts();
  readonly #threads = threadTexts();
  /** Parallel to the threads. */
  readonly #labels: string[] = [];
  readonly #tree = new StackTree();
  readonly #samples = new SampleList();

  /** Adds the stack of a line, which may begin with its process and thread. */
  addLine(line: string, weight: number): void {
    const { key, label, stack } = splitThread(line);
    const thread = this.#threads.indexOf(key);
    const known = this.#labels[thread];
    // A thread may get its name after its first samples.
    if (known === undefined || label.length > known.length) this.#labels[thread] = label;
    this.#add(thread, stack, weight);
  }

  /** Adds a stack of one of several threads that have numbers only, from 0. */
  addStack(thread: number, stack: string, weight: number): void {
    const index = this.#threads.indexOf(String(thread));
    if (thread > 0) this.#labels[0] = 'Thread 1';
    this.#labels[index] ??= thread > 0 ? `Thread ${thread + 1}` : '';
    this.#add(index, stack, weight);
  }

  /** The profile, with the thread that cost most first. */
  toProfile(facts: LaneFacts, warnings: readonly string[], metrics?: Metrics): Profile {
    const names = this.#labels.length > 0 ? this.#labels : [''];
    const { lanes, total } = this.#samples.toLanes(names, facts);
    const { frames, functions } = readFrames(this.#frames.texts);
    const nodes = this.#tree.nodes();
    return {
      format: 'folded',
      unit: facts.unit,
      total,
      functions,
      data: { kind: 'stacks', frames, nodes, lanes, activeLane: 0 },
      lines: [],
      metrics,
      request: {},
      warnings,
    };
  }

  #add(thread: number, stack: string, weight: number): void {
    let node = noNode;
    if (stack !== '' && stack !== '(idle)') {
      for (const frame of stack.split(';')) {
        node = this.#tree.child(node, this.#frames.indexOf(frame));
      }
    }
    this.#samples.add(thread, node, weight);
  }
}
