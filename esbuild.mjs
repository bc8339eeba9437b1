/**
 * Bundles the extension, its worker and its webviews into dist/, or into the folder that is given
 * as the first argument.
 */
import { build } from 'esbuild';
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const dist = resolve(process.argv[2] ?? join(root, 'dist'));

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
};

const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outdir: dist,
};

/** Copies speedscope's release as it is, its two hashed entry points under names that do not change. */
async function copySpeedscope() {
  const release = join(root, 'node_modules/speedscope/dist/release');
  const target = join(dist, 'speedscope');
  const index = await readFile(join(release, 'index.html'), 'utf8');
  const named = (pattern) => {
    const found = pattern.exec(index)?.[1];
    if (!found) throw new Error(`speedscope's index.html has no ${pattern}`);
    return found;
  };
  await mkdir(target, { recursive: true });
  await cp(join(release, named(/src="(speedscope-\w+\.js)"/)), join(target, 'speedscope.js'));
  await cp(join(release, named(/href="(speedscope-\w+\.css)"/)), join(target, 'speedscope.css'));
  await cp(release, target, {
    recursive: true,
    filter: (path) => path === release || /\.(woff2|wasm|LICENSE\.md)$/.test(path),
  });
}

await rm(dist, { recursive: true, force: true });
await Promise.all([
  build({
    ...node,
    entryPoints: {
      extension: 'src/extension.ts',
      worker: 'src/profiles/worker.ts',
      collect: 'src/collect.ts',
    },
    external: ['vscode'],
  }),
  build({
    ...common,
    platform: 'browser',
    target: 'chrome130',
    format: 'iife',
    outdir: join(dist, 'webview'),
    entryPoints: [
      { in: 'webview/flamegraph/main.ts', out: 'flamegraph' },
      { in: 'webview/flamegraph/flamegraph.css', out: 'flamegraph' },
      { in: 'webview/compare/main.ts', out: 'compare' },
      { in: 'webview/compare/compare.css', out: 'compare' },
      { in: 'webview/timeline/main.ts', out: 'timeline' },
      { in: 'webview/timeline/timeline.css', out: 'timeline' },
    ],
  }),
  copySpeedscope(),
]);
