"""Names of threads by which stacks are told apart."""

from __future__ import annotations

import re
import sys
from typing import Optional

from ..concurrency.originals import get_ident

_NUMBER = re.compile(r'(?<=[-_ ])\d+')

#: Native ident of the main thread. gevent gives it another one of its own making.
_main: Optional[int] = None


def set_main(ident: int) -> None:
    """Tells the native ident of the main thread."""
    global _main
    _main = ident


def find_main() -> None:
    """Finds out what the main thread is, unless that was told."""
    if _main is None:
        # Not before: a thread of ours must not be the first to import it, and so be taken for main.
        import threading

        main = threading.main_thread()
        set_main(get_ident() if threading.current_thread() is main else main.ident)


def name_of(ident: int) -> str:
    """Name of a thread, by its native ident; threads that differ in a number only have one."""
    if ident == _main:
        return 'MainThread'
    threading = sys.modules.get('threading')
    thread = getattr(threading, '_active', {}).get(ident)
    return 'Thread' if thread is None else without_numbers(str(thread.name))


def without_numbers(name: str) -> str:
    """`ThreadPoolExecutor-0_3` as `ThreadPoolExecutor-*_*`."""
    return _NUMBER.sub('*', name)
