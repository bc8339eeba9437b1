"""Applications of either interface, wrapped so that their requests are recorded."""

from __future__ import annotations

from typing import Callable

from . import serving
from .products import Product


def wsgi(application: Callable, server: Product) -> Callable:
    """The WSGI application of a server that starts, if this process is profiled."""
    if not serving.start():
        return application
    from ..interfaces.wsgi import middleware

    return middleware(application, server)


def asgi(application: Callable, server: Product) -> Callable:
    """The ASGI application of a server that starts, if this process is profiled."""
    if not serving.start():
        return application
    from ..interfaces.asgi import middleware

    return middleware(application, server)


def wsgi_method(method: Callable) -> Callable:
    """A `__call__(self, environ, start_response)` that records what no server has recorded."""

    def wrapper(self, environ, start_response):
        if not serving.start():
            return method(self, environ, start_response)
        from ..interfaces.wsgi import call

        return call(method.__get__(self), environ, start_response)

    return wrapper


def asgi_method(method: Callable) -> Callable:
    """A `__call__(self, scope, receive, send)` that records what no server has recorded."""

    # Servers tell an ASGI application by this being a coroutine function.
    async def wrapper(self, scope, receive, send):
        if not serving.start():
            return await method(self, scope, receive, send)
        from ..interfaces.asgi import call

        return await call(method.__get__(self), scope, receive, send)

    return wrapper


def is_asgi(application: object) -> bool:
    """Whether it is an ASGI application: calling it gives a coroutine."""
    from inspect import iscoroutinefunction

    if isinstance(application, type):
        return hasattr(application, '__await__')
    return iscoroutinefunction(application) or iscoroutinefunction(
        getattr(type(application), '__call__', None)  # noqa: B004 - the function, not whether
    )
