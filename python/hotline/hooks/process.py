"""What kind of process this is, by its command line: one for requests, or a tool."""

from __future__ import annotations

import os
import sys

_TEST_RUNNERS = ('pytest', 'py.test', 'unittest', 'nose2', 'tox', 'nox', 'ward', 'green')
_INSTALLERS = ('pip', 'pip3', 'pipx', 'poetry', 'uv', 'virtualenv', 'venv', 'build', 'ensurepip')

#: Programs with commands: Django's and Flask's.
_MANAGERS = ('manage', 'django-admin', 'django', 'flask')

#: Commands of theirs that answer no requests, or only those of a test.
_TOOL_COMMANDS = frozenset(
    (
        *('check', 'collectstatic', 'compilemessages', 'createsuperuser', 'dbshell', 'db'),
        *('diffsettings', 'dumpdata', 'flush', 'help', 'inspectdb', 'loaddata', 'makemessages'),
        *('makemigrations', 'migrate', 'routes', 'sendtestemail', 'shell', 'shell_plus'),
        *('showmigrations', 'sqlmigrate', 'squashmigrations', 'startapp', 'startproject'),
        *('test', 'version'),
    )
)


def answers_requests() -> bool:
    """Whether requests that reach this process may be a person's, and not those of its tests."""
    if '_pytest' in sys.modules:
        return False
    arguments = getattr(sys, 'argv', None) or ['']
    # unittest calls itself `python -m unittest`.
    program = _program(arguments[0].rpartition(' ')[2])
    if program in _MANAGERS:
        # Flask's options may come before the command.
        words = arguments[1:] if program == 'flask' else arguments[1:2]
        return 'run' in words or not _TOOL_COMMANDS.intersection(words)
    return program not in _TEST_RUNNERS and program not in _INSTALLERS


def _program(path: str) -> str:
    """`flask` for `/bin/flask`, `flask.exe`, `.../flask/__main__.py` and `-m flask`."""
    folder, name = os.path.split(path)
    name = name[:-3] if name.endswith('.py') else name
    name = name[:-4] if name.lower().endswith('.exe') else name
    return os.path.basename(folder) if name == '__main__' else name
