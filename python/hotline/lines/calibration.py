"""How long an event takes outside of its own callback's clock."""

from __future__ import annotations

from time import perf_counter as clock
from typing import Dict, Optional

from . import budget, sources, tracker
from .activation import ThreadState

_LINES = 40
_RUNS = 25

#: Lines that take next to no time.
_SOURCE = 'def sample(value):\n' + '    other = value\n' * _LINES

_residual: Optional[float] = None


def residual() -> float:
    """Seconds that an event adds to the line before it, measured at the first call."""
    global _residual
    if _residual is None:
        _residual = _measure()
    return _residual


def _measure() -> float:
    code = sources.compile_module(_SOURCE.encode(), '<sample>')
    names: Dict[str, object] = {}
    exec(code or compile(_SOURCE, '<sample>', 'exec'), names)
    sample = names['sample']
    if code is None:
        from .monitoring import watch

        watch(sample.__code__, '<sample>')
    return min(_run(sample) for _ in range(_RUNS)) / _LINES


def _run(sample) -> float:
    """Seconds that the lines of the sample seem to take."""
    ident = tracker.get_ident()
    before = tracker.states.get(ident)
    state = tracker.states[ident] = ThreadState(clock(), 0.0, budget.UNLIMITED, {})
    try:
        sample(0)
    finally:
        if before is None:
            del tracker.states[ident]
        else:
            tracker.states[ident] = before
    return sum(line.time for line in state.costs[id(sample.__code__)].lines.values())
