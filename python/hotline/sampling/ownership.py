"""Which stacks a request has: those of the threads that work for it, and of what is suspended."""

from __future__ import annotations

import time
from typing import List, Optional, Tuple

from ..concurrency.originals import get_ident
from ..recording import Recording, Work, switching, working
from .samples import Call
from .stacks import awaiting_stack, greenlet_stack, running_stack

#: Nanoseconds of CPU time since the last sample from which on a thread counts as computing.
_COMPUTING = 100_000


def stack_of_work(ident: int, work: Work) -> Optional[List[Call]]:
    """The request's calls on a thread, outermost first.

    `None` if the thread is about to leave the request. A task that the request has started, or a
    thread of a pool, goes on where the request's own coroutine waits; a greenlet, where its caller
    does.
    """
    stack = running_stack(ident, work.outside)
    if not stack or id(stack[-1][0]) in switching:
        return None
    if work.caller is not None:
        return _callers_stack(*work.caller) + stack
    coroutine = work.recording.coroutine
    if coroutine is None or getattr(coroutine, 'cr_running', True):
        return stack
    return awaiting_stack(coroutine, into_tasks=False) + stack


def suspended_stack(recording: Recording) -> List[Call]:
    """Where a request has waited for which the calling thread is about to work again."""
    if recording.coroutine is not None:
        return awaiting_stack(recording.coroutine)
    ident = get_ident()
    return running_stack(ident, working[ident].outside) or []


def computing(stacks: List[Tuple[Work, List[Call]]], now: int) -> List[Tuple[Work, List[Call]]]:
    """Those of a request's threads that have computed since the last sample.

    Where none has, it is the one that did so last, for the others wait for it, more likely than
    not; but never a thread that the request has merely started. All where the system does not
    tell the CPU time of threads.
    """
    own = [found for found in stacks if not found[0].is_helper]
    if len(own) == len(stacks) == 1 or any(work.clock is None for work, _ in stacks):
        return own
    computed = [found for found in stacks if _has_computed(found[0], now)]
    latest = max((work.computed for work, _ in own), default=0)
    return computed or [found for found in own if found[0].computed == latest]


def _has_computed(work: Work, now: int) -> bool:
    try:
        cpu = time.clock_gettime_ns(work.clock)
    except OSError:
        # The thread has ended.
        return False
    passed, work.cpu_seen = cpu - work.cpu_seen, cpu
    if passed < _COMPUTING:
        return False
    work.computed = now
    return True


def _callers_stack(greenlet: object, work: Work) -> List[Call]:
    stack = greenlet_stack(greenlet, work.outside) or []
    return stack if work.caller is None else _callers_stack(*work.caller) + stack
