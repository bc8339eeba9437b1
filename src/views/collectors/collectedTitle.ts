import type { Period } from '../../core/model/profile';
import { localTime } from '../explorer/relativeTime';
import { addressText, type Restriction } from './timelineDocument';

const TO_THE_MINUTE = 'yyyy-mm-dd hh:mm'.length;
const DAY = 'yyyy-mm-dd '.length;

/** What a collected profile is called: `web-1:16384 · shop · 2026-11-20 14:00 – 14:15`. */
export function collectedTitle(restriction: Restriction, period: Period): string {
  return `${restrictionText(restriction)} · ${periodText(period)}`;
}

/** Of which of the collected samples something is. */
export function restrictionText({ host, port, process }: Restriction): string {
  const address =
    host === undefined ? undefined : port === undefined ? host : addressText(host, port);
  const parts = [address, address === undefined && port !== undefined ? `port ${port}` : undefined];
  const told = [...parts, process].filter((part) => part !== undefined);
  return told.length > 0 ? told.join(' · ') : 'All endpoints';
}

/** From when until when in local time, to the minute; the second date only where it differs. */
export function periodText({ fromMs, untilMs }: Period): string {
  const from = localTime(fromMs).slice(0, TO_THE_MINUTE);
  const until = localTime(untilMs).slice(0, TO_THE_MINUTE);
  return `${from} – ${until.slice(0, DAY) === from.slice(0, DAY) ? until.slice(DAY) : until}`;
}
