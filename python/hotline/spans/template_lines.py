"""Lines of templates: from what a rendering leaves behind to hits and times of every line."""

from __future__ import annotations

import os
from collections import deque

from ..recording import Recording

HITS, TIME, OWN = range(3)

_NAME = 'template_renderings'
_SHARED = 'template_rendering'

#: Pieces of one rendering that are kept, the last ones; about 100 bytes each.
MAXIMUM_PIECES = 300_000

_TOO_MANY = 'Lines of templates are not complete: only the last pieces of a large one were kept.'


def new_rendering() -> deque:
    """Takes three items for each piece of a template: the piece, when it began and ended (ns).

    A piece is a node of Django, or the tuple `(file, line, number)` of statements of Jinja2. A flat
    sequence that is filled as pieces end costs the request least, and holds all that is needed.
    """
    return deque(maxlen=3 * MAXIMUM_PIECES)


def keep(recording: Recording, rendering: deque) -> None:
    """Adds the rendering of a whole template to what is known of a request."""
    recording.results.setdefault(_NAME, []).append(rendering)


def rendering_of(recording: Recording) -> deque:
    """The one rendering of a request for all pieces of it whose beginning and end is not told."""
    rendering = recording.results.get(_SHARED)
    if rendering is None:
        rendering = recording.results.setdefault(_SHARED, new_rendering())
    return rendering


def of(recording: Recording) -> dict[tuple[str, int], list[int]]:
    """(file, line) -> `[hits, inclusive ns, own ns]`; for a finished recording, off its thread."""
    lines = {place: list(costs) for place, costs in recording.template_lines.items()}
    for rendering in (*recording.results.get(_NAME, ()), recording.results.get(_SHARED, ())):
        _add_times(lines, rendering)
        _add_hits(lines, rendering)
        if len(rendering) >= 3 * MAXIMUM_PIECES and _TOO_MANY not in recording.warnings:
            recording.warnings.append(_TOO_MANY)
    return lines


def place_of(piece: object) -> tuple[str, int] | None:
    """File and line of a piece; `None` where its template is not a file."""
    if isinstance(piece, tuple):
        return piece[0], piece[1]
    token = getattr(piece, 'token', None)
    name = getattr(getattr(piece, 'origin', None), 'name', None)
    if token is None or not token.lineno or not isinstance(name, str) or not os.path.isabs(name):
        return None
    return name, token.lineno


def _add_times(lines: dict, rendering: deque) -> None:
    """A piece that ended earlier and began later is inside: its time is not the outer one's own.

    Inside of a piece of the same line it is no further time of that line either.
    """
    ended: list[tuple] = []
    ended_of_line: dict[tuple | None, list[tuple]] = {}
    for piece, started, end in _triples(rendering):
        duration = end - started
        inner = _take_since(ended, started)
        ended.append((started, duration))
        place = place_of(piece)
        of_line = ended_of_line.setdefault(place, [])
        counted = _take_since(of_line, started)
        of_line.append((started, duration))
        if place is not None:
            costs = lines.setdefault(place, [0, 0, 0])
            costs[TIME] += duration - counted
            costs[OWN] += duration - inner


def _take_since(ended: list[tuple], started: int) -> int:
    """Takes those away that began since then; the sum of their durations."""
    total = 0
    while ended and ended[-1][0] >= started:
        total += ended.pop()[1]
    return total


def _add_hits(lines: dict, rendering: deque) -> None:
    """A line was hit as often as the busiest of its pieces.

    A template of Django that was loaded several times, as happens without a cached loader, has new
    nodes for each load, which tell it by their origin.
    """
    pieces: dict[object, list] = {}
    for piece, _, _ in _triples(rendering):
        key = piece if isinstance(piece, tuple) else id(piece)
        pieces.setdefault(key, [piece, 0])[1] += 1
    busiest: dict[tuple, int] = {}
    for piece, count in pieces.values():
        load = place_of(piece), id(getattr(piece, 'origin', None))
        busiest[load] = max(busiest.get(load, 0), count)
    for (place, _), count in busiest.items():
        if place is not None:
            lines[place][HITS] += count


def _triples(rendering: deque):
    items = iter(list(rendering))  # Of a rendering that outlives its request, what there is now.
    return zip(items, items, items)
