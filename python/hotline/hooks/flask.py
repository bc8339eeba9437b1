"""Flask: its application, its routes and its static files."""

from __future__ import annotations

import sys
from types import ModuleType

from ..recording import Recording
from . import applications
from .facts import qualified_name, tell_error, tells
from .patching import wrap
from .products import product


def install(module: ModuleType) -> None:
    """Hooks `Flask`; its `__call__` for servers that are not hooked themselves."""
    wrap(module.Flask, '__call__', applications.wsgi_method)
    wrap(module.Flask, 'dispatch_request', _telling_rule)
    wrap(module.Flask, 'handle_exception', _telling_error)


def _telling_rule(dispatch_request):
    def wrapper(self, *args, **kwargs):
        _tell(self)
        return dispatch_request(self, *args, **kwargs)

    return wrapper


@tells
def _tell(recording: Recording, application) -> None:
    request = recording.request
    request.framework = request.framework or product('Flask')
    rule = sys.modules['flask.globals'].request.url_rule
    if rule is None:
        return
    request.route = rule.rule
    request.view = qualified_name(application.view_functions.get(rule.endpoint))
    if rule.endpoint == 'static' or rule.endpoint.endswith('.static'):
        recording.is_static = True


def _telling_error(handle_exception):
    def wrapper(self, *args, **kwargs):
        tell_error()
        return handle_exception(self, *args, **kwargs)

    return wrapper
