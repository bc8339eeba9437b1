"""Records the requests of applications, for those who add the profiler by hand."""

from __future__ import annotations

from typing import Callable, Optional

from . import staging
from .hooks import serving


def wsgi(
    application: Callable,
    *,
    secret: object = staging.NOT_GIVEN,
    trigger: Optional[str] = None,
    answer: Optional[bool] = None,
) -> Callable:
    """The WSGI application with its requests recorded: all, or those that carry a secret.

    The secret, then, stands in a cookie or a parameter of the query that is named `hotline`, or in
    the header X-Hotline; elsewhere if `trigger` says `cookie:NAME`, `header:NAME` or `query:NAME`.
    If it is empty or `None`, nothing is recorded. With `answer`, the header X-Hotline-Profile of
    the response is the last part of the profile's name. All three hold for the whole process.
    """
    staging.configure(secret, trigger, answer)
    serving.start_explicitly()
    from .interfaces.wsgi import middleware

    return middleware(application)


def asgi(
    application: Callable,
    *,
    secret: object = staging.NOT_GIVEN,
    trigger: Optional[str] = None,
    answer: Optional[bool] = None,
) -> Callable:
    """The ASGI application with its HTTP requests recorded; the rest is as with `wsgi`."""
    staging.configure(secret, trigger, answer)
    serving.start_explicitly()
    from .interfaces.asgi import middleware

    return middleware(application)


#: For `app.wsgi_app = FlaskMiddleware(app.wsgi_app)`.
FlaskMiddleware = wsgi
