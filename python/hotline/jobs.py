"""`hotline.profile`: records what is no request of a server: a job, a command, a part of a test."""

from __future__ import annotations

import functools
import inspect
import sys
from types import FrameType
from typing import Callable, Optional

from . import recorder
from .concurrency.originals import get_ident
from .hooks import serving
from .recording import Recording, working
from .request import Request


class profile:
    """Records a block, `with hotline.profile('name'):`, or each call of a function.

    As a decorator, `@hotline.profile('name')`, it takes plain functions and coroutine functions.
    In a coroutine function only the decorator can tell its own time from that of other tasks.
    Within a recorded request nothing more is recorded. The name takes the place of the path.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._recording: Optional[Recording] = None

    def __enter__(self) -> profile:
        caller = sys._getframe(1)
        self._recording = self._begin(caller.f_back or caller)
        if self._recording is not None and caller.f_back is None:
            # A script's own module, which no frame is outside of.
            working[get_ident()].outside = None
        return self

    def __exit__(self, kind: Optional[type], error: object, traceback: object) -> None:
        if self._recording is not None:
            _finish(self._recording, kind)

    def __call__(self, function: Callable) -> Callable:
        if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
            raise TypeError('hotline.profile cannot record a generator function: %r' % function)
        wrapper = self._of_coroutine if inspect.iscoroutinefunction(function) else self._of_call
        return functools.wraps(function)(wrapper(function))

    def _of_call(self, function: Callable) -> Callable:
        def wrapper(*args: object, **kwargs: object) -> object:
            recording = self._begin(sys._getframe())
            if recording is None:
                return function(*args, **kwargs)
            kind = None
            try:
                return function(*args, **kwargs)
            except BaseException as error:
                kind = type(error)
                raise
            finally:
                _finish(recording, kind)

        return wrapper

    def _of_coroutine(self, function: Callable) -> Callable:
        async def wrapper(*args: object, **kwargs: object) -> object:
            recording = self._begin(sys._getframe(), enters=False)
            if recording is None:
                return await function(*args, **kwargs)
            from .interfaces.asgi import record

            return await record(recording, function(*args, **kwargs))

        return wrapper

    def _begin(self, outside: FrameType, enters: bool = True) -> Optional[Recording]:
        serving.start_explicitly()
        return recorder.begin(Request(None, self._name), outside, enters)


def _finish(recording: Recording, kind: Optional[type]) -> None:
    if kind is not None:
        recording.request.error = kind.__name__
    recorder.finish(recording)
