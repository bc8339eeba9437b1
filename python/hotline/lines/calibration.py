"""How long events take that nobody's clock tells."""

from __future__ import annotations

from time import perf_counter as clock
from typing import Callable, Dict, Optional

from . import budget, journal, sources, tracker
from .activation import Prices, ThreadState

_LINES = 40
_RUNS = 25

#: Lines that take next to no time.
_SOURCE = 'def sample(value):\n' + '    other = value\n' * _LINES

_prices: Optional[Prices] = None


def prices() -> Prices:
    """What events take, measured at the first call."""
    global _prices
    if _prices is None:
        sample = _sample()
        _prices = Prices(
            min(_seeming_cost(sample) for _ in range(_RUNS)) / _LINES,
            min(_time_of_written(sample) for _ in range(_RUNS)) / (_LINES + 1),
        )
    return _prices


def _sample() -> Callable[[object], None]:
    code = sources.compile_module(_SOURCE.encode(), '<sample>')
    names: Dict[str, object] = {}
    exec(code or compile(_SOURCE, '<sample>', 'exec'), names)
    sample = names['sample']
    if code is None:
        from .monitoring import watch

        watch(sample.__code__, '<sample>')
    return sample


def _seeming_cost(sample: Callable) -> float:
    """Seconds that the lines of the sample seem to take where events are followed."""
    state = _run(sample, writes=False)
    return sum(line.time for line in state.costs[id(sample.__code__)].lines.values())


def _time_of_written(sample: Callable) -> float:
    """Seconds between the first and the last event of the sample where events are written down."""
    state = _run(sample, writes=True)
    journal.close(state)
    return state.journal[-1] - state.journal[2]


def _run(sample: Callable, writes: bool) -> ThreadState:
    ident = tracker.get_ident()
    before = tracker.states.get(ident)
    state = ThreadState(clock(), budget.UNLIMITED, Prices(), {}, {})
    tracker.states[ident] = state
    if writes:
        journal.begin(state)
    try:
        sample(0)
    finally:
        if before is None:
            del tracker.states[ident]
        else:
            tracker.states[ident] = before
    return state
