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
    """Puts away what the origin worked for, and has the thread work for what the target does."""
    attributes = target.__dict__
    work = attributes[_WORK] if _WORK in attributes else _inherited(origin, target, left)
    if work is not None and work.recording.ended:
        work = None
    if work is not None and left is not None and target.parent is origin:
        # Its parent waits for it: the two stacks are one (SQLAlchemy's asyncio extension).
        work.caller = (origin, left)
    origin.__dict__[_WORK] = left
    _exchange(left, work)


def _exchange(left: Optional[Work], work: Optional[Work]) -> None:
    is_same = left is not None and work is not None and left.recording is work.recording
    if is_same and not work.recording.listeners.follows_stacks:
        work.take_over(left)
        working[get_ident()] = work
        return
    if left is not None:
        left.recording.pause(left)
    if work is not None:
        work.recording.resume(get_ident(), work)


def _inherited(origin, target, left: Optional[Work]) -> Optional[Work]:
    """Work of a greenlet that is seen for the first time: that of the request which started it."""
    if hasattr(target, 'spawning_greenlet'):
        spawning = target.spawning_greenlet()
        starter = None if spawning is None else spawning.__dict__.get(_WORK)
    elif target.parent is origin and not hasattr(target, 'loop'):
        starter = left
    else:
        # The hub of gevent, which works for all, or one that has run before.
        starter = None
    return None if starter is None else Work(starter.recording, None)
