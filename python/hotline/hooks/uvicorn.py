"""uvicorn, also with reloading, with several workers and as a worker of gunicorn."""

from __future__ import annotations

from types import ModuleType

from . import applications
from .patching import wrap
from .products import product


def install(module: ModuleType) -> None:
    """Hooks the configuration, which loads the application in the process that serves it."""
    wrap(module.Config, 'load', _loading)


def _loading(load):
    def wrapper(self):
        load(self)
        self.loaded_app = applications.asgi(self.loaded_app, product('uvicorn'))

    return wrapper
