"""Threads of the profiler itself, which nobody else has to see.

From Python 3.12 on, a profiler is told of the calls of every thread: what the profiler's threads do
would be part of the user's profile. CPython reports nothing of what is called by a profile function
(`sys.setprofile`), so the whole of such a thread is one.
"""

from __future__ import annotations

import os
import sys
from typing import Callable

from .originals import get_ident, start_new_thread

#: Idents of those that run.
idents = set()


def start(run: Callable[[], None]) -> None:
    """Calls a function in a thread of its own. Raises RuntimeError where no thread can start."""
    start_new_thread(_unobserved, (run,))


def _unobserved(run: Callable[[], None]) -> None:
    def profile(*_event: object) -> None:
        sys.setprofile(None)
        run()

    ident = get_ident()
    idents.add(ident)
    try:
        sys.setprofile(profile)
        _called()
    finally:
        idents.discard(ident)


def _called() -> None:
    """The call that the profile function is told of."""


if hasattr(os, 'register_at_fork'):
    os.register_at_fork(after_in_child=idents.clear)
