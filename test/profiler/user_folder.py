"""A temporary folder of the user's own code, which the profiler takes for the only source root."""

import contextlib
import importlib
import os
import shutil
import sys
import tempfile
import textwrap

from hotline import settings, user_code


class UserFolder:
    """Makes modules and other files; `close` takes all of it away again."""

    def __init__(self, **environment):
        self.path = os.path.realpath(tempfile.mkdtemp(prefix='hotline-test-'))
        self._modules = []
        self._environment = dict(environment, HOTLINE_SOURCE_ROOTS=self.path)
        self._previous = settings._current
        self.set()
        sys.path.insert(0, self.path)

    def set(self, **environment):
        """Changes settings by their variables."""
        self._environment.update(environment)
        settings._current = settings.Settings(self._environment)
        user_code.forget()

    def file(self, name, text):
        """Writes a file, with the indentation of the test taken away; its path."""
        path = os.path.join(self.path, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(textwrap.dedent(text).lstrip('\n'))
        return path

    def module(self, name, text):
        """Writes and imports a module of the user's."""
        self.file(name.replace('.', '/') + '.py', text)
        importlib.invalidate_caches()
        self._modules.append(name)
        return importlib.import_module(name)

    def close(self):
        settings._current = self._previous
        user_code.forget()
        with contextlib.suppress(ValueError):
            sys.path.remove(self.path)
        for name in self._modules:
            sys.modules.pop(name, None)
        shutil.rmtree(self.path, ignore_errors=True)


def line_of(path, text):
    """Number of the only line of a file that contains a text."""
    with open(path, encoding='utf-8') as file:
        numbers = [number for number, line in enumerate(file, 1) if text in line]
    assert len(numbers) == 1, (text, numbers)
    return numbers[0]
