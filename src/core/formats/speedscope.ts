import { startsWithText } from './encoding/text';
import type { Format } from './format';
import { isOwnProfile } from './hotline/detection';
import { documentOf } from './speedscope/document';
import { readFrames } from './speedscope/frames';
import { parseDocument, profileOf } from './speedscope/reading';

/**
 * speedscope's own JSON (https://www.speedscope.app/file-format-schema.json, 1.25.0), as py-spy,
 * austin, pyinstrument, pyspeedscope and speedscope's export write it.
 */
export const speedscope: Format = {
  id: 'speedscope',
  label: 'speedscope',
  detect(bytes) {
    if (!startsWithText(bytes, '{') || isOwnProfile(bytes)) return false;
    const has = (text: string): boolean => bytes.includes(text, 0, 'latin1');
    return has('speedscope.app/file-format-schema.json') || (has('"profiles"') && has('"frames"'));
  },
  read({ bytes }) {
    const document = documentOf(parseDocument(bytes));
    const { frames, functions } = readFrames(document);
    return profileOf(document, frames, functions);
  },
};
