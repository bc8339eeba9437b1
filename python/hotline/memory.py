"""The collector of mode `memory`: what each line of the user's code adds to the memory in use.

Sizes are those of `tracemalloc`, read before and after every line of the user's own functions. The
growth of a line is what `memory_profiler` calls its increment: what is in use after it and was not
before, with what the functions have left that it calls; the sum of its executions, maybe negative.
"""

from __future__ import annotations

import os
import sys
import tracemalloc

from . import log
from .concurrency.originals import RLock, get_ident
from .recording import Recording
from .user_code import user_path

GROWTH, PEAK, ALLOCATIONS = range(3)

_TOGETHER = (
    'Other requests ran at the same time: memory is counted for the whole process, so theirs is'
    ' part of the numbers.'
)
_NO_PEAKS = 'Peaks are not known: %s.'
_TRACED = 'Memory was not measured by line: %r traces this thread already.'


class MemoryCollector:
    """Measures every line of the user's own code that a request executes."""

    name = 'memory'

    def __init__(self) -> None:
        self._forget()
        if hasattr(os, 'register_at_fork'):
            os.register_at_fork(after_in_child=self._after_fork)

    def _forget(self) -> None:
        self._lock = RLock()
        self._active: list[Recording] = []
        self._is_ours = False

    def begin(self, recording: Recording) -> None:
        with self._lock:
            if not tracemalloc.is_tracing():
                tracemalloc.start()
                self._is_ours = True
            self._active.append(recording)
            if len(self._active) > 1:
                for concurrent in self._active:
                    _warn(concurrent, _TOGETHER)
            obstacle = self._obstacle_of_peaks()
            if obstacle is not None:
                _warn(recording, _NO_PEAKS % obstacle)
            recording.results[self.name] = Measured(knows_peaks=obstacle is None)

    def enter(self, recording: Recording) -> None:
        tracer = sys.gettrace()
        if tracer is None:
            sys.settrace(recording.results[self.name].tracer_of(get_ident()))
        elif not isinstance(tracer, _Tracer):
            _warn(recording, _TRACED % type(tracer).__name__)

    def leave(self, recording: Recording) -> None:
        if isinstance(sys.gettrace(), _Tracer):
            sys.settrace(None)

    def end(self, recording: Recording) -> None:
        recording.results[self.name].has_ended = True
        with self._lock:
            if recording in self._active:
                self._active.remove(recording)
            if not self._active and self._is_ours:
                self._is_ours = False
                tracemalloc.stop()

    def describe(self, recording: Recording) -> dict[str, object]:
        """`memory`: `growth` and `peak` of each line in bytes, `allocations`: how often it grew."""
        measured = recording.results[self.name]
        return {
            'memory': [
                measured.description(place, cell)
                for place, cell in sorted(measured.lines.items())
                if any(cell)
            ]
        }

    def _after_fork(self) -> None:
        """The parent goes on with its requests; the child has none."""
        if isinstance(sys.gettrace(), _Tracer):
            sys.settrace(None)
        if self._is_ours:
            tracemalloc.stop()
        self._forget()

    def _obstacle_of_peaks(self) -> str | None:
        """Who started `tracemalloc` may want to know its peak, which would be lost."""
        if not self._is_ours:
            return 'the program uses tracemalloc itself'
        if not hasattr(tracemalloc, 'reset_peak'):
            return 'they take Python 3.9'
        return None


class Measured:
    """What one recording has measured."""

    def __init__(self, knows_peaks: bool) -> None:
        #: (file, line) -> [bytes of growth, most bytes above the beginning, executions that grew]
        self.lines: dict[tuple[str, int], list[int]] = {}
        self.knows_peaks = knows_peaks
        self.has_ended = False
        self._tracers: dict[int, _Tracer] = {}

    def tracer_of(self, ident: int) -> _Tracer:
        tracer = self._tracers.get(ident)
        if tracer is None:
            tracer = self._tracers[ident] = _Tracer(self)
        return tracer

    def description(self, place: tuple[str, int], cell: list[int]) -> dict[str, object]:
        file, line = place
        told = {'file': file, 'line': line, 'growth': cell[GROWTH]}
        if self.knows_peaks:
            told['peak'] = cell[PEAK]
        told['allocations'] = cell[ALLOCATIONS]
        return told


class _Tracer:
    """The trace function of one thread."""

    def __init__(self, measured: Measured) -> None:
        self.measured = measured
        #: Calls of the user's functions that are under way, the outermost first.
        self.calls: list[_Call] = []
        #: Bytes that the measuring itself has taken; not part of any level.
        self._overhead = 0

    def __call__(self, frame, event, argument):
        """Told of each call on the thread; those of the user's functions are traced on."""
        path = user_path(frame.f_code.co_filename)
        if path is None or self.measured.has_ended:
            return None
        call = _Call(self, path)
        return call if self.measure(call.begin, frame) else None

    def measure(self, follow, frame) -> bool:
        """Calls `follow` with the frame and the bytes in use; tells whether that succeeded."""
        try:
            in_use, peak = tracemalloc.get_traced_memory()
            if self.calls:
                self.calls[-1].rise_to(peak - self._overhead)
            follow(frame, in_use - self._overhead)
            if self.measured.knows_peaks:
                tracemalloc.reset_peak()
            self._overhead += tracemalloc.get_traced_memory()[0] - in_use
            return True
        except Exception as error:
            log.once('memory', 'could not measure memory: %r' % error)
            return False


class _Call:
    """A call of one of the user's functions, and the trace function of its frame."""

    __slots__ = ('_before', '_cell', '_highest', '_level', '_path', '_tracer')

    def __init__(self, tracer: _Tracer, path: str) -> None:
        self._tracer = tracer
        self._path = path

    def __call__(self, frame, event, argument):
        if self._tracer.measured.has_ended:
            return None
        if event == 'line':
            self._tracer.measure(self._go_on, frame)
        elif event == 'return':
            self._tracer.measure(self._return, frame)
        return self

    def begin(self, frame, level: int) -> None:
        """The call begins, or goes on after a `yield`, with so many bytes in use."""
        self._tracer.calls.append(self)
        self._open(frame.f_lineno, level)

    def rise_to(self, level: int) -> None:
        """So many bytes were in use while the line ran."""
        if level > self._highest:
            self._highest = level

    def _go_on(self, frame, level: int) -> None:
        self._close(level)
        self._open(frame.f_lineno, level)

    def _return(self, frame, level: int) -> None:
        self._close(level)
        calls = self._tracer.calls
        if self in calls:
            del calls[calls.index(self) :]

    def _open(self, line: int, level: int) -> None:
        place = self._path, line
        self._cell = self._tracer.measured.lines.setdefault(place, [0, 0, 0])
        self._before = self._cell[GROWTH]
        self._level = self._highest = level

    def _close(self, level: int) -> None:
        cell = self._cell
        growth = level - self._level
        # What the same line has added deeper in a recursion is part of it.
        cell[GROWTH] = self._before + growth
        cell[PEAK] = max(cell[PEAK], self._highest - self._level)
        if growth > 0:
            cell[ALLOCATIONS] += 1
        calls = self._tracer.calls
        if len(calls) > 1 and calls[-1] is self:
            calls[-2].rise_to(self._highest)


def _warn(recording: Recording, sentence: str) -> None:
    if sentence not in recording.warnings:
        recording.warnings.append(sentence)
