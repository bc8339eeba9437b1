import { orderInWords } from './arrangement';
import type { FoundProfiles } from './foundProfiles';
import type { Listing } from './listing';
import { grouped } from './rowText';
import type { ViewState } from './viewState';

/** What stands beside and below the view's title; empty where there is nothing to say. */
export interface ListingText {
  readonly description: string;
  readonly message: string;
}

/** Counts, order and filter of a listing in words. */
export function listingText(
  { total, shown }: Listing,
  state: ViewState,
  found: FoundProfiles | undefined,
): ListingText {
  const order = found ? 'most time there first' : orderInWords(state);
  const filters = [
    ...(found ? [`time in ${found.what}`] : []),
    ...(state.filter === '' ? [] : [`filter: ${state.filter}`]),
  ];
  // A message would hide the welcome view, which says what an empty list means.
  const isTold = filters.length > 0 && shown > 0;
  return {
    description: total > 0 ? `${grouped(total)} · ${order}` : '',
    message: isTold
      ? `${grouped(shown)} of ${grouped(total)} profiles · ${filters.join(' · ')}`
      : '',
  };
}
