"""Looks at the stacks of this process and counts them."""

from __future__ import annotations

from operator import itemgetter
from time import perf_counter
from types import CodeType
from typing import Dict, List, Tuple

from ..concurrency import own_threads
from ..concurrency.originals import allocate_lock
from . import thread_names
from .counts import Counts
from .greenlets import Greenlets, suspended
from .walking import Stack, stacks_of_threads

_place = itemgetter(0, 1)


class Observer:
    """Counts what `look` sees until it is taken away."""

    def __init__(self, granularity: float, greenlets: Greenlets) -> None:
        self._granularity = granularity
        self._greenlets = greenlets
        self._lock = allocate_lock()
        self._counts = Counts(granularity, perf_counter())
        #: Ident of a thread -> code and instruction of the frames that it had at the last look, and
        #: the innermost node of that stack.
        self._last: Dict[int, Tuple[List[Tuple[CodeType, int]], int]] = {}

    def look(self) -> None:
        """Counts the stacks of all threads and greenlets, but not of the profiler's own threads."""
        now = perf_counter()
        places = self._greenlets.places()
        greenlets = list(places)
        threads, are_running = stacks_of_threads(greenlets)
        running = dict(places[one] for one, runs in zip(greenlets, are_running) if runs)
        others = [one for one, runs in zip(greenlets, are_running) if not runs]
        found = [(stack, *places[one]) for one, stack in suspended(others)]
        with self._lock:
            count = self._counts.pass_time(now)
            if count:
                self._count_threads(threads, running, count)
                for stack, ident, name in found:
                    node = self._counts.node(stack)
                    self._counts.add(thread_names.name_of(ident) + name, node, count)

    def take(self, is_reset: bool) -> Counts:
        """What has been counted; with a reset, counting begins anew at this moment."""
        with self._lock:
            taken = self._counts
            if not is_reset:
                return taken.copy()
            self._counts = Counts(self._granularity, taken.accounted)
            self._last = {}
            return taken.closed()

    def put_back(self, taken: Counts) -> None:
        """Undoes a reset: nobody has got what was taken."""
        with self._lock:
            taken.go_on_with(self._counts)
            self._counts = taken
            self._last = {}

    def _count_threads(
        self, threads: List[Tuple[int, Stack]], running: Dict[int, str], count: int
    ) -> None:
        last, self._last = self._last, {}
        own = own_threads.idents
        for ident, stack in threads:
            if ident in own:
                continue
            places = list(map(_place, stack))
            before, node = last.get(ident, (None, 0))
            # Of a thread that waits: comparing is faster than finding the way to the node again.
            if places != before:
                node = self._counts.node(stack)
            self._last[ident] = places, node
            self._counts.add(thread_names.name_of(ident) + running.get(ident, ''), node, count)
