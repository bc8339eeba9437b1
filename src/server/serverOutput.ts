import type { Address } from './address';
import {
  extensionsMissing,
  extensionsNotInstalled,
  packageMissing,
  portInUse,
  ServerFailure,
  settingInvalid,
} from './failures';

/** What is known of a server besides its output. */
export interface ServerFacts extends Address {
  /** The interpreter as it was started, or the custom command's program. */
  readonly python: readonly string[];
}

/** Control sequences that colour a terminal (ECMA-48 CSI); Python 3.13 writes them in tracebacks. */
// eslint-disable-next-line no-control-regex -- an escape sequence begins with a control character
const controlSequence = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;

/** The output as it would read on paper. */
export function withoutColors(output: string): string {
  return output.replace(controlSequence, '');
}

interface Rule {
  readonly pattern: RegExp;
  readonly explain: (facts: ServerFacts, match: RegExpExecArray) => ServerFailure;
}

const crashed = (exception: string): ServerFailure =>
  new ServerFailure(
    'crashed',
    `The application crashed while loading, fix it and start again: ${exception}.`,
  );

const argumentRefused = (server = '', problem = ''): ServerFailure =>
  settingInvalid(
    'hotline.server.arguments',
    `does not suit ${server}, correct it: ${sentenceEnd(problem)}`,
  );

/**
 * What Django 2 to 6, runprofileserver of django-extensions 1.7 to 4.1, Flask, gunicorn and uvicorn
 * write when they cannot start. The first rule that matches explains the failure.
 */
const rules: readonly Rule[] = [
  {
    pattern: /port is already in use|Address already in use|WinError 10048|Port \d+ is in use/i,
    explain: portInUse,
  },
  {
    pattern: /IP address can't be assigned|Can't assign requested address|Cannot assign requested/,
    explain: ({ host }) =>
      new ServerFailure(
        'addressRefused',
        `${host} is not an address of this computer: set hotline.server.host to one, for example 127.0.0.1.`,
        { setting: 'hotline.server.host' },
      ),
  },
  {
    pattern: /don't have permission to access that port|WinError 10013/,
    explain: ({ port }) =>
      new ServerFailure(
        'addressRefused',
        `You may not listen on port ${port}: set hotline.server.port to one above 1023.`,
        { setting: 'hotline.server.port' },
      ),
  },
  {
    pattern: /No module named ['"]?django['"]?\s*$/m,
    explain: ({ python }) => packageMissing('django', python),
  },
  {
    pattern: /No module named ['"]?flask['"]?\s*$/m,
    explain: ({ python }) => packageMissing('flask', python),
  },
  {
    pattern: /No module named ['"]?uvicorn['"]?\s*$/m,
    explain: ({ python }) => packageMissing('uvicorn', python),
  },
  {
    pattern: /No module named ['"]?django_extensions['"]?\s*$/m,
    explain: ({ python }) => extensionsMissing(python),
  },
  {
    pattern: /Unknown command: ['"]runprofileserver['"]/,
    explain: () => extensionsNotInstalled(undefined),
  },
  {
    pattern: /can't open file '(.*manage\.py)': \[Errno 2\]/,
    explain: (_, match) =>
      new ServerFailure(
        'applicationMissing',
        `${match[1] ?? 'manage.py'} is gone: start again to choose another application.`,
      ),
  },
  {
    pattern: /manage\.py (runprofileserver|runserver): error: (.+)/,
    explain: (_, match) => argumentRefused(match[1], match[2]),
  },
  {
    pattern:
      /^Usage: .*-m (flask|uvicorn)\b[^]*^Error: (No such option.+?)\.?(?: Did you mean.*)?$/m,
    explain: (_, match) => argumentRefused(match[1], match[2]),
  },
  {
    pattern: /SystemCheckError: .*\s+ERRORS:\s+(.+)/,
    explain: (_, match) => crashed(`Django's system check found ${sentenceEnd(match[1])}`),
  },
];

/** Why the server's process ended by itself, from the end of its output. */
export function explainExit(
  output: string,
  exit: { readonly code: number | null; readonly signal: string | null },
  facts: ServerFacts,
): ServerFailure {
  const text = withoutColors(output);
  // What was killed, or ended in peace, may have shown the traceback of a request long before.
  if (exit.signal !== null || exit.code === 0) return explainSilentExit(text, exit);
  const exception = lastException(text);
  return (
    explainByRules(text, facts) ??
    (exception === undefined ? explainSilentExit(text, exit) : crashed(exception))
  );
}

/**
 * How a reloader tells that the server below it has crashed: Django's thread, uvicorn's process, and
 * uvicorn where the module lacks the application.
 */
const crashOfReloaded =
  /Exception in thread django-main-thread|^Process SpawnProcess-\d+:|^ERROR: +Error loading ASGI app\. (?<reason>.+)/gm;

/** Why the server waits for a change of its source while its process lives on; `undefined` when it does not. */
export function explainStandstill(output: string, facts: ServerFacts): ServerFailure | undefined {
  const text = withoutColors(output);
  const crash = [...text.matchAll(crashOfReloaded)].at(-1);
  if (!crash) return undefined;
  const since = text.slice(crash.index);
  const reason = crash.groups?.['reason'];
  const exception = reason === undefined ? lastException(since) : sentenceEnd(reason);
  if (exception === undefined) return undefined;
  return (
    explainByRules(since, facts) ??
    new ServerFailure(
      'waiting',
      `The application crashed while loading, save a fix and the server starts: ${exception}.`,
    )
  );
}

function explainByRules(text: string, facts: ServerFacts): ServerFailure | undefined {
  for (const { pattern, explain } of rules) {
    const match = pattern.exec(text);
    if (match) return explain(facts, match);
  }
  return undefined;
}

function explainSilentExit(
  text: string,
  exit: { readonly code: number | null; readonly signal: string | null },
): ServerFailure {
  const lastLine = text.trimEnd().split('\n').at(-1)?.trim();
  const how =
    exit.signal === null ? `with exit code ${String(exit.code)}` : `by the signal ${exit.signal}`;
  const said = lastLine ? `; its last words: ${sentenceEnd(lastLine)}` : '';
  return new ServerFailure('exited', `The profiled server ended ${how}${said}.`);
}

/**
 * What the last traceback ends with: `ExceptionName: message`. Frames and source lines are
 * indented, so it is the first line after the heading that is not; its message may have further
 * lines. A syntax error in manage.py itself has no heading, Django's own refusals are no tracebacks.
 */
function lastException(text: string): string | undefined {
  const start = text.lastIndexOf('Traceback (most recent call last)');
  if (start >= 0) {
    const match = /^(?:\w+\.)*([A-Z]\w*)(?:: (.+))?$/m.exec(text.slice(start).replaceAll('\r', ''));
    const [, name, message] = match ?? [];
    if (name !== undefined)
      return sentenceEnd(message === undefined ? name : `${name}: ${message}`);
  }
  const bare = /^((?:Syntax|Indentation|Tab)Error: .+|CommandError: .+)$/m;
  const refusal = bare.exec(text.replaceAll('\r', ''));
  return refusal ? sentenceEnd(refusal[1]) : undefined;
}

/** A text that can stand at the end of a sentence: no full stop of its own, not endless. */
function sentenceEnd(text: string | undefined): string {
  const line = (text ?? '').trim().replace(/[.\s]+$/, '');
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
