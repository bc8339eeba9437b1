"""The collector of mode `memory`: what each line of the user's code adds to the memory in use.

Sizes are those of `tracemalloc`, read before and after every line of the user's own functions. The
growth of a line is what `memory_profiler` calls its increment: what is in use after it and was not
before, with what the functions have left that it calls; the sum of its executions, maybe negative.
"""

from __future__ import annotations

import os
import sys
import tracemalloc
from tracemalloc import get_traced_memory
from types import CodeType

from . import log
from .concurrency.originals import RLock, current_greenlet, get_ident
from .recording import Recording
from .user_code import user_path

GROWTH, PEAK, ALLOCATIONS, EXECUTIONS = range(4)

#: After so many executions, some microseconds each, a line is measured no more, and after so many
#: calls nothing of a function.
MOST_EXECUTIONS = 10_000

#: Bytes; a peak so near is not worth forgetting.
_SMALL_PEAK = 1024

_TOGETHER = (
    'Other requests ran at the same time: memory is counted for the whole process, so theirs is'
    ' part of the numbers.'
)
_NO_PEAKS = 'Peaks are not known: %s.'
_TOO_OFTEN = 'Of each line, the memory of the first %d executions was measured.' % MOST_EXECUTIONS
_TRACED = 'Memory was not measured by line: %r traces this thread already.'


class MemoryCollector:
    """Measures every line of the user's own code that a request executes."""

    name = 'memory'
    follows_stacks = True

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
            sys.settrace(recording.results[self.name].tracer())
        elif not isinstance(tracer, _Tracer):
            _warn(recording, _TRACED % type(tracer).__name__)

    def leave(self, recording: Recording) -> None:
        if isinstance(sys.gettrace(), _Tracer):
            sys.settrace(None)

    def end(self, recording: Recording) -> None:
        measured = recording.results[self.name]
        measured.has_ended = True
        if measured.nowhere[EXECUTIONS]:
            _warn(recording, _TOO_OFTEN)
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
                if any(cell[:EXECUTIONS])
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
        #: (file, line) -> bytes of growth, most bytes above the beginning, executions that grew,
        #: executions.
        self.lines: dict[tuple[str, int], list[float]] = {}
        self.knows_peaks = knows_peaks
        self.has_ended = False
        #: Code objects, by their identity, that have been called too often.
        self.given_up: dict[int, CodeType] = {}
        #: Takes what lines do that have been executed too often.
        self.nowhere: list[float] = [0.0, 0.0, 0, 0]
        self._tracers: dict[tuple[int, int], _Tracer] = {}

    def tracer(self) -> _Tracer:
        """That of the stack that the calling thread is on."""
        stack = get_ident(), current_greenlet()
        tracer = self._tracers.get(stack)
        if tracer is None:
            tracer = self._tracers[stack] = _Tracer(self)
        return tracer

    def description(self, place: tuple[str, int], cell: list[float]) -> dict[str, object]:
        file, line = place
        told = {'file': file, 'line': line, 'growth': int(cell[GROWTH])}
        if self.knows_peaks:
            told['peak'] = int(cell[PEAK])
        told['allocations'] = cell[ALLOCATIONS]
        return told


class _Tracer:
    """The trace function of one stack, of a thread or of a greenlet."""

    def __init__(self, measured: Measured) -> None:
        self.measured = measured
        #: Calls of the user's functions that are under way, the outermost first.
        self.calls: list[_Call] = []

    def __call__(self, frame, event, argument):
        """Told of each call on the thread; those of the user's functions are traced on."""
        code = frame.f_code
        path = user_path(code.co_filename)
        if path is None or self.measured.has_ended or id(code) in self.measured.given_up:
            return None
        try:
            return _Call(self, path, frame)
        except Exception as error:
            log.once('memory', 'could not measure memory: %r' % error)
            return None


class _Call:
    """A call of one of the user's functions, or one more step of it, and the tracer of its lines.

    Takes next to no memory itself, as that would be part of what it measures: the numbers that it
    keeps are floating-point ones, which CPython takes from a free list of its own.
    """

    __slots__ = ('_before', '_cell', '_highest', '_level', '_path', '_tracer')

    def __init__(self, tracer: _Tracer, path: str, frame) -> None:
        in_use, peak = get_traced_memory()
        if tracer.calls:
            tracer.calls[-1].rise_to(peak)
        self._tracer = tracer
        self._path = path
        self._open(frame, in_use)
        tracer.calls.append(self)
        self._forget_peak(in_use, peak)

    def __call__(self, frame, event, argument):
        if self._tracer.measured.has_ended:
            return None
        try:
            if event == 'line' and self._stays_unmeasured(frame):
                return self
            if event == 'line' or event == 'return':
                in_use, peak = get_traced_memory()
                self.rise_to(peak)
                self._close(in_use)
                if event == 'line':
                    self._open(frame, in_use)
                else:
                    self._return()
                self._forget_peak(in_use, peak)
        except Exception as error:
            log.once('memory', 'could not measure memory: %r' % error)
        return self

    def _stays_unmeasured(self, frame) -> bool:
        """Whether neither the line before nor the one to come is measured any more."""
        measured = self._tracer.measured
        if self._cell is not measured.nowhere:
            return False
        cell = measured.lines.get((self._path, frame.f_lineno))
        return cell is not None and cell[EXECUTIONS] >= MOST_EXECUTIONS

    def rise_to(self, level: int) -> None:
        """So many bytes were in use while the line ran."""
        if level > self._highest:
            self._highest = float(level)

    def _forget_peak(self, in_use: int, peak: int) -> None:
        if peak - in_use > _SMALL_PEAK and self._tracer.measured.knows_peaks:
            tracemalloc.reset_peak()

    def _open(self, frame, in_use: int) -> None:
        measured = self._tracer.measured
        place = self._path, frame.f_lineno
        cell = measured.lines.get(place)
        if cell is None:
            cell = measured.lines[place] = [0.0, 0.0, 0, 0]
        if cell[EXECUTIONS] >= MOST_EXECUTIONS:
            if frame.f_lineno == frame.f_code.co_firstlineno:
                measured.given_up[id(frame.f_code)] = frame.f_code
            cell = measured.nowhere
        cell[EXECUTIONS] += 1
        self._cell = cell
        self._before = cell[GROWTH]
        self._level = self._highest = float(in_use)

    def _close(self, in_use: int) -> None:
        cell = self._cell
        growth = in_use - self._level
        # What the same line has added deeper in a recursion is part of it.
        cell[GROWTH] = self._before + growth
        if self._highest - self._level > cell[PEAK]:
            cell[PEAK] = self._highest - self._level
        if growth > 0:
            cell[ALLOCATIONS] += 1
        calls = self._tracer.calls
        if len(calls) > 1 and calls[-1] is self:
            calls[-2].rise_to(self._highest)

    def _return(self) -> None:
        calls = self._tracer.calls
        if self in calls:
            del calls[calls.index(self) :]


def _warn(recording: Recording, sentence: str) -> None:
    if sentence not in recording.warnings:
        recording.warnings.append(sentence)
