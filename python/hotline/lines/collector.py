"""The collector of lines."""

from __future__ import annotations

from time import perf_counter as clock
from types import CodeType
from typing import Dict, List

from ..concurrency.originals import get_ident
from ..recording import Recording
from . import budget as limits
from . import journal, sources, tracker
from .activation import Prices, ThreadState
from .watched import dirty, rearm_all, watched_codes

_SECOND = 1e9


class Trace:
    """All that is tracked for one recording."""

    __slots__ = ('bursts', 'states', 'suspended')

    def __init__(self) -> None:
        #: Thread ident -> what the thread does for the recording.
        self.states: Dict[int, ThreadState] = {}
        #: id(frame) -> its generators and coroutines that are suspended.
        self.suspended: Dict[int, object] = {}
        self.bursts = 0

    def sampled(self, identity: int, weight: float) -> float:
        """The code object of that `id` was on a stack for so long.

        Returns for how long it was unobserved there.
        """
        for state in list(self.states.values()):
            cost = state.costs.get(identity)
            if cost is not None:
                cost.sampled(weight)
                return cost.unobserved
        return 0.0

    def burst_interval(self, started: float) -> float:
        """For how long a function must have been unobserved to be looked at; infinite if never."""
        elapsed = clock() - started
        overhead = sum([state.overhead for state in list(self.states.values())])
        if overhead >= elapsed / limits.BURST_SHARE or self.bursts >= limits.MOST_BURSTS:
            return float('inf')
        return max(limits.UNOBSERVED, elapsed / limits.INTERVALS)


class LineCollector:
    """Hits and times of the user's lines; with a budget, estimated once they have used it up."""

    name = 'lines'

    def __init__(self, budget: bool) -> None:
        self._free_hits = limits.CHUNK if budget else limits.UNLIMITED
        self._available = _start()
        self._has_budget = budget
        self._prices = Prices()
        if self._available:
            from .calibration import prices

            self._prices = prices()
        if self._available and budget:
            from ..sampling import sampler

            sampler.listeners.append(self._on_sample)

    def begin(self, recording: Recording) -> None:
        recording.results[self.name] = Trace()
        if self._available:
            rearm_all()
        else:
            recording.warnings.append(
                'Other tools use all of sys.monitoring: lines are estimated from samples.'
            )

    def enter(self, recording: Recording) -> None:
        ident = get_ident()
        trace = recording.results[self.name]
        state = trace.states.get(ident)
        if state is None:
            state = trace.states[ident] = ThreadState(
                recording.started / _SECOND,
                self._free_hits,
                self._prices,
                trace.states,
                trace.suspended,
            )
            if self._has_budget and not dirty:
                journal.begin(state)
        else:
            state.came_back(clock())
        state.previous = tracker.states.get(ident)
        tracker.states[ident] = state

    def leave(self, recording: Recording) -> None:
        ident = get_ident()
        state = tracker.states.get(ident)
        if state is None:
            return
        state.left(clock())
        if state.previous is None:
            del tracker.states[ident]
        else:
            tracker.states[ident] = state.previous

    def end(self, recording: Recording) -> None:
        for ident, state in list(recording.results[self.name].states.items()):
            if tracker.states.get(ident) is state:
                del tracker.states[ident]
            state.finish(clock())

    def describe(self, recording: Recording) -> Dict[str, List[Dict[str, object]]]:
        """The members `lines` and `functions` of the file."""
        from .report import describe

        return describe(recording.results[self.name], recording.results.get('samples'))

    def _on_sample(self, recording: Recording, weight: int, codes: List[CodeType]) -> None:
        """Has those functions on the stack looked at that are switched off."""
        trace = recording.results.get(self.name)
        if trace is None:
            return
        interval = trace.burst_interval(recording.started / _SECOND)
        for identity in {id(code) for code in codes}:
            watched = watched_codes.get(identity)
            is_off = watched is not None and watched.off
            if is_off and trace.sampled(identity, weight / _SECOND) >= interval:
                trace.bursts += 1
                watched.burst()


def _start() -> bool:
    if sources.REWRITES:
        from . import probes

        probes.start()
        return True
    from . import monitoring

    return monitoring.start()
