"""Switches the C profiler of `cProfile` on and off for the calling thread: Python 3.12 and later.

There `enable()` has it see the calls of all threads, as one stack, and a second one raises
ValueError. So its callbacks are registered here: as they are while no other thread could run
Python, which costs what `cProfile` costs, and otherwise behind a check of the thread.
https://docs.python.org/3/library/sys.monitoring.html, Modules/_lsprof.c of CPython 3.12
"""

from __future__ import annotations

import functools
import operator
import os
import sys
import threading
from _lsprof import Profiler

from ..concurrency import own_threads
from ..concurrency.originals import RLock, get_ident, local

__all__ = ['Profiler', 'begin', 'end', 'obstacle', 'start', 'stop']

_monitoring = sys.monitoring
_events = _monitoring.events

#: Without the identifier that `cProfile` itself wants, should the user call it.
_TOOLS = (3, 4, 5)

#: Since 3.12.8 and 3.13.1 a method of its own.
_THROW = '_pythrow_callback' if hasattr(Profiler, '_pythrow_callback') else '_pystart_callback'

#: In the order of registration: calls come last, so that none is seen without its return.
_METHODS = (
    (_events.PY_RETURN, '_pyreturn_callback'),
    (_events.PY_YIELD, '_pyreturn_callback'),
    (_events.PY_UNWIND, '_pyreturn_callback'),
    (_events.C_RETURN, '_creturn_callback'),
    (_events.C_RAISE, '_creturn_callback'),
    (_events.PY_START, '_pystart_callback'),
    (_events.PY_RESUME, '_pystart_callback'),
    (_events.PY_THROW, _THROW),
    (_events.CALL, '_ccall_callback'),
)

_CALLS_FIRST = _METHODS[::-1]

#: C_RETURN and C_RAISE come with CALL.
_ALL_EVENTS = (
    _events.PY_START
    | _events.PY_RESUME
    | _events.PY_THROW
    | _events.PY_RETURN
    | _events.PY_YIELD
    | _events.PY_UNWIND
    | _events.CALL
)

_OWN_FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), '')


#: Takes whatever it is given and does nothing.
_IGNORE = ''.format


class _ByThread(local):
    """A callable that is another one on each thread, made of C alone: it is called all the time."""

    callback = _IGNORE

    __call__ = property(operator.attrgetter('callback'))


class _Switch:
    """Who is profiled, and which callbacks are registered for it."""

    def __init__(self) -> None:
        self._by_thread = {method: _ByThread() for _, method in _METHODS}
        self._follows_threads = False
        self.tool = None
        self._forget()

    def _forget(self) -> None:
        # Reentrant: the garbage collector may end another piece of work at any allocation.
        self._lock = RLock()
        self._recordings = 0
        #: Thread ident -> its profilers; the last one works, those before it wait.
        self._profilers = {}
        #: Whose callbacks are registered: a profiler, which sees every thread, or `_by_thread`.
        self._registered = None

    def has_tool(self) -> bool:
        """Claims an identifier for good, if one is free."""
        if self.tool is None:
            for tool in _TOOLS:
                if _monitoring.get_tool(tool) is None:
                    _monitoring.use_tool_id(tool, 'hotline')
                    self.tool = tool
                    break
        return self.tool is not None

    def begin(self) -> None:
        with self._lock:
            self._recordings += 1
            if self._recordings == 1:
                self._follow_threads()
                _monitoring.set_events(self.tool, _ALL_EVENTS)

    def end(self) -> None:
        with self._lock:
            self._recordings -= 1
            if self._recordings == 0:
                _monitoring.set_events(self.tool, 0)

    def start(self, profiler: Profiler) -> None:
        self._set_callbacks(profiler)
        with self._lock:
            self._profilers.setdefault(get_ident(), []).append(profiler)
            if len(self._profilers) == 1 and _is_only_thread():
                self._registered = profiler
                self._register(functools.partial(getattr, profiler))
            else:
                self._share()

    def stop(self, profiler: Profiler) -> None:
        # No function of Python is called here: its return would not be seen any more.
        if self._registered is profiler:
            for event, _ in _CALLS_FIRST:
                _monitoring.register_callback(self.tool, event, None)
            self._registered = None
        for _, method in _CALLS_FIRST:
            self._by_thread[method].callback = _IGNORE
        _leave_own_frames(profiler)
        with self._lock:
            self._remove(profiler)

    def share(self) -> None:
        """Goes on by thread, since another one is about to run."""
        if isinstance(self._registered, Profiler):
            with self._lock:
                self._share()

    def _remove(self, profiler: Profiler) -> None:
        profilers = self._profilers.get(get_ident(), [])
        if profiler in profilers:
            profilers.remove(profiler)
        if profilers:
            self._set_callbacks(profilers[-1])
            self._share()
            return
        self._profilers.pop(get_ident(), None)
        if not self._profilers:
            self._unregister()

    def _share(self) -> None:
        if self._registered is not self._by_thread:
            self._registered = self._by_thread
            self._register(self._by_thread.get)

    def _register(self, callback_of) -> None:
        for event, method in _METHODS:
            _monitoring.register_callback(self.tool, event, callback_of(method))

    def _unregister(self) -> None:
        self._registered = None
        for event, _ in _CALLS_FIRST:
            _monitoring.register_callback(self.tool, event, None)

    def _set_callbacks(self, profiler: Profiler) -> None:
        for _, method in _METHODS:
            self._by_thread[method].callback = getattr(profiler, method)

    def _follow_threads(self) -> None:
        if not self._follows_threads:
            self._follows_threads = True
            original = threading.Thread.start

            @functools.wraps(original)
            def following(thread, *arguments, **keywords):
                self.share()
                return original(thread, *arguments, **keywords)

            threading.Thread.start = following

    def after_fork(self) -> None:
        if self.tool is not None:
            _monitoring.set_events(self.tool, 0)
            self._unregister()
        for by_thread in self._by_thread.values():
            by_thread.callback = _IGNORE
        self._forget()


def _is_only_thread() -> bool:
    if not getattr(sys, '_is_gil_enabled', lambda: True)():
        return False
    return len(sys._current_frames().keys() - own_threads.idents) == 1


def _leave_own_frames(profiler: Profiler) -> None:
    """Returns, for the profiler, from the calls of this package that are under way."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(_OWN_FOLDER):
        profiler._pyreturn_callback(frame.f_code, 0, None)
        frame = frame.f_back


_switch = _Switch()
begin, end = _switch.begin, _switch.end
start, stop = _switch.start, _switch.stop
if hasattr(os, 'register_at_fork'):
    os.register_at_fork(after_in_child=_switch.after_fork)


def obstacle() -> str | None:
    """Why nothing can be profiled; a sentence."""
    if not hasattr(Profiler, '_pystart_callback'):
        return 'this Python keeps the callbacks of its profiler to itself.'
    if not _switch.has_tool():
        return 'all identifiers of sys.monitoring are in use.'
    return None
