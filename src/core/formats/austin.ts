import { isAustinText, isMojo } from './austin/detection';
import { readMojo } from './austin/mojo';
import { readText } from './austin/text';
import { wholeText } from './encoding/text';
import type { Format } from './format';

/**
 * Recordings by austin (https://github.com/P403n1x87/austin): the text of versions 0.7 to 3.7, and
 * MOJO, the binary form of 3.4 to 4.0 (https://github.com/P403n1x87/austin/wiki/The-MOJO-file-format).
 */
export const austin: Format = {
  id: 'austin',
  label: 'austin',
  tools: 'austin 0.7 to 4.0: text and MOJO',
  detect: (bytes) => isMojo(bytes) || isAustinText(bytes),
  read({ bytes, choice }) {
    return isMojo(bytes) ? readMojo(bytes, choice) : readText(wholeText(bytes), choice);
  },
};
