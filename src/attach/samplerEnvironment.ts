import { serverEnvironment } from '../server/environment';

/** The environment of samplers and of pip: the editor's own, without what is meant for Python programs. */
export function samplerEnvironment(): NodeJS.ProcessEnv {
  return serverEnvironment({
    base: process.env,
    python: undefined,
    overrides: { FORCE_COLOR: null, NO_COLOR: '1', PYTHONPATH: null, PYTHONHOME: null },
    platform: process.platform,
  });
}
