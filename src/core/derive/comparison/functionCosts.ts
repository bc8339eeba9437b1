import { FunctionTable } from '../../model/builder';
import { NumberList } from '../../model/numberList';
import type { Func, FunctionIndex, Profile } from '../../model/profile';
import { functionTable } from '../functionTable';
import { plus } from '../merge/lines';
import { Moments, type Distribution } from './moments';

/** What one request knows of a function. */
interface RequestCosts {
  readonly calls: number | undefined;
  readonly self: number | undefined;
  readonly total: number;
}

/** What a function cost the requests of a side; `undefined` where they do not tell it. */
export interface SideCosts {
  /** Mean of the calls. */
  readonly calls: number | undefined;
  readonly self: Distribution | undefined;
  readonly total: Distribution;
}

/** Where the process that ran a built-in had it in memory: another one in each. */
const ADDRESS = / at 0x[0-9a-fA-F]+/g;

/** Collects what each function cost the requests of a side, one request after another. */
export class FunctionCosts {
  readonly #functions = new FunctionTable();
  readonly #calls = NumberList.float64();
  readonly #self = new Moments();
  readonly #total = new Moments();
  readonly #withoutCalls = new Set<FunctionIndex>();
  readonly #withoutSelf = new Set<FunctionIndex>();
  #requests = 0;

  /** In the order of their first appearance, without addresses in their names. */
  get functions(): readonly Func[] {
    return this.#functions.functions;
  }

  /** Index among these of a function of a profile. */
  indexOf({ name, file, line }: Func): FunctionIndex {
    const known = file === undefined ? name.replace(ADDRESS, '') : name;
    return this.#functions.indexOf(known, file, line);
  }

  /** Adds a request. */
  add(profile: Profile): void {
    this.#requests += 1;
    for (const [func, costs] of this.#costsOf(profile)) {
      while (this.#calls.length <= func) this.#calls.push(0);
      if (costs.calls === undefined) this.#withoutCalls.add(func);
      else this.#calls.set(func, this.#calls.at(func) + costs.calls);
      if (costs.self === undefined) this.#withoutSelf.add(func);
      else this.#self.add(func, costs.self);
      this.#total.add(func, costs.total);
    }
  }

  /** What a function cost all requests that were added. */
  of(func: FunctionIndex): SideCosts {
    const calls = this.#withoutCalls.has(func) ? undefined : this.#calls.at(func) / this.#requests;
    return {
      calls,
      self: this.#withoutSelf.has(func) ? undefined : this.#self.of(func, this.#requests),
      total: this.#total.of(func, this.#requests),
    };
  }

  /** By function; those that are alike in all that the profile tells of them are one. */
  #costsOf(profile: Profile): Map<FunctionIndex, RequestCosts> {
    const followed = new Map((profile.record?.functions ?? []).map((each) => [each.func, each]));
    const costs = new Map<FunctionIndex, RequestCosts>();
    for (const { func: own, calls, self, total } of functionTable(profile).rows) {
      const known = profile.functions[own];
      if (!known) continue;
      const func = this.indexOf(known);
      const counted = calls ?? followed.get(own)?.calls;
      const sum = costs.get(func);
      costs.set(func, {
        calls: sum ? plus(sum.calls, counted) : counted,
        self: sum ? plus(sum.self, self) : self,
        total: total + (sum?.total ?? 0),
      });
    }
    return costs;
  }
}
