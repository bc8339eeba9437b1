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
from ..hooks.patching import wrap
from ..recording import switching

__all__ = ['Profiler', 'begin', 'end', 'obstacle', 'start', 'stop']

_monitoring = sys.monitoring
_events = _monitoring.events

#: Without the identifier that `cProfile` itself wants, should the user call it.
_TOOLS = (3, 4, 5)

#: Since 3.12.8 and 3.13.1 a method of its own.
_THROW = '_pythrow_callback' if hasattr(Profiler, '_pythrow_callback') else '_pystart_callback'

#: Calls of built-in functions first, directly followed by their returns: so that of the calls by
#: which the callbacks are registered both or none is seen.
_METHODS = (
    (_events.CALL, '_ccall_callback'),
    (_events.C_RETURN, '_creturn_callback'),
    (_events.C_RAISE, '_creturn_callback'),
    (_events.PY_START, '_pystart_callback'),
    (_events.PY_RESUME, '_pystart_callback'),
    (_events.PY_THROW, _THROW),
    (_events.PY_RETURN, '_pyreturn_callback'),
    (_events.PY_YIELD, '_pyreturn_callback'),
    (_events.PY_UNWIND, '_pyreturn_callback'),
)

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
        #: Thread ident -> the profiler that sees its calls.
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
        """Before a recording: has events fire, of which nobody is told yet."""
        with self._lock:
            self._recordings += 1
            if self._recordings == 1:
                self._follow_threads()
                _monitoring.set_events(self.tool, _ALL_EVENTS)

    def end(self) -> None:
        """After a recording."""
        with self._lock:
            self._recordings -= 1
            if self._recordings == 0:
                _monitoring.set_events(self.tool, 0)

    def start(self, profiler: Profiler) -> None:
        """Has it see the calls of this thread."""
        own_callbacks = [
            (by_thread, getattr(profiler, method)) for method, by_thread in self._by_thread.items()
        ]
        registrations = self._claim(profiler)
        for code in _own_codes(sys._getframe()):
            profiler._pystart_callback(code, 0)
        # From here on calls are seen, and no function of Python is called before this one returns.
        for by_thread, callback in own_callbacks:
            by_thread.callback = callback
        for event, callback in registrations:
            _monitoring.register_callback(self.tool, event, callback)

    def stop(self, profiler: Profiler) -> None:
        """Has it see nothing more of this thread."""
        if self._profilers.get(get_ident()) is not profiler:
            return
        with self._lock:
            if self._registered is profiler:
                for event, _ in _METHODS:
                    _monitoring.register_callback(self.tool, event, None)
        for _, method in _METHODS:
            self._by_thread[method].callback = _IGNORE
        for code in reversed(_own_codes(sys._getframe())):
            profiler._pyreturn_callback(code, 0, None)
        with self._lock:
            del self._profilers[get_ident()]
            if not self._profilers:
                self._unregister()

    def share(self) -> None:
        """Goes on by thread, since another one is about to run."""
        with self._lock:
            if isinstance(self._registered, Profiler):
                self._register_by_thread()

    def _claim(self, profiler: Profiler) -> list:
        """Notes who is profiled; callbacks that are to be registered at last, with their events.

        Those of all threads are registered here, before any of these goes on.
        """
        with self._lock:
            self._profilers[get_ident()] = profiler
            if len(self._profilers) == 1 and _is_only_thread():
                self._registered = profiler
                return [(event, getattr(profiler, method)) for event, method in _METHODS]
            if self._registered is not self._by_thread:
                self._register_by_thread()
            return []

    def _register_by_thread(self) -> None:
        self._registered = self._by_thread
        for event, method in _METHODS:
            _monitoring.register_callback(self.tool, event, self._by_thread[method])

    def _unregister(self) -> None:
        self._registered = None
        for event, _ in _METHODS:
            _monitoring.register_callback(self.tool, event, None)

    def _follow_threads(self) -> None:
        if not self._follows_threads:
            self._follows_threads = True
            wrap(threading.Thread, 'start', self._sharing)

    def _sharing(self, original):
        def start(thread, *arguments, **keywords):
            self.share()
            return original(thread, *arguments, **keywords)

        return start

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


def _own_codes(frame) -> list:
    """Code of the calls of this package that lead to a frame, the outermost first.

    They are under way when profiling starts, and others when it stops: the profiler is told of each
    as if it had seen it begin and end, for it takes the end of any call for that of the last begun.
    """
    codes = []
    while frame is not None and frame.f_code.co_filename.startswith(_OWN_FOLDER):
        if id(frame.f_code) in switching:
            # Nothing of what a trace function of greenlets calls is seen.
            return []
        codes.append(frame.f_code)
        frame = frame.f_back
    codes.reverse()
    return codes


_switch = _Switch()
begin, end = _switch.begin, _switch.end
start, stop = _switch.start, _switch.stop
if hasattr(os, 'register_at_fork'):
    os.register_at_fork(after_in_child=_switch.after_fork)


@functools.lru_cache(maxsize=None)
def _counts() -> bool:
    """Whether the callbacks, which are nobody's promise, do what they did when this was written."""
    code = _counts.__wrapped__.__code__
    try:
        profiler = Profiler()
        profiler._pystart_callback(code, 0)
        profiler._ccall_callback(code, 0, len, _monitoring.MISSING)
        profiler._creturn_callback(code, 0, len, _monitoring.MISSING)
        profiler._pyreturn_callback(code, 0, None)
        return [entry.callcount for entry in profiler.getstats()] == [1, 1]
    except Exception:
        return False


def obstacle() -> str | None:
    """Why nothing can be profiled; a sentence."""
    if not _counts():
        return 'the profiler of this Python cannot be used without enabling it for all threads.'
    if not _switch.has_tool():
        return 'all identifiers of sys.monitoring are in use.'
    return None
