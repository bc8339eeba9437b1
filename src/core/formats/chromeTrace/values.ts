import { jsonChecks } from '../encoding/json';

/** What people call the format. */
export const label = 'Chrome trace';

export const { object, array, number } = jsonChecks(label);
