import { wholeText } from './encoding/text';
import type { Format } from './format';
import { startsReport } from './pprofileText/detection';
import { readReport } from './pprofileText/report';

/** How much of the file detection looks at: the report may follow what the program printed. */
const headLength = 64 * 1024;

/**
 * What pprofile 2 prints or writes by default (`ProfileBase.annotate` in its pprofile.py): the
 * source of every file with hits and seconds of each line, below it the calls that it made. A line's
 * time is its own, a call's includes all that it called. `--statistic` counts samples instead.
 */
export const pprofileText: Format = {
  id: 'pprofileText',
  label: 'pprofile text',
  tools: 'pprofile',
  detect(bytes) {
    return startsReport(bytes.toString('latin1', 0, headLength));
  },
  read({ bytes }) {
    return readReport(wholeText(bytes), pprofileText.id);
  },
};
