"""What to call this process."""

from __future__ import annotations

import os
import re
import sys

#: Programs that have commands, or name the application: `manage.py runserver`, `gunicorn shop.wsgi`.
_WITH_ARGUMENT = (
    'manage.py',
    'django-admin',
    'django',
    'flask',
    'gunicorn',
    'uvicorn',
    'hypercorn',
)

_WORD = re.compile(r'[A-Za-z_][\w.:]*')


def process_name() -> str:
    """Of the program, with its command where it has such; options and values may be secret."""
    arguments = getattr(sys, 'argv', None) or ['']
    program = _program(arguments[0])
    if program in _WITH_ARGUMENT:
        words = [word for word in arguments[1:2] if _WORD.fullmatch(word)]
        return ' '.join([program, *words])
    return program


def _program(path: str) -> str:
    """`flask` for `/bin/flask`, `flask.exe` and `.../flask/__main__.py`; `python` for none."""
    folder, name = os.path.split(path)
    if name == '__main__.py':
        name = os.path.basename(folder)
    if name.lower().endswith('.exe'):
        name = name[:-4]
    return 'python' if name in ('', '-', '-c', '-m') else name
