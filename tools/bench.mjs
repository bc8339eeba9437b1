/** Times what users wait for or pay, beside another way to do it: `npm run bench -- WHAT`. */
import { benchProfiler, benchSampler } from './benchPython.mjs';
import { sqliteNode } from './sqliteNode.mjs';
import { runTypeScript } from './typeScript.mjs';

/** @type {Record<string, () => Promise<void>>} */
const BENCHES = {
  profiler: benchProfiler,
  sampler: benchSampler,
  search: () => runTypeScript('test/bench/search/search.ts'),
  collector: async () => runTypeScript('test/bench/collector/range.ts', await sqliteNode()),
};

async function main() {
  const bench = BENCHES[process.argv[2] ?? ''];
  if (!bench) throw new Error(`Name what to measure: ${Object.keys(BENCHES).join(', ')}.`);
  await bench();
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
