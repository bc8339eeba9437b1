"""Keeps work that a request hands to tasks, threads and greenlets attributed to that request."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Callable, Dict


def follow() -> None:
    """Called when a request begins: what has been imported until now is followed from here on."""
    global _known
    modules = sys.modules
    if len(modules) != _known:
        _known = len(modules)
        _install(modules)
    if 'greenlet' in modules:
        from . import greenlets

        greenlets.follow()


def _install(modules: Dict[str, ModuleType]) -> None:
    global _known
    for name in [name for name in _installers if name in modules]:
        # At once, for another thread may be about to do the same.
        installer = _installers.pop(name, None)
        if installer is None:
            continue
        try:
            installer(modules[name])
        except AttributeError:
            # Another thread is still importing it: the next request is early enough.
            _installers[name] = installer
            _known = 0


def _install_threads(module: ModuleType) -> None:
    from . import threads

    threads.install_threads(module)


def _install_thread_pools(module: ModuleType) -> None:
    from . import threads

    threads.install_executor(module.ThreadPoolExecutor)


def _install_current_thread(module: ModuleType) -> None:
    from . import threads

    threads.install_executor(module.CurrentThreadExecutor)


def _install_anyio(module: ModuleType) -> None:
    from . import threads

    threads.install_anyio(module)


#: Modules that are still to be followed, and how.
_installers: Dict[str, Callable[[ModuleType], None]] = {
    'threading': _install_threads,
    'concurrent.futures': _install_thread_pools,
    'asgiref.current_thread_executor': _install_current_thread,
    'anyio.to_thread': _install_anyio,
}

#: Number of modules when they were last looked through.
_known = 0
