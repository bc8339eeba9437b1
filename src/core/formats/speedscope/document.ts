import { jsonChecks, type JsonObject } from '../encoding/json';

export const { object, array, number, text } = jsonChecks('speedscope');

/** A speedscope document as JSON has it; every value is checked where it is used. */
export interface SpeedscopeDocument {
  readonly exporter: string;
  readonly frames: readonly unknown[];
  readonly profiles: readonly JsonObject[];
  readonly activeProfileIndex: number;
}

/** @throws ProfileError where it is not a speedscope document */
export function documentOf(json: unknown): SpeedscopeDocument {
  const document = object(json);
  const active = document['activeProfileIndex'];
  return {
    exporter: typeof document['exporter'] === 'string' ? document['exporter'] : '',
    frames: array(object(document['shared'])['frames']),
    profiles: array(document['profiles']).map(object),
    activeProfileIndex: typeof active === 'number' ? active : 0,
  };
}
