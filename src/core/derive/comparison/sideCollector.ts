import { ProfileError } from '../../model/errors';
import type { Profile } from '../../model/profile';
import { ProfileMerger } from '../merge';
import { FunctionCosts } from './functionCosts';

/** What is known of the requests of a side. */
export interface CollectedSide {
  readonly name: string;
  /** All requests as one; costs are sums. */
  readonly profile: Profile;
  readonly costs: FunctionCosts;
  /** Cost of each request. */
  readonly totals: Float64Array;
  /** How many of them had measured lines. */
  readonly requestsWithLines: number;
}

/**
 * Collects the requests of one side of a comparison, one after another, so that no more than one of
 * them and their sums are held at a time.
 */
export class SideCollector {
  readonly #name: string;
  readonly #merger = new ProfileMerger();
  readonly #costs = new FunctionCosts();
  readonly #totals: number[] = [];
  /** The first profile, as long as it is alone: values over time do not add up. */
  #only: { readonly profile: Profile; readonly name: string } | undefined;
  #requestsWithLines = 0;

  /** @param name what people know the side by */
  constructor(name: string) {
    this.#name = name;
  }

  /**
   * Adds a request.
   * @param name what its profile is called where it does not fit the others
   * @throws ProfileError where there are several, and nothing in it that can be added up
   */
  add(profile: Profile, name: string): void {
    this.#costs.add(profile);
    this.#totals.push(profile.total);
    this.#requestsWithLines += Number(profile.lines.length > 0);
    if (this.#totals.length === 1) {
      this.#only = { profile, name };
      return;
    }
    if (this.#only) this.#merge(this.#only.profile, this.#only.name);
    this.#only = undefined;
    this.#merge(profile, name);
  }

  /** @throws ProfileError where there is no request, or they hold different kinds of data */
  finish(): CollectedSide {
    if (this.#totals.length === 0)
      throw new ProfileError(`There is no profile to compare in ${this.#name}.`, 'broken');
    return {
      name: this.#name,
      profile: this.#only?.profile ?? this.#merger.finish(),
      costs: this.#costs,
      totals: Float64Array.from(this.#totals),
      requestsWithLines: this.#requestsWithLines,
    };
  }

  #merge(profile: Profile, name: string): void {
    this.#merger.add(withSharedNodes(profile), name);
  }
}

/** Every call of a tracer is a node: those of 1,000 requests would not fit, and are counted already. */
function withSharedNodes(profile: Profile): Profile {
  const { data } = profile;
  if (data.kind !== 'stacks') return profile;
  const lanes = data.lanes.map((lane) =>
    lane.kind === 'evented' ? ({ ...lane, kind: 'sampled', timeOrdered: false } as const) : lane,
  );
  return { ...profile, data: { ...data, lanes } };
}
