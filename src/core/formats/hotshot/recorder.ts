import type { Lane, Stacks, Unit } from '../../model/profile';
import { noNode } from '../../model/stackTree';
import type { LogFunctions } from './functions';
import type { LineCosts } from './lineCosts';
import type { LogVisitor } from './records';
import { Sections } from './sections';
import type { Survey } from './survey';

/**
 * Turns the events of a log into calls, each a node of its own, and what passes between two events
 * into samples of the call that is innermost then. Lines that run in a log without times cost one each.
 */
export class CallRecorder implements LogVisitor {
  readonly #survey: Survey;
  readonly #functions: LogFunctions;
  readonly #lineCosts: LineCosts | undefined;
  readonly sections = new Sections();
  readonly #parents: Int32Array;
  /** Frames are functions: the lines of a call are many. */
  readonly #frames: Int32Array;
  readonly #samples: Int32Array;
  readonly #weights: Float64Array;
  /** Of the open calls, whose parents are the others. */
  #innermost = noNode;
  #callCount = 0;
  #sampleCount = 0;
  #total = 0;
  #returnsFromUnknown = 0;

  /** @param lineCosts of a log with lines */
  constructor(survey: Survey, functions: LogFunctions, lineCosts: LineCosts | undefined) {
    this.#survey = survey;
    this.#functions = functions;
    this.#lineCosts = lineCosts;
    this.#parents = new Int32Array(survey.calls);
    this.#frames = new Int32Array(survey.calls);
    this.#samples = new Int32Array(survey.charges);
    this.#weights = new Float64Array(survey.charges);
  }

  /** Cost of all samples in which a call was open, in ticks. */
  get total(): number {
    return this.#total;
  }

  /** Whether profiling began or ended while functions ran. */
  get isUnbalanced(): boolean {
    return this.#returnsFromUnknown > 0 || this.#innermost !== noNode;
  }

  enter(fileNumber: number, firstLine: number, ticks: number | undefined): void {
    this.#pass(ticks);
    const func = this.#functions.indexOf(fileNumber, firstLine);
    const node = this.#callCount++;
    this.#parents[node] = this.#innermost;
    this.#frames[node] = func;
    this.#innermost = node;
    this.#lineCosts?.enter(func);
  }

  exit(ticks: number | undefined): void {
    this.#pass(ticks);
    if (this.#innermost === noNode) this.#returnsFromUnknown++;
    else this.#innermost = this.#parents[this.#innermost] ?? noNode;
    this.#lineCosts?.exit();
  }

  line(line: number, ticks: number | undefined): void {
    this.#pass(ticks);
    if (this.#innermost !== noNode) {
      this.#lineCosts?.moveTo(this.#frames[this.#innermost] ?? 0, line);
    }
    if (!this.#survey.isTimed) this.#charge(1);
  }

  addInfo(key: string, value: string): void {
    const isBetweenCalls = this.#innermost === noNode;
    this.sections.addInfo(key, value, this.#sampleCount, isBetweenCalls);
  }

  defineFile(fileNumber: number, name: string): void {
    this.#functions.defineFile(fileNumber, name);
  }

  defineFunction(fileNumber: number, firstLine: number, name: string): void {
    this.#functions.defineFunction(fileNumber, firstLine, name);
  }

  /** @param perUnit ticks in one unit */
  toStacks(unit: Unit, perUnit: number): Stacks {
    const samples = this.#samples.subarray(0, this.#sampleCount);
    const weights = this.#weights.subarray(0, this.#sampleCount).map((ticks) => ticks / perUnit);
    const lanes = this.sections.ranges(this.#sampleCount).map(({ name, from, until }): Lane => ({
      name,
      kind: 'evented',
      unit,
      timeOrdered: true,
      samples: samples.slice(from, until),
      weights: weights.slice(from, until),
    }));
    return {
      kind: 'stacks',
      frames: this.#functions.all.map((_, func) => ({ func, line: undefined })),
      nodes: { parent: this.#parents, frame: this.#frames },
      lanes,
      activeLane: 0,
    };
  }

  #pass(ticks: number | undefined): void {
    if (ticks !== undefined && ticks > 0) this.#charge(ticks);
  }

  #charge(cost: number): void {
    const node = this.#innermost;
    this.#samples[this.#sampleCount] = node;
    this.#weights[this.#sampleCount++] = cost;
    if (node !== noNode) this.#total += cost;
    this.#lineCosts?.charge(cost);
  }
}
