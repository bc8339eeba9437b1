import { settingInvalid } from './failures';
import type { Probe } from './probe';

/** All that decides how django-extensions' profiled server is started. */
export interface CommandLineFacts {
  readonly python: readonly string[];
  readonly manageFile: string;
  readonly profileDirectory: string;
  readonly template: string;
  readonly host: string;
  readonly port: number;
  readonly noMedia: boolean;
  readonly kcachegrind: boolean;
  readonly threading: 'auto' | 'always' | 'never';
  readonly furtherArguments: readonly string[];
  readonly probe: Probe;
}

export interface CommandLine {
  readonly argv: readonly string[];
  /** Sentences on what was added or left out and why, for the terminal and the tooltip. */
  readonly notes: readonly string[];
}

const fieldsOfRunprofileserver = new Set(['path', 'duration', 'time']);

/**
 * `python manage.py runprofileserver ...` as django-extensions 1.7 to 4.1 understand it.
 * @throws ServerFailure when a setting asks for what runprofileserver cannot do.
 */
export function profiledServerCommand(facts: CommandLineFacts): CommandLine {
  const { probe } = facts;
  const notes: string[] = [];
  const options: string[] = ['--prof-path', facts.profileDirectory];
  if (understands(probe, '--prof-file')) options.push('--prof-file', checkedTemplate(facts));
  else notes.push('This version of django-extensions names the profiles itself.');
  options.push(...mediaOption(facts, notes));
  if (facts.kcachegrind) options.push('--kcachegrind');
  options.push(...threadingOption(facts, notes), ...versionOptions(probe));
  return {
    argv: [
      ...facts.python,
      facts.manageFile,
      'runprofileserver',
      ...options,
      ...facts.furtherArguments,
      address(facts),
    ],
    notes,
  };
}

/** Options that are not known are taken for those of the newest version. */
function understands({ options }: Probe, option: string): boolean {
  return options === undefined || options.has(option);
}

/** runprofileserver formats a name to try it out, and a field it does not know ends it. */
function checkedTemplate({ template }: CommandLineFacts): string {
  const unescaped = template.replaceAll('{{', '').replaceAll('}}', '');
  for (const [, field = ''] of unescaped.matchAll(/\{(\w*)/g)) {
    if (!fieldsOfRunprofileserver.has(field)) {
      throw settingInvalid(
        'hotline.fileNameTemplate',
        `has {${field}}, but runprofileserver fills in only {path}, {duration} and {time}: take it out`,
      );
    }
  }
  return template;
}

/**
 * `--nomedia` leaves out every path that begins with MEDIA_URL or STATIC_URL. Django 3.1 and later
 * make `/` of a MEDIA_URL that is not set, and with that nothing at all would be profiled.
 */
function mediaOption({ noMedia, probe }: CommandLineFacts, notes: string[]): string[] {
  if (!noMedia) return [];
  const everything = probe.excludedUrls.find(([, url]) => url === '/');
  if (!everything) return ['--nomedia'];
  notes.push(
    `--nomedia is left out, because ${everything[0]} is "/" and no request would be profiled: set ${everything[0]} to leave static files unprofiled.`,
  );
  return [];
}

function threadingOption(
  { threading, probe: { version } }: CommandLineFacts,
  notes: string[],
): string[] {
  if (threading === 'always') return [];
  if (threading === 'never') return ['--nothreading'];
  const [major, minor] = version;
  if (major < 3 || (major === 3 && minor < 12)) return [];
  notes.push(
    `One request at a time (--nothreading): on Python ${major}.${minor} two profiles at once fail or record each other's calls.`,
  );
  return ['--nothreading'];
}

/**
 * `--use-cprofile`, where it exists (before 4.0), keeps it from Python 2's hotshot, without which
 * it ends. `--skip-checks` leaves the checks to runprofileserver's own thread, which makes them
 * again anyway: a broken file then waits for its fix in the autoreloader, as with runserver.
 */
function versionOptions({ options }: Probe): string[] {
  return ['--use-cprofile', '--skip-checks'].filter((option) => options?.has(option));
}

/** runprofileserver splits `addr:port` at every colon. */
function address({ host, port }: CommandLineFacts): string {
  if (host.includes(':')) {
    throw settingInvalid(
      'hotline.server.host',
      `is the IPv6 address ${host}, on which runprofileserver cannot listen: use an IPv4 address or a name`,
    );
  }
  return `${host}:${port}`;
}

/** A command as it can be read and copied; no shell takes it from here. */
export function shownCommand(argv: readonly string[]): string {
  return argv
    .map((argument) => (/^[\w@%+=:,./\\-]+$/.test(argument) ? argument : `"${argument}"`))
    .join(' ');
}
