"""Django: its WSGI and ASGI handlers, its routes, and where its static files are."""

from __future__ import annotations

import sys
from types import ModuleType

from .. import selection
from ..recording import Recording
from . import applications
from .facts import qualified_name, tell_error, tells
from .patching import wrap
from .products import product


def install_wsgi_handler(module: ModuleType) -> None:
    """Hooks `WSGIHandler`, for servers that are not hooked themselves."""
    wrap(module.WSGIHandler, '__call__', applications.wsgi_method)


def install_asgi_handler(module: ModuleType) -> None:
    """Hooks `ASGIHandler`, for servers that are not hooked themselves."""
    wrap(module.ASGIHandler, '__call__', applications.asgi_method)


def install_base_handler(module: ModuleType) -> None:
    """Hooks what all handlers share, from Django 2.2 on."""
    # Sent before a response is made of an exception.
    sys.modules['django.core.signals'].got_request_exception.connect(tell_error)
    wrap(module.BaseHandler, 'load_middleware', _knowing_static)
    wrap(module.BaseHandler, 'resolve_request', _telling_match)
    if not hasattr(module.BaseHandler, 'resolve_request'):
        wrap(module.BaseHandler, 'get_response', _telling_match_of_request)


def _knowing_static(load_middleware):
    def wrapper(self, *args, **kwargs):
        _add_static()
        return load_middleware(self, *args, **kwargs)

    return wrapper


def _add_static() -> None:
    """As runserver's handler, which leaves files of another host to that host."""
    from urllib.parse import urlparse

    from django.conf import settings

    for name in ('STATIC_URL', 'MEDIA_URL'):
        url = urlparse(getattr(settings, name, None) or '')
        if not url.netloc:
            selection.add_static(url.path)


def _telling_match(resolve_request):
    def wrapper(self, request):
        match = resolve_request(self, request)
        _tell(match)
        return match

    return wrapper


def _telling_match_of_request(get_response):
    """For Django before 3.1, where only the request knows it."""

    def wrapper(self, request):
        try:
            return get_response(self, request)
        finally:
            _tell(getattr(request, 'resolver_match', None))

    return wrapper


@tells
def _tell(recording: Recording, match) -> None:
    request = recording.request
    request.framework = request.framework or product('Django')
    if match is not None:
        request.route = match.route
        request.view = qualified_name(match.func)
