/**
 * Shows the extension on a sample shop: `npm run demo`, or `npm run demo -- --no-open` to make
 * everything and open nothing. A second run takes what the first one has made.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openEditor } from './demoEditor.mjs';
import { fillProfiles, makeWorkspace } from './demoSite.mjs';
import { ensureNodeModules } from './install.mjs';
import { note } from './note.mjs';
import { packageExtension } from './package.mjs';
import { cache } from './paths.mjs';
import { ensureVenv, venv } from './python.mjs';

async function main() {
  const { values } = parseArgs({ options: { 'no-open': { type: 'boolean' } } });
  const home = join(cache, 'demo');
  const vsix = join(home, 'hotline.vsix');
  const workspace = join(home, 'workspace');
  const profiles = join(workspace, '.hotline');

  await ensureNodeModules();
  note('Packing the extension');
  const size = await packageExtension(vsix);
  await ensureVenv();
  await makeWorkspace(workspace);
  const count = await fillProfiles(workspace, profiles);

  console.log(`extension    ${vsix} (${Math.ceil(size / 1024)} kB)`);
  console.log(`workspace    ${workspace}`);
  console.log(`environment  ${venv}`);
  console.log(`profiles     ${count} in ${profiles}`);
  if (!values['no-open']) await openEditor({ home, vsix, workspace });
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
