import { jsonChecks } from '../encoding/json';

/** What people call the format. */
export const label = 'V8 CPU profile';

export const { object, array, number, text } = jsonChecks(label);
