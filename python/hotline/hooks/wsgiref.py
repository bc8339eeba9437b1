"""The standard library's server, which is Django's runserver too."""

from __future__ import annotations

import sys
from types import ModuleType

from . import applications
from .patching import wrap
from .products import product


def install(module: ModuleType) -> None:
    wrap(module.WSGIServer, 'set_app', _setting)


def _setting(set_app):
    def wrapper(self, application):
        set_app(self, applications.wsgi(application, _product_of(self)))

    return wrapper


def _product_of(server):
    if type(server).__module__.startswith('django.'):
        return 'runserver', product('Django')[1]
    return 'wsgiref', '%d.%d.%d' % sys.version_info[:3]
