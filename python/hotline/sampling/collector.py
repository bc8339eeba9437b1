"""The collector of stacks."""

from __future__ import annotations

import os
import sys
from time import perf_counter_ns
from types import CodeType
from typing import Callable, Dict, List, Tuple

from .. import log, settings
from ..recording import Recording, Work, working
from .ownership import computing, stack_of_work, suspended_stack
from .samples import WAITING, Call, Samples
from .thread import TickingThread

#: Called in the sampler's thread with a recording, the nanoseconds that a sample stands for, and
#: the code objects of its stack, the outermost first.
Listener = Callable[[Recording, int, List[CodeType]], None]


class Sampler:
    """Collects wall-clock samples of every thread that works for a recording."""

    name = 'samples'

    #: A request whose own work waits is waiting, though a thread that it has started lives on.
    follows_helpers = False

    def __init__(self) -> None:
        self.listeners: List[Listener] = []
        self._can_sample = True
        self._thread = TickingThread(self._tick, self._is_needed)
        if hasattr(os, 'register_at_fork'):
            os.register_at_fork(after_in_child=self._thread.reset)

    @property
    def time_spent(self) -> int:
        """Nanoseconds during which ticks kept the interpreter from all other threads."""
        return self._thread.time_spent

    def begin(self, recording: Recording) -> None:
        recording.results[self.name] = Samples(recording.started)
        self._thread.interval = settings.current().interval / 1000
        self._can_sample = _has_global_lock()
        if not self._can_sample:
            recording.warnings.append(
                'This build of Python runs without its global lock: no stacks were sampled.'
            )

    def enter(self, recording: Recording) -> None:
        samples = recording.results[self.name]
        with recording.lock:
            waited = samples.resumed(perf_counter_ns())
            if waited:
                _add_wait(samples, suspended_stack(recording), waited)
        if self._can_sample:
            self._thread.wake()

    def leave(self, recording: Recording) -> None:
        with recording.lock:
            recording.results[self.name].paused(perf_counter_ns())

    def end(self, recording: Recording) -> None:
        with recording.lock:
            recording.results[self.name].close(recording.started + recording.duration)

    def describe(self, recording: Recording) -> Dict[str, object]:
        """`shared`, `profiles`, `stackLines` and `waitingTime` of the file, once it has ended."""
        from .description import describe

        return describe(recording, recording.results[self.name])

    def _is_needed(self) -> bool:
        return self._can_sample and bool(working)

    def _tick(self) -> None:
        now = perf_counter_ns()
        stacks: Dict[Recording, List[Tuple[Work, List[Call]]]] = {}
        for ident, work in list(working.items()):
            stack = stack_of_work(ident, work)
            if stack and self.name in work.recording.results:
                stacks.setdefault(work.recording, []).append((work, stack))
        for recording, found in stacks.items():
            running = [stack for _, stack in computing(found, now)]
            if running:
                self._add(recording, running, now)

    def _add(self, recording: Recording, stacks: List[List[Call]], now: int) -> None:
        """Time that several threads have worked for the request at once is split among them."""
        samples = recording.results[self.name]
        with recording.lock:
            if recording.ended:
                return
            weight = samples.take(now)
            share, rest = divmod(weight, len(stacks))
            for stack in stacks:
                samples.add(stack, share + rest)
                rest = 0
        if self.listeners:
            for stack in stacks:
                self._tell(recording, share, stack)

    def _tell(self, recording: Recording, weight: int, stack: List[Call]) -> None:
        codes = [code for code, _ in stack if not isinstance(code, str)]
        for listener in self.listeners:
            try:
                listener(recording, weight, codes)
            except Exception as error:
                log.once(repr(listener), 'could not use a sample: %r' % error)


def _add_wait(samples: Samples, stack: List[Call], waited: int) -> None:
    unseen = samples.take_unseen() if stack else 0
    if unseen:
        samples.add(stack, unseen)
    samples.add([*stack, WAITING], waited)


def _has_global_lock() -> bool:
    """Looking at the frames of a thread that runs is only safe under the global lock."""
    return getattr(sys, '_is_gil_enabled', lambda: True)()
