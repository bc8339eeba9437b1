/** Runs src/cli.ts: `npm run -s inspect`, `npm run -s compare` and `npm run -s convert`. */
import { runTypeScript } from './typeScript.mjs';

await runTypeScript('src/cli.ts');
