/**
 * Makes the VSIX: `npm run package [-- --out FILE]`.
 *
 * It is packed from a staging folder that holds what ships and nothing else, so that what is in
 * the VSIX is decided here and not by what happens to lie in the repository.
 */
import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureNodeModules } from './install.mjs';
import { cache, root } from './paths.mjs';
import { run } from './run.mjs';

const VSCE = join(root, 'node_modules/@vscode/vsce/vsce');
const PACK = [
  'package',
  '--no-dependencies',
  '--allow-missing-repository',
  '--no-rewrite-relative-links',
];

const SHIPPED = [
  'CHANGELOG.md',
  'LICENSE',
  'ThirdPartyNotices.txt',
  '.vscodeignore',
  'media',
  'python/bootstrap',
  'python/hotline',
  'python/schema',
];

/** What interpreters and linters leave among the sources of the profiler. */
const LEFT_BEHIND = /^python[\\/].*(__pycache__|\.py[co]|[\\/]\.[^\\/]*)$/;

/** Pictures of the README, which VS Code shows only from the web. */
const PICTURES = {
  folder: join(root, 'media/readme'),
  link: /^!\[.*\]\(media\/readme\/.*\)\n\n?/gm,
};

/** Manifest fields that are for the repository and mean nothing in an installed extension. */
const REPOSITORY_ONLY = ['private', 'scripts', 'dependencies', 'devDependencies'];

/**
 * Builds the extension and packs it.
 * @param {string} out path of the VSIX, written over when it is there
 * @returns {Promise<number>} its size in bytes
 */
export async function packageExtension(out) {
  const stage = join(cache, `stage-${process.pid}`);
  try {
    await mkdir(stage, { recursive: true });
    await run(process.execPath, [join(root, 'esbuild.mjs'), join(stage, 'dist')], { cwd: root });
    await copyShipped(stage);
    await mkdir(dirname(out), { recursive: true });
    await run(process.execPath, [VSCE, ...PACK, '--out', out], { cwd: stage });
    return (await stat(out)).size;
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/** @param {string} stage */
async function copyShipped(stage) {
  const filter = (/** @type {string} */ path) =>
    path !== PICTURES.folder && !LEFT_BEHIND.test(relative(root, path));
  for (const name of SHIPPED) {
    await cp(join(root, name), join(stage, name), { recursive: true, filter });
  }
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  await writeFile(join(stage, 'README.md'), readme.replace(PICTURES.link, ''));
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  for (const field of REPOSITORY_ONLY) delete manifest[field];
  await writeFile(join(stage, 'package.json'), JSON.stringify(manifest, undefined, 2));
}

/** The path in the repository that names the extension and its version. */
async function usualPath() {
  const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return join(root, `${name}-${version}.vsix`);
}

async function main() {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  const out = resolve(values.out ?? (await usualPath()));
  await ensureNodeModules();
  const size = await packageExtension(out);
  console.log(`${out} (${Math.ceil(size / 1024)} kB)`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) void main();
