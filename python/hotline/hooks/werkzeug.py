"""werkzeug's development server, which is `flask run`'s and `runserver_plus`'s too."""

from __future__ import annotations

from types import ModuleType

from . import applications
from .patching import wrap
from .products import product


def install(module: ModuleType) -> None:
    wrap(module.BaseWSGIServer, '__init__', _initialising)


def _initialising(initialise):
    def wrapper(self, *args, **kwargs):
        initialise(self, *args, **kwargs)
        self.app = applications.wsgi(self.app, product('Werkzeug'))

    return wrapper
