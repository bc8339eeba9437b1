"""The interpreter's own threads and locks, also where gevent has put its own in their place."""

from __future__ import annotations

import _thread
import sys


def _original(name: str):
    monkey = sys.modules.get('gevent.monkey')
    if monkey is None:
        return getattr(_thread, name)
    return monkey.get_original('_thread', name)


get_ident = _original('get_ident')
allocate_lock = _original('allocate_lock')
start_new_thread = _original('start_new_thread')
RLock = _original('RLock')
local = _original('_local')


def current_greenlet() -> int:
    """Identity of the stack that the calling thread is on; 0 where nobody uses greenlets."""
    greenlets = sys.modules.get('greenlet')
    return 0 if greenlets is None else id(greenlets.getcurrent())
