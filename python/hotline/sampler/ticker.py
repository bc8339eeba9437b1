"""The thread that looks, again and again, at little cost."""

from __future__ import annotations

from time import perf_counter, perf_counter_ns
from typing import Callable

from .. import log
from ..concurrency import own_threads
from ..concurrency.originals import allocate_lock

#: Looking, which holds all threads up, may take this part of the time at most, unless it comes too
#: rarely then.
_LARGEST_SHARE = 0.02
_LONGEST_PAUSE = 0.5

#: Seconds by which it may come late: a busy thread gives the interpreter up after 0.005 usually.
#: Later means that there is more to do than the machine can, and that a thread which is held up
#: for a moment loses its turn for as long; so it comes the more rarely, by this factor.
_USUALLY_LATE = 0.01
_FORBEARANCE = 4

#: Of the last look in the averages, by which the pace is set.
_WEIGHT = 0.1


class Ticker:
    """Calls `look` about every `interval` seconds, less often where a look is dear."""

    def __init__(self, look: Callable[[], None], interval: float) -> None:
        self._look = look
        self._interval = interval
        self._is_stopped = False
        #: Locked until it shall end; waiting for it in vain is the pause.
        self._gate = allocate_lock()
        self._gate.acquire()
        #: Averages in seconds: how long a look takes, and how late it comes.
        self._taken = 0.0
        self._late = 0.0

    def start(self) -> None:
        """Raises RuntimeError where no thread can start."""
        own_threads.start(self._run)

    def stop(self) -> None:
        """Ends it soon; can be called again."""
        if not self._is_stopped:
            self._is_stopped = True
            self._gate.release()

    def _run(self) -> None:
        while True:
            pause = self._pause()
            due = perf_counter() + pause
            if self._gate.acquire(True, pause):
                return
            begun = perf_counter()
            try:
                self._look()
            except Exception as error:
                log.once('look', 'the sampler could not look at the stacks: %r' % error)
            self._taken += _WEIGHT * (perf_counter() - begun - self._taken)
            self._late += _WEIGHT * (begun - due - self._late)

    def _pause(self) -> float:
        """Seconds, by chance a quarter more or less: never in step with what the program repeats."""
        dear = max(self._taken / _LARGEST_SHARE, _FORBEARANCE * (self._late - _USUALLY_LATE))
        pause = max(self._interval, min(dear, _LONGEST_PAUSE))
        return pause * (0.75 + perf_counter_ns() // 100 % 512 / 1024)
