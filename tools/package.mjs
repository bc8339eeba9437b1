/**
 * Makes the VSIX: `npm run package [-- --out FILE]`.
 *
 * It is packed from a staging folder that holds what ships and nothing else, so that what is in
 * the VSIX is decided here and not by what happens to lie in the repository.
 */
import { createVSIX } from '@vscode/vsce';
import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { cache, root } from './paths.mjs';
import { run } from './run.mjs';

const SHIPPED = ['README.md', 'CHANGELOG.md', 'LICENSE', 'ThirdPartyNotices.txt', 'media'];

/** Manifest fields that are for the repository and mean nothing in an installed extension. */
const REPOSITORY_ONLY = ['private', 'scripts', 'dependencies', 'devDependencies'];

/** The default name of the VSIX, in the repository. */
export async function defaultVsixPath() {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return join(root, `${manifest.name}-${manifest.version}.vsix`);
}

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
    for (const name of SHIPPED) await cp(join(root, name), join(stage, name), { recursive: true });
    await writeManifest(stage);
    await mkdir(dirname(out), { recursive: true });
    await createVSIX({
      cwd: stage,
      packagePath: out,
      dependencies: false,
      allowMissingRepository: true,
    });
    return (await stat(out)).size;
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/** @param {string} stage */
async function writeManifest(stage) {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  for (const field of REPOSITORY_ONLY) delete manifest[field];
  await writeFile(join(stage, 'package.json'), JSON.stringify(manifest, undefined, 2));
}

async function main() {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  const out = resolve(values.out ?? (await defaultVsixPath()));
  const size = await packageExtension(out);
  console.log(`${out} (${Math.ceil(size / 1024)} kB)`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) void main();
