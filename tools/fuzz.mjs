/** Gives the readers broken and hostile files: `npm run fuzz`. */
import { runTypeScript } from './typeScript.mjs';

await runTypeScript('test/fuzz/main.ts');
