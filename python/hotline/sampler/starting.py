"""Starts the sampler that the environment asks for, in the processes that are meant.

The bootstrap loads this file alone, under a name of its own, before any other code of the process
runs. So it imports nothing that is not there already, and the package only when it is needed.
"""

from __future__ import annotations

import _thread
import os
import sys

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

#: Seconds from the start of the process, or from its fork, until it is decided.
_FIRST_LOOK = 1.0

#: `sys.argv[0]` of no program: an interactive Python, `python -`, `python -c`.
_NO_PROGRAM = ('', '-', '-c')

#: Whether it is still open if this process is sampled; a forked child asks itself anew.
_is_open = False


def install() -> None:
    """Decides a second later, in a thread of its own."""
    _decide_later(_thread.get_ident(), False)
    if hasattr(os, 'register_at_fork'):
        os.register_at_fork(after_in_child=_after_fork)


def _after_fork() -> None:
    if _is_open:
        _decide_later(_thread.get_ident(), True)


def _decide_later(main: int, is_forked: bool) -> None:
    global _is_open
    _is_open = True
    never = _thread.allocate_lock()
    never.acquire()
    _thread.start_new_thread(_decide, (main, is_forked, never))


def _decide(main: int, is_forked: bool, never) -> None:
    """`main` is the main thread's ident; `never` is a lock to wait on in vain."""
    global _is_open
    never.acquire(True, _FIRST_LOOK)
    try:
        if (getattr(sys, 'argv', None) or [''])[0] in _NO_PROGRAM or not _has_package():
            return
        from hotline.sampler import deciding

        if deciding.is_meant(main, is_forked, never):
            _is_open = False
            deciding.start(main)
    except Exception as error:
        _say('the sampler cannot start: %r' % error)


def _has_package() -> bool:
    """Whether `hotline` means this package and not a module of the user's own."""
    from importlib.util import find_spec

    spec = find_spec('hotline')
    if spec is not None and list(spec.submodule_search_locations or ()) == [_PACKAGE]:
        return True
    _say('nothing is sampled: hotline is the module %s' % getattr(spec, 'origin', None))
    return False


def _say(message: str) -> None:
    """As `log.once`, which is a part of the package."""
    try:
        sys.stderr.write('hotline: %s\n' % message)
    except Exception:
        pass
