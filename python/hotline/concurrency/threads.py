"""Threads that a request starts, and work that it gives to pools of threads, work for it."""

from __future__ import annotations

import functools
import sys
from typing import Callable, Tuple

from .. import log
from ..recording import Recording, current

#: Modules whose threads serve any request: only what they are given belongs to one.
_POOLS = ('concurrent.futures.thread', 'anyio._backends._asyncio')


class Carried:
    """A function that works for a recording, on whatever thread it is called."""

    __slots__ = ('_function', '_is_helper', '_recording')

    def __init__(self, recording: Recording, function: Callable, is_helper: bool = False) -> None:
        self._recording = recording
        self._function = function
        self._is_helper = is_helper

    def __call__(self, *args: object, **kwargs: object) -> object:
        self._recording.enter(sys._getframe(), self._is_helper)
        try:
            return self._function(*args, **kwargs)
        finally:
            self._recording.leave()


def install_threads(threading) -> None:
    """Follows threads started by a request for as long as the request lasts."""
    start = threading.Thread.start

    @functools.wraps(start)
    def following(thread, *args, **kwargs):
        recording = current()
        if recording is not None:
            try:
                _carry_thread(recording, thread)
            except Exception as error:
                log.once('thread', 'could not follow a thread: %r' % error)
        return start(thread, *args, **kwargs)

    threading.Thread.start = following


def install_executor(executor: type) -> None:
    """Follows what is submitted to pools of that class."""
    submit = executor.submit

    @functools.wraps(submit)
    def following(pool, *args, **kwargs):
        return submit(pool, *_carried(args), **kwargs)

    executor.submit = following


def install_anyio(to_thread) -> None:
    """Follows what is run by `anyio.to_thread.run_sync`."""
    run_sync = to_thread.run_sync

    @functools.wraps(run_sync)
    async def following(*args, **kwargs):
        return await run_sync(*_carried(args), **kwargs)

    to_thread.run_sync = following


def _carried(args: Tuple) -> Tuple:
    """Arguments of which the first, a function, works for the caller's recording."""
    recording = current()
    if recording is None or not args:
        return args
    return (Carried(recording, args[0]), *args[1:])


def _carry_thread(recording: Recording, thread) -> None:
    if not _is_of_pool(thread):
        thread.run = _once(thread, Carried(recording, thread.run, is_helper=True))


def _is_of_pool(thread) -> bool:
    target = getattr(thread, '_target', None)
    return getattr(target, '__module__', None) in _POOLS or type(thread).__module__ in _POOLS


def _once(thread, run: Callable) -> Callable:
    """Leaves no reference from the thread to itself behind: it shall go when its last user does."""

    def running() -> None:
        del thread.run
        run()

    return running
