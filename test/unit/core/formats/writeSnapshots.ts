/** Writes anew what is made of the samples: `npm run snapshots`. */
import { writeReadme } from './readme';
import { writeSnapshots } from './snapshots';

writeSnapshots();
void writeReadme();
