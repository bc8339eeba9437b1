"""Starlette and FastAPI: their applications, their routes and their static files."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Callable

from ..recording import Recording
from . import applications
from .facts import qualified_name, tells
from .patching import wrap
from .products import product


def install_application(module: ModuleType) -> None:
    """Hooks `Starlette`, which FastAPI extends, for servers that are not hooked themselves."""

    def recording_and_telling(call: Callable) -> Callable:
        return applications.asgi_method(_telling_framework(call))

    wrap(module.Starlette, '__call__', recording_and_telling)


def install_route(module: ModuleType) -> None:
    """Hooks the routes of Starlette, from which older FastAPI inherits."""
    wrap(module.Route, 'handle', _telling_route)


def install_api_route(module: ModuleType) -> None:
    """Hooks the routes of newer FastAPI, which it shares among the routers that include them."""
    wrap(module.APIRoute, 'handle', _telling_route)


def install_static_files(module: ModuleType) -> None:
    wrap(module.StaticFiles, '__call__', _telling_static)


def _telling_framework(call):
    def wrapper(self, scope, receive, send):
        _tell_framework(self)
        return call(self, scope, receive, send)

    return wrapper


@tells
def _tell_framework(recording: Recording, application) -> None:
    if recording.request.framework is None:
        recording.request.framework = product(_framework_of(application))


def _framework_of(application) -> str:
    fastapi = sys.modules.get('fastapi.applications')
    return 'FastAPI' if fastapi and isinstance(application, fastapi.FastAPI) else 'Starlette'


def _telling_route(handle):
    def wrapper(self, scope, receive, send):
        _tell_route(self, scope)
        return handle(self, scope, receive, send)

    return wrapper


@tells
def _tell_route(recording: Recording, route, scope) -> None:
    recording.request.route = _mounted_at(scope) + _path_of(route, scope)
    recording.request.view = qualified_name(scope.get('endpoint'))


def _mounted_at(scope) -> str:
    """Path of the mounted application the route is in, without what a proxy took away."""
    root = scope.get('root_path') or ''
    outermost = scope.get('app_root_path')
    if outermost is None or not root.startswith(outermost):
        return ''
    return root[len(outermost) :]


def _path_of(route, scope) -> str:
    """The template of a route; a shared one has the whole of it in the context of its router."""
    context = (scope.get('fastapi') or {}).get('effective_route_context')
    if getattr(context, 'original_route', None) is route:
        return getattr(context, 'path_format', route.path)
    return route.path


def _telling_static(call):
    def wrapper(self, scope, receive, send):
        _tell_static()
        return call(self, scope, receive, send)

    return wrapper


@tells
def _tell_static(recording: Recording) -> None:
    recording.is_static = True
