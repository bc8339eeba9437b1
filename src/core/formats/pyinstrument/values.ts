import { jsonChecks } from '../encoding/json';
import { damaged } from '../failures';

export const { object, array, number, text } = jsonChecks('pyinstrument');

/** A time of at least 0, in seconds. */
export function seconds(value: unknown): number {
  const time = number(value);
  if (time < 0) throw damaged('pyinstrument', 'a time is negative');
  return time;
}
