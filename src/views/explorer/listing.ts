import { groupByEndpoint, type Endpoint } from '../../core/derive/endpoints';
import type { ProfileEntry } from '../../profiles/profileEntry';
import { entryDurationMs, requestName } from '../../profiles/requestTitle';
import { entryOrder, Ordered } from './ordering';
import { passes, type ProfileFilter } from './profileFilter';
import type { ViewState } from './viewState';

/** Profiles that belong together. */
export interface ProfileGroup {
  /** The endpoint (`GET /shop/items`) or the directory's path. */
  readonly key: string;
  readonly entries: Ordered<ProfileEntry>;
  readonly statistics: Endpoint;
}

/** What the tree shows. */
export interface Listing {
  /** All profiles, shown or not. */
  readonly total: number;
  /** Those that pass the filter. */
  readonly shown: number;
  readonly top:
    | { readonly kind: 'profiles'; readonly entries: Ordered<ProfileEntry> }
    | { readonly kind: 'groups'; readonly groups: Ordered<ProfileGroup> };
}

/** Filters, groups and orders the profiles. Groups stand in the order of their first profiles. */
export function listProfiles(
  entries: readonly ProfileEntry[],
  filter: ProfileFilter,
  view: Pick<ViewState, 'sortBy' | 'descending' | 'groupBy'>,
): Listing {
  const shown = entries.filter((entry) => passes(entry, filter));
  const order = entryOrder(view);
  const counts = { total: entries.length, shown: shown.length };
  if (view.groupBy === 'none') {
    return { ...counts, top: { kind: 'profiles', entries: new Ordered(shown, order) } };
  }
  const keyOf =
    view.groupBy === 'endpoint' ? requestName : ({ directory }: ProfileEntry) => directory;
  const leads = leadsFirst(order);
  return {
    ...counts,
    top: { kind: 'groups', groups: new Ordered(groupsOf(shown, keyOf, order), leads) },
  };
}

function groupsOf(
  entries: readonly ProfileEntry[],
  keyOf: (entry: ProfileEntry) => string,
  order: (one: ProfileEntry, other: ProfileEntry) => number,
): ProfileGroup[] {
  const members = new Map<string, ProfileEntry[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const group = members.get(key);
    if (group) group.push(entry);
    else members.set(key, [entry]);
  }
  const requests = entries.map((entry) => ({
    key: keyOf(entry),
    durationMs: entryDurationMs(entry),
  }));
  return groupByEndpoint(requests).map((statistics) => ({
    key: statistics.key,
    entries: new Ordered(members.get(statistics.key) ?? [], order),
    statistics,
  }));
}

function leadsFirst(
  order: (one: ProfileEntry, other: ProfileEntry) => number,
): (one: ProfileGroup, other: ProfileGroup) => number {
  return (one, other) => {
    const [lead] = one.entries.slice(0, 1);
    const [otherLead] = other.entries.slice(0, 1);
    return lead && otherLead ? order(lead, otherLead) : 0;
  };
}
