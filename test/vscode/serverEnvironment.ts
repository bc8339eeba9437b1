import { join } from 'node:path';
import { findPython, VERSIONS } from '../../tools/interpreters.mjs';
import { cache, root } from '../../tools/paths.mjs';
import { ensureEnvironment } from '../../tools/python.mjs';

/**
 * The environment with Flask, FastAPI, uvicorn and debugpy in which the profiler is tested, of the
 * newest Python that is found; made when it is not there.
 */
export async function serverEnvironment(): Promise<string> {
  for (const version of [...VERSIONS].reverse()) {
    const python = await findPython(version);
    if (!python) continue;
    const folder = join(cache, `profiler-${version}`);
    const requirements = join(root, 'test/profiler/requirements.txt');
    await ensureEnvironment({ folder, python, requirements, what: 'Flask and FastAPI' });
    return folder;
  }
  throw new Error(`No Python of ${VERSIONS.join(', ')} is found.`);
}
