import { groupByEndpoint, type Endpoint } from '../../core/derive/endpoints';
import type { ProfileEntry } from '../../profiles/profileEntry';
import { entryDurationMs, requestName } from '../../profiles/requestTitle';
import { foundOrder, type FoundProfiles } from './foundProfiles';
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

/**
 * Filters, groups and orders the profiles; of a search, only those that it found. Groups stand in
 * the order of their first profiles.
 * @param endpoints the endpoint of each profile; one that is not in it is grouped by its own path
 */
export function listProfiles(
  entries: readonly ProfileEntry[],
  filter: ProfileFilter,
  view: Pick<ViewState, 'sortBy' | 'descending' | 'groupBy'>,
  found?: FoundProfiles,
  endpoints: ReadonlyMap<ProfileEntry, string> = new Map(),
): Listing {
  const shown = entries.filter(
    (entry) => (found?.costs.has(entry.path) ?? true) && passes(entry, filter),
  );
  const order = orderOf(view, found);
  const counts = { total: entries.length, shown: shown.length };
  if (view.groupBy === 'none') {
    return { ...counts, top: { kind: 'profiles', entries: new Ordered(shown, order) } };
  }
  const keyOf = (entry: ProfileEntry): string =>
    view.groupBy === 'endpoint' ? (endpoints.get(entry) ?? requestName(entry)) : entry.directory;
  const leads = leadsFirst(order);
  return {
    ...counts,
    top: { kind: 'groups', groups: new Ordered(groupsOf(shown, keyOf, order), leads) },
  };
}

/** The profiles that are shown. */
export function shownEntries({ top }: Listing): ProfileEntry[] {
  if (top.kind === 'profiles') return [...top.entries.slice(0, top.entries.length)];
  return top.groups
    .slice(0, top.groups.length)
    .flatMap(({ entries }) => entries.slice(0, entries.length));
}

/** By what a search found, and by the chosen order among equals. */
function orderOf(
  view: Pick<ViewState, 'sortBy' | 'descending'>,
  found: FoundProfiles | undefined,
): (one: ProfileEntry, other: ProfileEntry) => number {
  const order = entryOrder(view);
  if (!found) return order;
  const byCost = foundOrder(found);
  return (one, other) => byCost(one, other) || order(one, other);
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
