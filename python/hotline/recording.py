"""A request while it is being recorded, and which thread works for which request."""

from __future__ import annotations

import functools
import sys
import time
from types import FrameType
from typing import TYPE_CHECKING, Dict, Iterable, List, Optional, Sequence, Set, Tuple

from . import log
from .concurrency.originals import RLock, get_ident

if TYPE_CHECKING:
    from .request import Query, Request, Span


#: CPU time of the calling thread in nanoseconds; of the process where no more is known.
thread_time_ns = getattr(time, 'thread_time_ns', time.process_time_ns)


class Work:
    """What one thread does for one recording, from `enter` to the matching `leave`."""

    __slots__ = (
        'caller',
        'clock',
        'computed',
        'cpu_seen',
        'cpu_started',
        'depth',
        'is_helper',
        'outside',
        'previous',
        'recording',
    )

    def __init__(
        self,
        recording: Recording,
        outside: Optional[FrameType],
        previous: Optional[Work] = None,
        caller: Optional[Tuple[object, Work]] = None,
    ) -> None:
        self.recording = recording
        #: The innermost frame that is not the request's own; `None` if the whole stack is.
        self.outside = outside
        self.previous = previous
        #: The suspended greenlet whose stack this one continues, and the work of that greenlet.
        self.caller = caller
        #: Whether the request has merely started this thread: it may rest, or serve others too.
        self.is_helper = False
        self.depth = 0
        #: Nanoseconds of the thread's CPU time when it was last put on the clock.
        self.cpu_started = 0
        #: The same when the sampler last looked.
        self.cpu_seen = 0
        #: When the sampler last saw that it had advanced, by `time.perf_counter_ns`.
        self.computed = 0
        #: By which other threads can read that time, where the system has such a clock.
        self.clock: Optional[int] = None

    def take_over(self, other: Work) -> None:
        """Goes on with the clock of another piece of work of the same thread and recording."""
        self.clock, self.cpu_started, self.cpu_seen = other.clock, other.cpu_started, other.cpu_seen


class Listeners:
    """What the collectors of a recording want to be told of."""

    __slots__ = ('enters', 'follows_stacks', 'helper_enters', 'helper_leaves', 'leaves')

    def __init__(self, collectors: Tuple[object, ...]) -> None:
        helped = [one for one in collectors if getattr(one, 'follows_helpers', True)]
        #: Called with the recording when a thread starts to work, and when it stops.
        self.enters = [one.enter for one in collectors if hasattr(one, 'enter')]
        self.leaves = [one.leave for one in reversed(collectors) if hasattr(one, 'leave')]
        #: The same for a thread that the request has merely started.
        self.helper_enters = [one.enter for one in helped if hasattr(one, 'enter')]
        self.helper_leaves = [one.leave for one in reversed(helped) if hasattr(one, 'leave')]
        #: Whether also when a thread switches to another greenlet's stack for the same recording.
        self.follows_stacks = any(getattr(one, 'follows_stacks', False) for one in collectors)


NOBODY = Listeners(())

#: They are the same for most recordings of a process.
listeners_among = functools.lru_cache(maxsize=16)(Listeners)

#: Thread ident -> what that thread works on right now.
working: Dict[int, Work] = {}

#: Ids of the code objects that put `working` right after a thread has switched greenlets. While
#: one is innermost, the stack may be that of another request.
switching: Set[int] = set()


def current() -> Optional[Recording]:
    """The recording that the calling thread works for right now."""
    work = working.get(get_ident())
    return None if work is None else work.recording


class Recording:
    """One request being recorded. Several threads may work for it at once."""

    def __init__(self, request: Request, mode: str) -> None:
        self.request = request
        self.mode = mode
        #: `time.perf_counter_ns` and seconds since the epoch.
        self.started = time.perf_counter_ns()
        self.started_at = time.time()
        #: Nanoseconds; known when the request has ended.
        self.duration: Optional[int] = None
        #: Nanoseconds of CPU time of all threads while they worked for it.
        self.cpu_time = 0
        self.queries: List[Query] = []
        self.spans: List[Span] = []
        #: (file, line) -> [hits, inclusive nanoseconds, own nanoseconds]
        self.template_lines: Dict[Tuple[str, int], List[int]] = {}
        #: Whether a framework answered with a static file.
        self.is_static = False
        #: Sentences for a person.
        self.warnings: List[str] = []
        #: What each collector has measured, under the collector's name.
        self.results: Dict[str, object] = {}
        self.collectors: Sequence[object] = ()
        #: The outermost coroutine of the request, where it is one.
        self.coroutine: Optional[object] = None
        #: Reentrant: the garbage collector may end another piece of work at any allocation.
        self.lock = RLock()
        self.listeners = NOBODY

    @property
    def ended(self) -> bool:
        return self.duration is not None

    def notify(self, collectors: Iterable[object]) -> None:
        """Has the collectors told whenever a thread starts or stops to work for this recording."""
        self.collectors = tuple(collectors)
        self.listeners = listeners_among(self.collectors)

    def enter(self, outside: Optional[FrameType] = None, is_helper: bool = False) -> None:
        """The calling thread starts to work for this recording; nests.

        `outside` is the innermost frame that is not part of the request, by default the caller's.
        It has to stay on the thread's stack until the matching `leave`. A helper is a thread that
        is followed because the request has started it, whatever it does.
        """
        if self.duration is not None:
            return
        ident = get_ident()
        work = working.get(ident)
        if work is not None and work.recording is self:
            if is_helper or not work.is_helper:
                work.depth += 1
                return
            # What a helper is asked to do for the request is more than being one.
            self.pause(work)
        work = Work(self, outside or sys._getframe(1), work)
        work.is_helper = is_helper
        self.resume(ident, work)

    def leave(self) -> None:
        """The calling thread stops to work for this recording."""
        ident = get_ident()
        work = working.get(ident)
        if work is None or work.recording is not self:
            return
        if work.depth:
            work.depth -= 1
            return
        self.pause(work)
        previous = work.previous
        if previous is None or previous.recording.ended:
            working.pop(ident, None)
        elif previous.recording is self:
            self.resume(ident, previous)
        else:
            working[ident] = previous

    def resume(self, ident: int, work: Work) -> None:
        """Puts a piece of work of the calling thread on the clock."""
        working[ident] = work
        work.clock = _clock_of(ident)
        work.cpu_started = work.cpu_seen = thread_time_ns()
        listeners = self.listeners
        for listener in listeners.helper_enters if work.is_helper else listeners.enters:
            try:
                listener(self)
            except Exception as error:
                log.once('enter', 'could not follow a request: %r' % error)

    def pause(self, work: Work) -> None:
        """Takes a piece of work of the calling thread off the clock."""
        listeners = self.listeners
        for listener in listeners.helper_leaves if work.is_helper else listeners.leaves:
            try:
                listener(self)
            except Exception as error:
                log.once('leave', 'could not follow a request: %r' % error)
        with self.lock:
            self.cpu_time += thread_time_ns() - work.cpu_started

    def end(self) -> None:
        """No thread works for it from here on. Sets the duration."""
        work = working.get(get_ident())
        if work is not None and work.recording is self:
            work.depth = 0
            self.leave()
        self.duration = time.perf_counter_ns() - self.started
        self.coroutine = None
        self._forget_work()

    def abandon(self) -> None:
        """Ends it in a forked child, where other threads may have held the lock for ever."""
        self.lock = RLock()
        self.duration = 0
        self._forget_work()

    def _forget_work(self) -> None:
        for ident, work in list(working.items()):
            if work.recording is self:
                working.pop(ident, None)

    def working(self) -> _Working:
        """`with recording.working():` is `enter` and `leave` around a block."""
        return _Working(self)


class _Working:
    __slots__ = ('_recording',)

    def __init__(self, recording: Recording) -> None:
        self._recording = recording

    def __enter__(self) -> None:
        self._recording.enter(sys._getframe(1))

    def __exit__(self, *error: object) -> None:
        self._recording.leave()


_clock_of = getattr(time, 'pthread_getcpuclockid', lambda ident: None)
