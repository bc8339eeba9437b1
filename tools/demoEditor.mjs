/** Opens the demo in a VS Code of its own: the user's settings and extensions stay as they are. */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeServerCommand, ensureCodeServer } from './codeServer.mjs';
import { findOnPath, run } from './run.mjs';

const SETTINGS = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
};

const WINDOWS = process.platform === 'win32';

/**
 * Opens desktop VS Code where it is on PATH, and otherwise serves one and prints its address.
 * @param {{ home: string, vsix: string, workspace: string }} demo
 */
export async function openEditor({ home, vsix, workspace }) {
  const code = findOnPath(['code']);
  await (code ? openDesktop(code, home, vsix, workspace) : serve(home, vsix, workspace));
}

/**
 * @param {string} code
 * @param {string} home
 * @param {string} vsix
 * @param {string} workspace
 */
async function openDesktop(code, home, vsix, workspace) {
  const data = join(home, 'desktop/data');
  await writeSettings(data);
  const own = ['--user-data-dir', data, '--extensions-dir', join(home, 'desktop/extensions')];
  // The program is a batch file on Windows, which only a shell can start.
  const options = { shell: WINDOWS };
  await run(code, [...own, '--install-extension', vsix, '--force'], options);
  await run(code, [...own, '--new-window', workspace], options);
  console.log('VS Code opens on the sample shop: press the Hotline icon in its activity bar.');
}

/**
 * Ends when the server does or the user interrupts it.
 * @param {string} home
 * @param {string} vsix
 * @param {string} workspace
 */
async function serve(home, vsix, workspace) {
  await ensureCodeServer();
  const folder = join(home, 'server');
  await writeSettings(join(folder, 'data'));
  const install = codeServerCommand(folder, ['--install-extension', vsix, '--force']);
  await run(install.program, install.args);
  const start = codeServerCommand(folder, [
    '--bind-addr=127.0.0.1:0',
    '--auth=none',
    '--disable-telemetry',
    '--disable-update-check',
  ]);
  const server = spawn(start.program, start.args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const interrupt = () => server.kill();
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  server.stdout.on('data', (/** @type {Buffer} */ chunk) => {
    const address = /listening on (http:\S+)/.exec(chunk.toString())?.[1];
    if (address) announce(`${address.replace(/\/$/, '')}/?folder=${encodeURIComponent(workspace)}`);
  });
  await new Promise((resolve) => server.on('exit', resolve));
}

/** @param {string} address */
function announce(address) {
  console.log(`VS Code on the sample shop: ${address}`);
  console.log('Press the Hotline icon in its activity bar. Ctrl-C here ends it.');
}

/** @param {string} data */
async function writeSettings(data) {
  await mkdir(join(data, 'User'), { recursive: true });
  await writeFile(join(data, 'User/settings.json'), JSON.stringify(SETTINGS, undefined, 2));
}
