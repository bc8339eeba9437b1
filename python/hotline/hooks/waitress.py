"""waitress."""

from __future__ import annotations

from types import ModuleType

from . import applications
from .patching import wrap
from .products import product


def install(module: ModuleType) -> None:
    wrap(module, 'create_server', _creating)


def _creating(create_server):
    def wrapper(application, *args, **kwargs):
        application = applications.wsgi(application, product('waitress'))
        return create_server(application, *args, **kwargs)

    return wrapper
