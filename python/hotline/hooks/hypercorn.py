"""hypercorn: WSGI and ASGI applications."""

from __future__ import annotations

from types import ModuleType

from . import applications
from .patching import wrap
from .products import product


def install(module: ModuleType) -> None:
    """Hooks the function through which every application goes."""
    wrap(module, 'wrap_app', _wrapping)


def _wrapping(wrap_app):
    def wrapper(app, wsgi_max_body_size, mode=None):
        mode = mode or ('asgi' if applications.is_asgi(app) else 'wsgi')
        record = applications.asgi if mode == 'asgi' else applications.wsgi
        return wrap_app(record(app, product('hypercorn')), wsgi_max_body_size, mode)

    return wrapper
