"""Begins and ends recordings: which collectors run in which mode, and who writes the result."""

from __future__ import annotations

import functools
import os
import sys
import threading
from types import FrameType, ModuleType
from typing import Callable, Dict, List, Optional, Set

from . import concurrency, log, settings
from .concurrency.originals import RLock
from .recording import Recording, current
from .request import Request

_MILLISECOND = 1_000_000

#: Recordings that have begun and not ended, to be forgotten by a forked child.
_active: Set[Recording] = set()


def begin(
    request: Request, outside: Optional[FrameType] = None, enters: bool = True
) -> Optional[Recording]:
    """Starts to record a request; `None` where the calling thread already works for one.

    The calling thread works for the recording until `finish`, unless `enters` is false: then the
    caller enters and leaves it, as `interfaces.asgi.record` does at each step of a coroutine.
    `outside` is the innermost frame that is not the request's own, by default the caller's; it has
    to stay on the stack until `finish`. Never raises.
    """
    try:
        if current() is not None:
            return None
        _follow()
        return _begin(request, outside or sys._getframe(1), enters)
    except Exception as error:
        log.once('begin', 'could not begin to record a request: %r' % error)
        return None


def finish(recording: Recording) -> None:
    """Ends a recording and hands it over to the writer; for the second time does nothing.

    Never raises. Requests shorter than the setting leave nothing, nor do static files.
    """
    if recording.ended:
        return
    try:
        recording.end()
        _active.discard(recording)
        for collector in reversed(recording.collectors):
            _attempt(collector.end, recording)
        if _is_wanted(recording):
            _writer().submit(recording)
    except Exception as error:
        log.once('finish', 'could not record a request: %r' % error)


def _follow() -> None:
    try:
        concurrency.follow()
    except Exception as error:
        log.once('follow', 'could not follow threads and tasks of requests: %r' % error)


@functools.lru_cache(maxsize=None)
def _writer() -> ModuleType:
    """Imported when the first request has ended: it needs much that a server has not yet."""
    from .output import writer

    return writer


def collectors_of(mode: str) -> List[object]:
    """The collectors of a mode, in the order in which they begin."""
    if mode not in _collectors:
        with _collectors_lock:
            if mode not in _collectors:
                _collectors[mode] = [made for made in map(_make, _MAKERS[mode]) if made is not None]
    return _collectors[mode]


def _is_wanted(recording: Recording) -> bool:
    chosen = settings.current()
    if recording.request.identifier is not None:
        # The response has told of it.
        return True
    if recording.is_static and not chosen.static:
        return False
    return recording.duration >= chosen.minimum_duration * _MILLISECOND


def _begin(request: Request, outside: FrameType, enters: bool) -> Recording:
    mode = settings.current().mode
    collectors = collectors_of(mode)
    if request.thread is None:
        request.thread = threading.current_thread().name
    recording = Recording(request, mode)
    _active.add(recording)
    recording.notify(made for made in collectors if _attempt(made.begin, recording))
    if enters:
        recording.enter(outside)
    return recording


def _attempt(action: Callable[[Recording], None], recording: Recording) -> bool:
    try:
        action(recording)
        return True
    except Exception as error:
        log.once(repr(action), 'could not record everything of a request: %r' % error)
        return False


def _make(maker: Callable[[], object]) -> Optional[object]:
    try:
        return maker()
    except Exception as error:
        log.once(repr(maker), 'could not start to record: %r' % error)
        return None


def _sampler() -> object:
    from .sampling import sampler

    return sampler


def _line_collector() -> object:
    from .lines import LineCollector

    return LineCollector(budget=True)


def _exact_line_collector() -> object:
    from .lines import LineCollector

    return LineCollector(budget=False)


def _memory_collector() -> object:
    from .memory import MemoryCollector

    return MemoryCollector()


def _call_collector() -> object:
    from .calls import CallCollector

    return CallCollector()


_MAKERS = {
    'lines': (_sampler, _line_collector),
    'samples': (_sampler,),
    'exact': (_sampler, _exact_line_collector),
    'memory': (_sampler, _memory_collector),
    'calls': (_call_collector,),
}

_collectors: Dict[str, List[object]] = {}

#: Reentrant: an import may switch to another greenlet, and that to a request of its own.
_collectors_lock = RLock()


def _forget() -> None:
    """A forked child goes on with what its parent recorded, but leaves that to the parent."""
    for recording in _active:
        recording.abandon()
    _active.clear()


if hasattr(os, 'register_at_fork'):
    os.register_at_fork(after_in_child=_forget)
