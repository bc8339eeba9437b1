"""Switches `cProfile` on and off for the calling thread: Python 3.8 to 3.11.

There a profiler belongs to one thread and several threads may have their own.
"""

from __future__ import annotations

import sys
from _lsprof import Profiler

from .. import log

__all__ = ['Profiler', 'begin', 'end', 'obstacle', 'start', 'stop']


def obstacle() -> str | None:
    """Why the calling thread cannot be profiled now; a sentence."""
    active = sys.getprofile()
    return None if active is None else '%s is active already.' % type(active).__name__


def begin() -> None:
    """Before a recording."""


def end() -> None:
    """After a recording."""


def start(profiler: Profiler) -> None:
    """Has it see the calls of this thread, but for those under way. Leaves another one in place."""
    if sys.getprofile() is None:
        profiler.enable()


def stop(profiler: Profiler) -> None:
    """Has it see nothing more of this thread."""
    if sys.getprofile() is profiler:
        profiler.disable()
    else:
        log.once('calls', 'another profiler took the place of ours: calls are missing.')
