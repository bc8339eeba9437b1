"""The thread that ticks while requests run, and sleeps for good while none does."""

from __future__ import annotations

import sys
from time import perf_counter, perf_counter_ns
from typing import Callable, Optional

from .. import log
from ..concurrency import own_threads
from ..concurrency.originals import RLock, allocate_lock
from ..recording import thread_time_ns

#: Seconds. A thread gives the interpreter up after so long when the sampler asks for it. With the
#: default of 5 ms nearly every sample would fall on a call that gives it up by itself: a query.
SWITCH_INTERVAL = 0.0005

#: The ticks may take this part of the time at most, unless they come too rarely then.
_LARGEST_SHARE = 0.05
_LONGEST_PAUSE = 0.02

#: Ticks without work before the thread parks: waking it for each of many short requests is dear.
_IDLE_TICKS = 10

_SECOND = 1e9


class TickingThread:
    """Calls `tick` periodically in a thread of its own, from `wake` on, while `is_needed`."""

    def __init__(self, tick: Callable[[], None], is_needed: Callable[[], object]) -> None:
        self._tick = tick
        self._is_needed = is_needed
        #: Nanoseconds that all ticks have taken.
        self.time_spent = 0
        #: Seconds of CPU time that the last two ticks have taken. One alone means nothing: it may
        #: have run the garbage collector.
        self._costs = 0.0, 0.0
        #: Seconds between two ticks.
        self.interval = 0.005
        self._users_switch_interval: Optional[float] = None
        self.reset()

    def reset(self) -> None:
        """Forgets the thread, which does not exist in a forked child."""
        self._parked = True
        self._started = False
        #: Reentrant, as a recording's.
        self._lock = RLock()
        #: Locked but at the moment of waking; waiting for it in vain is the pause between ticks.
        self._gate = allocate_lock()
        self._gate.acquire()
        self._restore_switch_interval()

    def wake(self) -> None:
        """Has it tick from now on; cheap when it does already."""
        if not self._parked:
            return
        with self._lock:
            if self._parked:
                self._parked = False
                self._shorten_switch_interval()
                self._go_on()

    def _go_on(self) -> None:
        if self._started:
            self._gate.release()
            return
        try:
            own_threads.start(self._run)
            self._started = True
        except RuntimeError:
            # The process ends, or has too many threads already; the next request tries again.
            self._parked = True
            self._restore_switch_interval()

    def _run(self) -> None:
        due, idle = perf_counter(), 0
        while True:
            due = self._pause_until(due + self.interval + SWITCH_INTERVAL)
            if self._is_needed():
                self._timed_tick()
                idle = 0
                continue
            idle += 1
            if idle > _IDLE_TICKS and self._park():
                self._gate.acquire()
                # The first tick comes as soon as it would on average.
                due, idle = perf_counter() - self.interval / 2, 0

    def _pause_until(self, due: float) -> float:
        """Pauses; less than usual after a late tick, more where ticks are dear. Returns the end."""
        now = perf_counter()
        dear = min(min(self._costs) / _LARGEST_SHARE, _LONGEST_PAUSE)
        due = max(due, now + max(self.interval / 2, dear))
        self._gate.acquire(True, due - now)
        return due

    def _timed_tick(self) -> None:
        started, cpu_started = perf_counter_ns(), thread_time_ns()
        try:
            self._tick()
        except Exception as error:
            log.once('tick', 'could not take a sample: %r' % error)
        self.time_spent += perf_counter_ns() - started
        self._costs = self._costs[1], (thread_time_ns() - cpu_started) / _SECOND

    def _park(self) -> bool:
        with self._lock:
            # In this order: `wake` looks at it after the need has arisen.
            self._parked = True
            if self._is_needed():
                self._parked = False
                return False
            self._restore_switch_interval()
            return True

    def _shorten_switch_interval(self) -> None:
        interval = sys.getswitchinterval()
        if interval > SWITCH_INTERVAL:
            self._users_switch_interval = interval
            sys.setswitchinterval(SWITCH_INTERVAL)

    def _restore_switch_interval(self) -> None:
        interval, self._users_switch_interval = self._users_switch_interval, None
        if interval is not None and sys.getswitchinterval() == SWITCH_INTERVAL:
            sys.setswitchinterval(interval)
