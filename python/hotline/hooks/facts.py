"""What a framework tells of the request that it is answering."""

from __future__ import annotations

import functools
import sys
from typing import Callable

from .. import log
from ..recording import Recording, current


def tells(tell: Callable) -> Callable:
    """Makes of `tell(recording, ...)` a function without the first argument.

    It does nothing where no request is recorded, and its errors do not reach the request.
    """

    @functools.wraps(tell)
    def wrapper(*arguments: object, **named: object) -> None:
        recording = current()
        if recording is None:
            return
        try:
            tell(recording, *arguments, **named)
        except Exception as error:
            log.once(tell.__module__ + tell.__name__, 'a fact of a request is missing: %r' % error)

    return wrapper


@tells
def tell_error(recording: Recording, **_: object) -> None:
    """Notes the exception that is being handled, which the framework makes a response of."""
    error = sys.exc_info()[0]
    if error is not None:
        recording.request.error = error.__name__


def qualified_name(view: object) -> str | None:
    """`shop.views.product_list`; of a method, a class or a partial too."""
    while isinstance(view, functools.partial):
        view = view.func
    # A class-based view of Django, and one of Django REST framework.
    view = getattr(view, 'view_class', None) or getattr(view, 'cls', view)
    if view is not None and not hasattr(view, '__qualname__'):
        view = type(view)
    return view and '%s.%s' % (view.__module__, view.__qualname__)
