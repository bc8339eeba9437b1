"""Tasks of asyncio that a request starts work for that request."""

from __future__ import annotations

import asyncio

from .. import log
from ..recording import current
from .coroutines import Driven


def follow() -> None:
    """Has the running event loop, if it is one of asyncio, tell of the tasks that are created."""
    try:
        loop = asyncio._get_running_loop()
        if loop is not None:
            _set_factory(loop)
    except Exception as error:
        log.once('tasks', 'could not follow the tasks of requests: %r' % error)


def _set_factory(loop: asyncio.AbstractEventLoop) -> None:
    factory = loop.get_task_factory()
    if not isinstance(factory, _TaskFactory):
        loop.set_task_factory(_TaskFactory(factory))


class _TaskFactory:
    """Creates tasks as the factory in whose place it was set."""

    def __init__(self, replaced) -> None:
        self._create = replaced or _create

    def __call__(self, loop, coroutine, **options):
        recording = current()
        if recording is not None:
            coroutine = Driven(recording, coroutine)
        return self._create(loop, coroutine, **options)


def _create(loop, coroutine, **options):
    return asyncio.Task(coroutine, loop=loop, **options)
