import type { RequestFacts } from '../model/request';
import {
  PROFILE_SERVER_FIELDS,
  PYINSTRUMENT_FIELDS,
  TEMPORARY_FIELDS,
  WERKZEUG_FIELDS,
} from './fields';
import { compile } from './template';

/** A way to name profiles that is known without being told. */
export interface KnownName {
  /** How the names are made, for people. */
  readonly text: string;
  read(name: string): RequestFacts | undefined;
}

/** django-extensions (1.x to 4.1) `runprofileserver`'s default `--prof-file`. */
const profileServer = compile('{path}.{duration:06d}ms.{time}', PROFILE_SERVER_FIELDS, '.prof');

/** werkzeug (0.15 to 3.1) `ProfilerMiddleware`'s default `filename_format`. */
const werkzeug = compile('{method}.{path}.{elapsed:.0f}ms.{time:.0f}.prof', WERKZEUG_FIELDS, '');

/** pyinstrument (5.x) `PYINSTRUMENT_FILENAME`'s default. */
const pyinstrument = compile(
  '{total_time:.3f}s {path} {timestamp:.0f}.{ext}',
  PYINSTRUMENT_FIELDS,
  '',
);

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const SILK = new RegExp(`^(?:(?<slug>.+)_)?${UUID}\\.prof$`, 's');

/** django-silk (`SILKY_PYTHON_PROFILER_BINARY`): a UUID, with `…EXTENDED_FILE_NAME` after a slug of the path. */
const silk: KnownName = {
  text: '<slug>_<uuid>.prof',
  read: (name) => {
    const match = SILK.exec(name);
    if (!match) return undefined;
    const slug = match.groups?.['slug'];
    return slug === undefined ? {} : { path: slug };
  },
};

/**
 * The known names; a name that several read is that of the first. A name of werkzeug's is also one
 * of runprofileserver's, for a path that begins with the method, so werkzeug's come first.
 */
export const KNOWN_NAMES: readonly KnownName[] = [werkzeug, profileServer, pyinstrument, silk];

const temporary = compile('{path}.{start}', TEMPORARY_FIELDS, '.prof');

/** Ten digits of seconds: any other number at the end of a name is hardly a time. */
const EPOCH_MS = 1e12;

/**
 * What `runprofileserver`'s name for the profile of a request that has not ended tells. It says less
 * than the known names, which may look like it, so they come first.
 */
export const temporaryName: KnownName = {
  text: temporary.text,
  read: (name) => {
    if (KNOWN_NAMES.some((known) => known.read(name))) return undefined;
    const facts = temporary.read(name);
    return (facts?.startedMs ?? 0) >= EPOCH_MS ? facts : undefined;
  },
};
