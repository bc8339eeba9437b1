"""Lines of the user's functions from samples, for those of which no event told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Dict, Iterable, Optional, Tuple

from ..user_code import user_path

if TYPE_CHECKING:
    from ..sampling.samples import Samples

_SECOND = 1e9

#: File, line and function.
Place = Tuple[str, int, str]

#: Hits, seconds, how many of them it was suspended, and whether all of this is estimated.
Values = Tuple[float, float, float, bool]


def lines_of(samples: Optional[Samples], known: Iterable[Place]) -> Dict[Place, Values]:
    """The user's lines but for those that are known, and for all of the functions that they are of.

    As many hits as samples is the least that there were.
    """
    if samples is None:
        return {}
    known_lines = {place[:2] for place in known}
    known_functions = {place[::2] for place in known}
    from ..sampling.lines import LineTables

    tables = LineTables()
    places: Dict[int, Place] = {}
    for node, (_, code, instruction) in enumerate(samples.nodes):
        path = None if isinstance(code, str) else user_path(code.co_filename)
        if path is not None:
            name = getattr(code, 'co_qualname', code.co_name)
            place = (path, tables.line(code, instruction), name)
            if place[:2] not in known_lines and place[::2] not in known_functions:
                places[node] = place
    return _weigh(samples, places) if places else {}


def _weigh(samples: Samples, places: Dict[int, Place]) -> Dict[Place, Values]:
    lines: Dict[Place, Values] = {}
    for node, weight in zip(samples.stacks, samples.weights):
        found = set()
        while node >= 0:
            if node in places:
                found.add(places[node])
            node = samples.nodes[node][0]
        for place in found:
            hits, time, _, _ = lines.get(place, (0, 0, 0, True))
            lines[place] = hits + 1, time + weight / _SECOND, 0, True
    return lines
