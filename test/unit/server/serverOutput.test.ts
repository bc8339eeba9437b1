import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { FailureKind } from '../../../src/server/failures';
import { explainExit, explainStandstill } from '../../../src/server/serverOutput';

const server = { python: ['/home/ada/shop/.venv/bin/python'], host: '127.0.0.1', port: 8000 };

function recorded(name: string): string {
  return readFileSync(join(import.meta.dirname, 'outputs', `${name}.txt`), 'utf8');
}

/** Outputs of servers that ended with exit code 1 or 2, and what a person is told. */
const exits: readonly (readonly [name: string, kind: FailureKind, message: string])[] = [
  [
    'django42PortInUse',
    'portInUse',
    'Port 8000 on 127.0.0.1 is already in use: stop the program that listens there or use another port.',
  ],
  [
    'django52PortInUse',
    'portInUse',
    'Port 8000 on 127.0.0.1 is already in use: stop the program that listens there or use another port.',
  ],
  [
    'django52AddressRefused',
    'addressRefused',
    '127.0.0.1 is not an address of this computer: set hotline.server.host to one, for example 127.0.0.1.',
  ],
  [
    'djangoMissing',
    'djangoMissing',
    'Django is not installed in /home/ada/shop/.venv/bin/python: select the interpreter of your project or install Django there.',
  ],
  [
    'extensionsMissing',
    'extensionsMissing',
    'django-extensions, which has the profiled server, is not installed in /home/ada/shop/.venv/bin/python: install it there.',
  ],
  [
    'extensionsNotInstalled',
    'extensionsNotInstalled',
    "django-extensions is not switched on: add 'django_extensions' to INSTALLED_APPS in the settings of your project.",
  ],
  [
    'settingsCrash',
    'crashed',
    "The application crashed while loading, fix it and start again: ModuleNotFoundError: No module named 'nosuchlib'.",
  ],
  [
    'modelsCrash',
    'crashed',
    'The application crashed while loading, fix it and start again: ZeroDivisionError: division by zero.',
  ],
  [
    'systemCheck',
    'crashed',
    "The application crashed while loading, fix it and start again: Django's system check found ?: (staticfiles.E001) The STATICFILES_DIRS setting is not a tuple or list.",
  ],
  [
    'databaseDriverMissing',
    'crashed',
    'The application crashed while loading, fix it and start again: ImproperlyConfigured: Error loading psycopg2 or psycopg module.',
  ],
  [
    'manageSyntaxError',
    'crashed',
    'The application crashed while loading, fix it and start again: SyntaxError: invalid syntax.',
  ],
  [
    'manageGone',
    'applicationMissing',
    '/home/ada/shop/manage.py is gone: start again to choose another application.',
  ],
  [
    'unknownOption',
    'settingInvalid',
    'The setting hotline.server.arguments does not suit runprofileserver, correct it: unrecognized arguments: --no-such.',
  ],
  [
    'flaskPortInUse',
    'portInUse',
    'Port 8000 on 127.0.0.1 is already in use: stop the program that listens there or use another port.',
  ],
  [
    'uvicornPortInUse',
    'portInUse',
    'Port 8000 on 127.0.0.1 is already in use: stop the program that listens there or use another port.',
  ],
  [
    'gunicornPortInUse',
    'portInUse',
    'Port 8000 on 127.0.0.1 is already in use: stop the program that listens there or use another port.',
  ],
  [
    'uvicornAddressRefused',
    'addressRefused',
    '127.0.0.1 is not an address of this computer: set hotline.server.host to one, for example 127.0.0.1.',
  ],
  [
    'flaskMissing',
    'serverMissing',
    'flask, which serves the application, is not installed in /home/ada/shop/.venv/bin/python: select the interpreter of your project or install it there.',
  ],
  [
    'uvicornMissing',
    'serverMissing',
    'uvicorn, which serves the application, is not installed in /home/ada/shop/.venv/bin/python: select the interpreter of your project or install it there.',
  ],
  [
    'flaskCrash',
    'crashed',
    "The application crashed while loading, fix it and start again: ModuleNotFoundError: No module named 'nosuchlib'.",
  ],
  [
    'gunicornCrash',
    'crashed',
    "The application crashed while loading, fix it and start again: ModuleNotFoundError: No module named 'nosuchlib'.",
  ],
  [
    'flaskUnknownOption',
    'settingInvalid',
    "The setting hotline.server.arguments does not suit flask, correct it: No such option '--no-such'.",
  ],
  [
    'uvicornUnknownOption',
    'settingInvalid',
    "The setting hotline.server.arguments does not suit uvicorn, correct it: No such option '--no-such'.",
  ],
];

describe('explainExit', () => {
  for (const [name, kind, message] of exits) {
    it(`explains ${name}`, () => {
      const failure = explainExit(recorded(name), { code: 1, signal: null }, server);
      assert.deepEqual([failure.kind, failure.message], [kind, message]);
    });
  }

  it('reads what Python 3.13 colours', () => {
    const colored =
      'Traceback (most recent call last):\r\n  File "\u001b[35m/shop/urls.py\u001b[0m", line 3\r\n\u001b[1;35mNameError\u001b[0m: \u001b[35mname \'x\' is not defined\u001b[0m\r\n';
    const failure = explainExit(colored, { code: 1, signal: null }, server);
    assert.match(failure.message, /NameError: name 'x' is not defined/);
  });

  it('takes the last traceback, not that of a request before it', () => {
    const output = `Internal Server Error: /\nTraceback (most recent call last):\n  File "v.py"\nKeyError: 'a'\n${recorded('settingsCrash')}`;
    const failure = explainExit(output, { code: 1, signal: null }, server);
    assert.match(failure.message, /nosuchlib/);
  });

  it('does not blame the traceback of a request for a kill', () => {
    const output = `Traceback (most recent call last):\n  File "v.py"\nKeyError: 'a'\nListening.\n`;
    const failure = explainExit(output, { code: null, signal: 'SIGKILL' }, server);
    assert.equal(failure.kind, 'exited');
    assert.equal(
      failure.message,
      'The profiled server ended by the signal SIGKILL; its last words: Listening.',
    );
  });

  it('tells an end without any word', () => {
    const failure = explainExit('', { code: 0, signal: null }, server);
    assert.equal(failure.message, 'The profiled server ended with exit code 0.');
  });

  it('keeps an endless exception short', () => {
    const output = `Traceback (most recent call last):\nValueError: ${'x'.repeat(10_000)}\n`;
    const { message } = explainExit(output, { code: 1, signal: null }, server);
    assert.ok(message.length < 500, `${message.length} characters`);
  });
});

describe('explainStandstill', () => {
  it('says that a saved fix starts the server', () => {
    const failure = explainStandstill(recorded('urlsStandstill'), server);
    assert.equal(failure?.kind, 'waiting');
    assert.equal(
      failure.message,
      "The application crashed while loading, save a fix and the server starts: ModuleNotFoundError: No module named 'nosuchlib'.",
    );
  });

  it('names what the system check found', () => {
    const failure = explainStandstill(recorded('systemCheckStandstill'), server);
    assert.match(failure?.message ?? '', /STATICFILES_DIRS setting is not a tuple or list/);
  });

  for (const [name, reason] of [
    ['uvicornStandstill', "ModuleNotFoundError: No module named 'nosuchlib'"],
    ['uvicornObjectMissing', 'Attribute "nope" not found in module "main"'],
  ] as const) {
    it(`sees that uvicorn’s reloader waits: ${name}`, () => {
      assert.equal(
        explainStandstill(recorded(name), server)?.message,
        `The application crashed while loading, save a fix and the server starts: ${reason}.`,
      );
    });
  }

  it('sees the server of an old version without cProfile stand still', () => {
    const failure = explainStandstill(recorded('hotshotMissing'), server);
    assert.match(failure?.message ?? '', /CommandError: Hotshot profile library not found/);
  });

  it('leaves alone the traceback of a request', () => {
    const output = `Watching for file changes with StatReloader\nInternal Server Error: /\nTraceback (most recent call last):\n  File "v.py"\nKeyError: 'a'\n`;
    assert.equal(explainStandstill(output, server), undefined);
  });

  it('waits for the end of a traceback that is half written', () => {
    const output = recorded('urlsStandstill');
    const half = output.slice(0, output.lastIndexOf('ModuleNotFoundError'));
    assert.equal(explainStandstill(half, server), undefined);
  });
});
