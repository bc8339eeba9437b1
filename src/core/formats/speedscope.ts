import { parseJson } from './encoding/json';
import { jsonOutline } from './encoding/jsonOutline';
import type { Format } from './format';
import { isOwnProfile } from './hotline/detection';
import { documentOf } from './speedscope/document';
import { readFrames } from './speedscope/frames';
import { profileOf } from './speedscope/reading';

/**
 * speedscope's own JSON (https://www.speedscope.app/file-format-schema.json, 1.25.0), as py-spy,
 * austin, pyinstrument, pyspeedscope and speedscope's export write it.
 */
export const speedscope: Format = {
  id: 'speedscope',
  label: 'speedscope',
  tools: 'speedscope, py-spy, pyinstrument, pyspeedscope',
  detect(bytes) {
    const { kind, keys } = jsonOutline(bytes);
    if (kind !== 'object' || isOwnProfile(bytes)) return false;
    if (!['$schema', 'shared', 'profiles'].some((key) => keys.has(key))) return false;
    const has = (text: string): boolean => bytes.includes(text, 0, 'latin1');
    return has('speedscope.app/file-format-schema.json') || (has('"profiles"') && has('"frames"'));
  },
  read({ bytes }) {
    const document = documentOf(parseJson(bytes, 'speedscope'));
    const { frames, functions } = readFrames(document);
    return profileOf(document, frames, functions);
  },
};
