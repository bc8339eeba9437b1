"""Records the requests of applications, for those who add the profiler by hand."""

from __future__ import annotations

from typing import Callable

from .hooks import serving


def wsgi(application: Callable) -> Callable:
    """The WSGI application with each of its requests recorded."""
    serving.start_explicitly()
    from .interfaces.wsgi import middleware

    return middleware(application)


def asgi(application: Callable) -> Callable:
    """The ASGI application with each of its HTTP requests recorded."""
    serving.start_explicitly()
    from .interfaces.asgi import middleware

    return middleware(application)


#: For `app.wsgi_app = FlaskMiddleware(app.wsgi_app)`.
FlaskMiddleware = wsgi
