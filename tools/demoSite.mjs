/** The sample project, set up, served under the profiler and requested like a person would. */
import { spawn } from 'node:child_process';
import { cp, lstat, mkdir, readdir, symlink } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { note } from './note.mjs';
import { root } from './paths.mjs';
import { venv, venvPython } from './python.mjs';
import { run } from './run.mjs';

const START_PATIENCE_MS = 30_000;
const WRITING_PATIENCE_MS = 10_000;

/** The pages that are requested, some of them several times. */
const PAGES = [
  '/',
  '/products/',
  '/products/sidamo-roast/',
  '/products/uji-evening/',
  '/products/huila-blend/',
  '/products/sidamo-roast/shipping/',
  '/products/uji-evening/shipping/',
  '/categories/',
  '/orders/',
  '/checkout/',
  '/api/products/',
  '/reports/refunds/',
  '/',
  '/orders/',
  '/checkout/',
];

/** The page that line_profiler times as well. */
const LINE_PAGE = '/checkout/';

const CART = { slugs: ['sidamo-roast', 'uji-evening'] };

/**
 * Makes a working copy of the sample project with its environment and its database.
 * @param {string} workspace its folder; what is new in there stays
 */
export async function makeWorkspace(workspace) {
  await cp(join(root, 'demo/project'), workspace, { recursive: true });
  const environment = join(workspace, '.venv');
  const linked = await lstat(environment).catch(() => undefined);
  // A junction, since Windows lets only administrators make other links.
  if (!linked) await symlink(venv, environment, 'junction');
  await manage(workspace, ['migrate', '--verbosity=0']);
  await manage(workspace, ['seed_shop']);
}

/**
 * Fills a profile directory by serving and requesting the pages, unless it has profiles already.
 * @param {string} workspace
 * @param {string} profiles
 * @returns {Promise<number>} how many profiles there are
 */
export async function fillProfiles(workspace, profiles) {
  await mkdir(profiles, { recursive: true });
  if ((await countProfiles(profiles)) === 0) {
    note('Requesting the pages of the sample shop under the profiler');
    await requestPages(workspace, profiles);
    await manage(workspace, ['profile_lines', LINE_PAGE, '--prof-path', profiles]);
  }
  return countProfiles(profiles);
}

/** @param {string} profiles */
async function countProfiles(profiles) {
  return (await readdir(profiles)).filter((name) =>
    /^[^.].*\.(?:speedscope\.json|l?prof)$/.test(name),
  ).length;
}

/**
 * @param {string} workspace
 * @param {string} profiles
 */
async function requestPages(workspace, profiles) {
  const port = await freePort();
  const server = spawn(venvPython, ['manage.py', 'runserver', '--noreload', `127.0.0.1:${port}`], {
    cwd: workspace,
    stdio: 'ignore',
    env: profiling(workspace, profiles),
  });
  const interrupt = () => {
    server.kill();
    process.exit(130);
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    await untilListening(port);
    const address = `http://127.0.0.1:${port}`;
    for (const page of PAGES) await (await fetch(address + page)).arrayBuffer();
    await fetch(`${address}/api/cart/`, { method: 'POST', body: JSON.stringify(CART) });
    await untilWritten(profiles, PAGES.length + 1);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    server.kill();
  }
}

/**
 * The environment by which the extension, too, has a server profiled.
 * @param {string} workspace
 * @param {string} profiles
 * @returns {NodeJS.ProcessEnv}
 */
function profiling(workspace, profiles) {
  return {
    ...process.env,
    PYTHONPATH: join(root, 'python/bootstrap'),
    HOTLINE_DIRECTORY: profiles,
    HOTLINE_SOURCE_ROOTS: workspace,
  };
}

/**
 * Profiles are written when their requests have been answered.
 * @param {string} profiles
 * @param {number} expected
 */
async function untilWritten(profiles, expected) {
  const end = Date.now() + WRITING_PATIENCE_MS;
  while ((await countProfiles(profiles)) < expected) {
    if (Date.now() > end) throw new Error('The requests did not all leave a profile.');
    await sleep(100);
  }
}

/** @param {number} port */
async function untilListening(port) {
  const end = Date.now() + START_PATIENCE_MS;
  while (!(await accepts(port))) {
    if (Date.now() > end) throw new Error('The sample project could not be served.');
    await sleep(100);
  }
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => {
      resolve(false);
    });
  });
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('No port is free.'));
      });
    });
  });
}

/**
 * Runs a management command of the sample project.
 * @param {string} workspace
 * @param {readonly string[]} args
 */
export function manage(workspace, args) {
  return run(venvPython, ['manage.py', ...args], { cwd: workspace });
}
