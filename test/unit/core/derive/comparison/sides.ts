import { DEFAULT_LIMITS } from '../../../../../src/core/derive/callTree';
import { compareSides } from '../../../../../src/core/derive/comparison/compare';
import type {
  Comparison,
  FunctionDelta,
} from '../../../../../src/core/derive/comparison/comparison';
import {
  SideCollector,
  type CollectedSide,
} from '../../../../../src/core/derive/comparison/sideCollector';
import type { Profile } from '../../../../../src/core/model/profile';

/** The requests of a side. */
export function collect(name: string, profiles: readonly Profile[]): CollectedSide {
  const collector = new SideCollector(name);
  for (const [index, profile] of profiles.entries()) collector.add(profile, `${name}-${index}`);
  return collector.finish();
}

/** Compares profiles, one or several a side. */
export function compare(
  before: Profile | readonly Profile[],
  after: Profile | readonly Profile[],
  subject?: string,
): Comparison {
  const list = (side: Profile | readonly Profile[]): readonly Profile[] => [side].flat();
  return compareSides(collect('before', list(before)), collect('after', list(after)), {
    subject,
    limits: DEFAULT_LIMITS,
  });
}

/** The function of a name; fails where there is none, or more than one. */
export function functionOf({ functions }: Comparison, name: string): FunctionDelta {
  const [found, ...more] = functions.filter((func) => func.name === name);
  if (!found || more.length > 0) throw new Error(`${more.length + Number(!!found)} named ${name}`);
  return found;
}
