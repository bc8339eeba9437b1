"""Stacks of running threads and of suspended coroutines."""

from __future__ import annotations

import gc
import sys
from functools import partial
from itertools import accumulate, chain, repeat, takewhile
from operator import attrgetter, is_not
from types import FrameType
from typing import Iterator, List, Optional, Tuple

from .samples import Call

#: Of deeper stacks the outermost and the innermost half of so many frames are kept.
MOST_FRAMES = 400

LEFT_OUT: Call = ('[… frames left out]', 0)

#: Attributes that hold the frame of a suspended coroutine, generator or asynchronous generator,
#: and what that one waits for.
_SUSPENDED = (('cr_frame', 'cr_await'), ('gi_frame', 'gi_yieldfrom'), ('ag_frame', 'ag_await'))

#: Whether to make a frame object of a running frame may start the garbage collector: later
#: versions start it between two instructions only, earlier ones need not make such objects.
_COLLECTS_ANYWHERE = sys.version_info[:2] == (3, 11)

_call = attrgetter('f_code', 'f_lasti')
_greenlets_frame = attrgetter('gr_frame')


def running_stack(ident: int, outside: Optional[FrameType]) -> Optional[List[Call]]:
    """Calls of a thread from below `outside` (the whole stack without it), outermost first.

    `None` if `outside` is not on its stack: the thread is about to leave the request.
    """
    return _stack(map(dict.get, iter(sys._current_frames, None), (ident,)), outside)


def greenlet_stack(greenlet: object, outside: Optional[FrameType]) -> Optional[List[Call]]:
    """As `running_stack`, of a suspended greenlet."""
    return _stack(map(_greenlets_frame, (greenlet,)), outside)


def _stack(innermost: Iterator[FrameType], outside: Optional[FrameType]) -> Optional[List[Call]]:
    """Walks outwards from the one frame that is iterated.

    No other thread may run meanwhile: on Python 3.11, going on from a frame that has returned in
    between ends the process (sentry-python #2386, cpython #106883). So all of it happens within
    `extend`, which runs no Python code, and there without the garbage collector, which may.
    """
    frames = accumulate(chain(innermost, repeat('f_back')), getattr)
    walk = map(_call, takewhile(partial(is_not, outside), frames))
    calls: List[Call] = []
    collects = _COLLECTS_ANYWHERE and gc.isenabled()
    if collects:
        gc.disable()
    try:
        calls.extend(walk)
    except AttributeError:
        # The walk has come to None, beyond the thread's outermost frame.
        return None
    finally:
        if collects:
            gc.enable()
    calls.reverse()
    return _shortened(calls)


def awaiting_stack(awaitable: object, into_tasks: bool = True) -> List[Call]:
    """Calls of a suspended coroutine and of all that it awaits, outermost first.

    The coroutine of a task that is awaited belongs to it if `into_tasks`.
    """
    calls: List[Call] = []
    for _ in range(MOST_FRAMES):
        frame, awaited = _suspension(awaitable)
        if frame is not None:
            calls.append((frame.f_code, frame.f_lasti))
        else:
            awaited = _inside(awaitable, into_tasks)
        if awaited is None:
            break
        awaitable = awaited
    return calls


def _suspension(awaitable: object) -> Tuple[Optional[FrameType], Optional[object]]:
    """Frame of a suspended coroutine or generator, and what that awaits.

    Looks at attributes of the type first: an object of the user's may do anything when asked.
    """
    kind = type(awaitable)
    for frame_name, awaited_name in _SUSPENDED:
        if hasattr(kind, frame_name):
            return getattr(awaitable, frame_name), getattr(awaitable, awaited_name, None)
    return None, None


def _inside(awaitable: object, into_tasks: bool) -> Optional[object]:
    """What an awaitable without a frame drives: a task, or an iterator that hides its coroutine."""
    if hasattr(type(awaitable), 'get_coro'):
        return awaitable.get_coro() if into_tasks else None
    for referent in gc.get_referents(awaitable):
        if hasattr(type(referent), 'get_coro') or _suspension(referent)[0] is not None:
            return referent
    return None


def _shortened(calls: List[Call]) -> List[Call]:
    if len(calls) <= MOST_FRAMES:
        return calls
    half = MOST_FRAMES // 2
    return calls[:half] + [LEFT_OUT] + calls[-half:]
