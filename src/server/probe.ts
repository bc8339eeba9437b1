import { dirname } from 'node:path';
import {
  djangoMissing,
  extensionsMissing,
  extensionsNotInstalled,
  type ServerFailure,
} from './failures';
import { list, majorAndMinor, probeAnswer, text } from './probeAnswer';
import { probeScript } from './probeScript';
import { runShortProcess, type ShortProcessResult } from './shortProcess';

/** What an interpreter says of itself and of a Django project. */
export interface Probe {
  /** Major and minor. */
  readonly version: readonly [number, number];
  /** Versions; `undefined` where the package cannot be imported. */
  readonly django: string | undefined;
  readonly extensions: string | undefined;
  /** Whether runprofileserver is a command of the project; `undefined` when its settings cannot be loaded. */
  readonly installed: boolean | undefined;
  readonly settingsFile: string | undefined;
  /** The settings, with their names, whose paths `--nomedia` leaves out. */
  readonly excludedUrls: readonly (readonly [name: string, url: string])[];
  /** The options this version of runprofileserver knows, as written; `undefined` when it could not be asked. */
  readonly options: ReadonlySet<string> | undefined;
  /** Why the project could not be looked at to the end. */
  readonly exception: string | undefined;
}

/** A project on a slow disk takes seconds to load its settings; one that never ends is not waited for. */
const timeoutMs = 30_000;

/**
 * Asks an interpreter about a Django project, in one process that ends by itself. It runs the
 * project's manage.py and settings, as starting its server does.
 * @throws ServerFailure when the interpreter does not run.
 */
export async function probeProject(
  python: readonly string[],
  manageFile: string,
  environment: NodeJS.ProcessEnv,
): Promise<Probe> {
  const result = await runShortProcess([...python, '-c', probeScript, manageFile], {
    cwd: dirname(manageFile),
    environment,
    timeoutMs,
  });
  return readProbe(result, python);
}

/** @throws ServerFailure when there is no answer, because the interpreter does not run. */
export function readProbe(result: ShortProcessResult, python: readonly string[]): Probe {
  const answer = probeAnswer(result, python);
  return {
    version: majorAndMinor(answer.get('version')),
    django: text(answer.get('django')),
    extensions: text(answer.get('extensions')),
    installed:
      typeof answer.get('installed') === 'boolean' ? answer.get('installed') === true : undefined,
    settingsFile: text(answer.get('settingsFile')),
    excludedUrls: list(answer.get('excludedUrls')).flatMap((pair) => {
      const [name, url] = list(pair);
      return typeof name === 'string' && typeof url === 'string' ? [[name, url] as const] : [];
    }),
    options: Array.isArray(answer.get('options'))
      ? new Set(list(answer.get('options')).map(String))
      : undefined,
    exception: text(answer.get('exception')),
  };
}

/**
 * What the project lacks for the profiled server. A project whose settings cannot be loaded lacks
 * nothing here: its server is started and tells why in the terminal.
 */
export function missingFrom(probe: Probe, python: readonly string[]): ServerFailure | undefined {
  if (probe.django === undefined) return djangoMissing(python);
  if (probe.extensions === undefined) return extensionsMissing(python);
  return probe.installed === false ? extensionsNotInstalled(probe.settingsFile) : undefined;
}
