"""Greenlets, of gevent or plain: a thread works for the recording of the one it has switched to."""

from __future__ import annotations

from typing import Callable, Optional, Tuple

import greenlet

from .. import log
from ..recording import Work, switching, working
from .originals import get_ident

#: Attribute of a suspended greenlet: the work that it goes on with.
_WORK = '_hotline_work'


def follow() -> None:
    """Traces the switches on the calling thread; a trace function that is there stays in use."""
    trace = greenlet.gettrace()
    if not isinstance(trace, _Trace):
        greenlet.settrace(_Trace(trace))


class _Trace:
    def __init__(self, other: Optional[Callable]) -> None:
        self._other = other

    def __call__(self, event: str, switch: Tuple[object, object]) -> None:
        # Called after the switch: until the next line the thread seems to work for the origin.
        left = working.pop(get_ident(), None)
        try:
            _switch(left, *switch)
        except Exception as error:
            log.once('greenlets', 'could not follow a greenlet: %r' % error)
        if self._other is not None:
            self._other(event, switch)


switching.add(id(_Trace.__call__.__code__))


def _switch(left: Optional[Work], origin, target) -> None:
    if left is not None:
        left.recording.pause(left)
    origin.__dict__[_WORK] = left
    if _WORK in target.__dict__:
        work = target.__dict__[_WORK]
    else:
        work = _inherited(origin, target, left)
    if work is not None and not work.recording.ended:
        work.recording.resume(get_ident(), work)


def _inherited(origin, target, left: Optional[Work]) -> Optional[Work]:
    """Work of a greenlet that runs for the first time: that of the request which has started it.

    One whose parent waits for it is part of the parent's stack (SQLAlchemy's asyncio extension);
    one that was spawned has a stack of its own.
    """
    if left is not None and target.parent is origin:
        return Work(left.recording, None, caller=(origin, left))
    spawning = getattr(target, 'spawning_greenlet', lambda: None)()
    spawned_for = None if spawning is None else spawning.__dict__.get(_WORK)
    return None if spawned_for is None else Work(spawned_for.recording, None)
