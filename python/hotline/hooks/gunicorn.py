"""gunicorn: the application of each worker, loaded in the worker or before the fork."""

from __future__ import annotations

from types import ModuleType

from . import applications
from .patching import wrap
from .products import product

#: Modules of the workers that call a WSGI application themselves; others hand it on, or take
#: another kind of application.
_WSGI_WORKERS = {
    'gunicorn.workers.base_async',
    'gunicorn.workers.gthread',
    'gunicorn.workers.sync',
}


def install(module: ModuleType) -> None:
    """Hooks the worker that all others extend."""
    wrap(module.Worker, 'load_wsgi', _loading_wsgi)


def install_asgi(module: ModuleType) -> None:
    """Hooks the ASGI worker that gunicorn has since version 24."""
    wrap(module.ASGIWorker, 'load_wsgi', _loading_asgi)


def _loading_wsgi(load_wsgi):
    def wrapper(self):
        load_wsgi(self)
        if _WSGI_WORKERS.intersection(base.__module__ for base in type(self).__mro__):
            self.wsgi = applications.wsgi(self.wsgi, product('gunicorn'))

    return wrapper


def _loading_asgi(load_wsgi):
    def wrapper(self):
        load_wsgi(self)
        self.asgi = applications.asgi(self.asgi, product('gunicorn'))

    return wrapper
