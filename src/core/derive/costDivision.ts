import type { Groups } from '../model/groups';
import type { FunctionStats } from '../model/profile';
import { at } from '../model/typedArrays';
import type { CallLinks } from './callLinks';

/** A call graph without cycles: the links that are left, in groups. */
export interface AcyclicCalls {
  /** All functions; the callees of a function precede it. */
  readonly calleesFirst: Int32Array;
  /** Links by their caller, without those of the calls from outside. */
  readonly callees: Groups;
  /** Links by their callee. */
  readonly callers: Groups;
  /** Per function: 1 where links of its recursion were left out. */
  readonly isFolded: Uint8Array;
}

/** What flows through the links, in columns as those of `CallLinks`. */
export interface CostDivision {
  /** The links that are in use, by callee. */
  readonly links: Int32Array;
  /** What the callee spends itself. */
  readonly self: Float64Array;
  /** What it passes on to its callees. */
  readonly below: Float64Array;
  /** 1 where assumption divided it among the callee's callers, not measurement. */
  readonly assumed: Uint8Array;
}

/** Divides what each function needs among the links that lead to it, callees before callers. */
export function divideCosts(
  stats: readonly FunctionStats[],
  links: CallLinks,
  calls: AcyclicCalls,
): CostDivision {
  return new CostDivider(links, calls).divide(stats);
}

/** Whether anything flows through a link. */
export function hasCost({ self, below }: CostDivision, link: number): boolean {
  return at(self, link) + at(below, link) > 0;
}

class CostDivider {
  readonly #links: CallLinks;
  readonly #calls: AcyclicCalls;
  readonly #division: CostDivision;
  /** What tells how a cost is divided, the best first. */
  readonly #selfMeasures: readonly Float64Array[];
  readonly #belowMeasures: readonly Float64Array[];

  constructor(links: CallLinks, calls: AcyclicCalls) {
    const { below, total, self, caller } = links;
    this.#links = links;
    this.#calls = calls;
    this.#division = {
      links: calls.callers.items,
      self: new Float64Array(caller.length),
      below: new Float64Array(caller.length),
      assumed: new Uint8Array(caller.length),
    };
    this.#selfMeasures = [self, total, links.calls];
    this.#belowMeasures = [below, total, links.calls];
  }

  divide(stats: readonly FunctionStats[]): CostDivision {
    for (const func of this.#calls.calleesFirst) {
      const below = this.#costOfCallees(func);
      this.#divide(func, Math.max(0, stats[func]?.self ?? 0), this.#selfMeasures, 'self');
      this.#divide(func, below, this.#belowMeasures, 'below');
      this.#markAssumed(func, below);
    }
    return this.#division;
  }

  #costOfCallees(func: number): number {
    const { self, below } = this.#division;
    const { start, items } = this.#calls.callees;
    let sum = 0;
    for (let place = at(start, func); place < at(start, func + 1); place += 1) {
      const link = at(items, place);
      sum = sum + at(self, link) + at(below, link);
    }
    return sum;
  }

  /** In proportion to the first measure that every link has and that tells them apart from nothing. */
  #divide(
    func: number,
    cost: number,
    measures: readonly Float64Array[],
    part: 'self' | 'below',
  ): void {
    const { start, items } = this.#calls.callers;
    const shares = this.#division[part];
    const [first, end] = [at(start, func), at(start, func + 1)];
    for (const measure of measures) {
      let sum = 0;
      for (let place = first; place < end; place += 1)
        sum += Math.max(0, at(measure, at(items, place)));
      // Not where any is unknown, which makes the sum NaN.
      if (!(sum > 0)) continue;
      for (let place = first; place < end; place += 1) {
        const link = at(items, place);
        shares[link] = cost * (Math.max(0, at(measure, link)) / sum);
      }
      return;
    }
    for (let place = first; place < end; place += 1)
      shares[at(items, place)] = cost / (end - first);
  }

  /** A division among a single caller assumes nothing. */
  #markAssumed(func: number, below: number): void {
    const { callers, isFolded } = this.#calls;
    const links = callers.items.subarray(at(callers.start, func), at(callers.start, func + 1));
    if (links.length < 2 || (at(isFolded, func) === 0 && this.#isMeasured(links, below))) return;
    const carrying = links.filter((link) => hasCost(this.#division, link));
    if (carrying.length > 1) for (const link of links) this.#division.assumed[link] = 1;
  }

  /** Whether the profile tells what each link's callee spent itself and what it spent below it. */
  #isMeasured(links: Int32Array, below: number): boolean {
    const { self, total } = this.#links;
    return links.every(
      (link) => !Number.isNaN(at(total, link)) && (!Number.isNaN(at(self, link)) || below === 0),
    );
  }
}
