"""What was tracked, as it is written to the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Dict, List, Optional, Tuple

from .costs import CodeCost, LineCost
from .estimate import Estimate
from .sampled import Values as _Values
from .sampled import lines_of as sampled_lines

if TYPE_CHECKING:
    from ..sampling.samples import Samples
    from .collector import Trace


def describe(trace: Trace, samples: Optional[Samples]) -> Dict[str, List[Dict[str, object]]]:
    """The members `lines` and `functions` of the file.

    Functions of the user's whose lines nothing told of have them estimated from the samples.
    """
    lines: Dict[Tuple[str, int, str], _Values] = {}
    functions: Dict[Tuple[str, int, str], _Values] = {}
    states = list(trace.states.values())
    for state in states:
        state.close_books()
    for state in states:
        for cost in list(state.costs.values()):
            path, code = cost.watched.path, cost.watched.code
            name = getattr(code, 'co_qualname', code.co_name)
            estimate = Estimate(cost)
            for line in cost.lines.values():
                _add(lines, (path, line.number, name), _line_values(line, estimate))
            if cost.calls:
                values = (*_call_values(cost), 0, cost.entries_missed)
                _add(functions, (path, code.co_firstlineno, name), values)
    for place, values in sampled_lines(samples, lines).items():
        _add(lines, place, values)
    return {
        'lines': [_line(place, values) for place, values in sorted(lines.items())],
        'functions': [_function(place, values) for place, values in sorted(functions.items())],
    }


def _line_values(line: LineCost, estimate: Estimate) -> _Values:
    if not line.off:
        return line.hits, max(0, line.time), line.waiting, False
    hits = line.hits + round(estimate.hits.get(line, 0))
    return hits, max(0, line.time + estimate.time.get(line, 0)), line.waiting, True


def _call_values(cost: CodeCost) -> Tuple[float, float]:
    """Calls and their time; those that were not seen took as long as the others."""
    seen = max(1e-9, cost.time)
    return round(cost.calls * (1 + cost.unseen / seen)), cost.time + cost.unseen


def _add(
    table: Dict[Tuple[str, int, str], _Values], place: Tuple[str, int, str], values: _Values
) -> None:
    """Adds what another thread, or another closure of the same function, took."""
    hits, time, waiting, estimated = table.get(place, (0, 0, 0, False))
    more_hits, more_time, more_waiting, more_estimated = values
    table[place] = (
        hits + more_hits,
        time + more_time,
        waiting + more_waiting,
        estimated or more_estimated,
    )


def _line(place: Tuple[str, int, str], values: _Values) -> Dict[str, object]:
    file, line, function = place
    hits, time, waiting, estimated = values
    entry: Dict[str, object] = {
        'file': file,
        'line': line,
        'function': function,
        'hits': hits,
        'time': time,
    }
    if waiting:
        entry['waiting'] = waiting
    if estimated:
        entry['estimated'] = True
    return entry


def _function(place: Tuple[str, int, str], values: _Values) -> Dict[str, object]:
    file, line, name = place
    calls, time, _, _ = values
    return {'file': file, 'line': line, 'name': name, 'calls': calls, 'time': time}
