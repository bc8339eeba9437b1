import type { Address } from './address';

/** What stands in the way of the server; decides which remedies are offered. */
export type FailureKind =
  | 'applicationMissing'
  | 'interpreterMissing'
  | 'djangoMissing'
  | 'extensionsMissing'
  | 'extensionsNotInstalled'
  | 'serverMissing'
  | 'pythonTooOld'
  | 'notProfiled'
  | 'alreadyRunning'
  | 'portInUse'
  | 'addressRefused'
  | 'settingInvalid'
  | 'crashed'
  | 'waiting'
  | 'exited';

/** What the remedies of a failure need to know. */
export interface FailureDetails {
  /** A file to open. */
  readonly file?: string;
  /** A setting to change, by its full name. */
  readonly setting?: string;
  /** The interpreter, as it is started. */
  readonly python?: readonly string[];
  /** The name under which pip installs what is missing. */
  readonly distribution?: string;
  /** The address that cannot be listened on. */
  readonly address?: Address;
}

/** The server cannot run. The message is one sentence for a person that says what to do. */
export class ServerFailure extends Error {
  override readonly name = 'ServerFailure';

  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly details: FailureDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export function portInUse({ host, port }: Address): ServerFailure {
  return new ServerFailure(
    'portInUse',
    `Port ${port} on ${host} is already in use: stop the program that listens there or use another port.`,
    { address: { host, port } },
  );
}

export function noInterpreter(): ServerFailure {
  return new ServerFailure(
    'interpreterMissing',
    'No Python interpreter was found: create a virtual environment in .venv, or select an interpreter in the Python extension.',
  );
}

export function djangoMissing(python: readonly string[]): ServerFailure {
  return new ServerFailure(
    'djangoMissing',
    `Django is not installed in ${python.join(' ')}: select the interpreter of your project or install Django there.`,
    { python },
  );
}

export function extensionsMissing(python: readonly string[]): ServerFailure {
  return new ServerFailure(
    'extensionsMissing',
    `django-extensions, which has the profiled server, is not installed in ${python.join(' ')}: install it there.`,
    { python },
  );
}

export function extensionsNotInstalled(settingsFile: string | undefined): ServerFailure {
  return new ServerFailure(
    'extensionsNotInstalled',
    `django-extensions is not switched on: add 'django_extensions' to INSTALLED_APPS in ${settingsFile ?? 'the settings of your project'}.`,
    settingsFile === undefined ? {} : { file: settingsFile },
  );
}

/** @param distribution The package that serves the application. */
export function packageMissing(
  distribution: 'django' | 'flask' | 'uvicorn',
  python: readonly string[],
): ServerFailure {
  if (distribution === 'django') return djangoMissing(python);
  return new ServerFailure(
    'serverMissing',
    `${distribution}, which serves the application, is not installed in ${python.join(' ')}: select the interpreter of your project or install it there.`,
    { python, distribution },
  );
}

/** The first version that the profiler runs on. */
export const oldestPython = [3, 8] as const;

export function pythonTooOld(
  [major, minor]: readonly [number, number],
  python: readonly string[],
): ServerFailure {
  return new ServerFailure(
    'pythonTooOld',
    `Python ${major}.${minor} is too old for Hotline's profiler, which needs ${oldestPython.join('.')} or later: select another interpreter, or profile a Django project by django-extensions with hotline.server.profiler.`,
    { python, setting: 'hotline.server.profiler' },
  );
}

/** @param reason The end of a sentence: why the server runs without the profiler. */
export function notProfiled(reason: string, details: FailureDetails = {}): ServerFailure {
  return new ServerFailure('notProfiled', `Requests leave no profiles: ${reason}.`, details);
}

export function profilerKeptOut(python: readonly string[]): ServerFailure {
  const reason = `${python.join(' ')} does not run the profiler, which comes by PYTHONPATH and sitecustomize`;
  return notProfiled(reason, { python });
}

export function settingInvalid(setting: string, problem: string): ServerFailure {
  return new ServerFailure('settingInvalid', `The setting ${setting} ${problem}.`, { setting });
}
