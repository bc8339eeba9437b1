/** Writes anew what is made of the sample profiles: `npm run snapshots`. */
import { runTypeScript } from './typeScript.mjs';

await runTypeScript('test/unit/core/formats/writeSnapshots.ts');
