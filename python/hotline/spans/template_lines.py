"""Lines of templates: from what a rendering leaves behind to hits and times of every line."""

from __future__ import annotations

import os
from collections import deque

from ..recording import Recording

HITS, TIME, OWN = range(3)

_NESTED = 'template_renderings'
_SHARED = 'template_rendering'

#: Pieces of one rendering that are kept, the last ones; about 100 bytes each.
MAXIMUM_PIECES = 300_000

_TOO_MANY = 'Lines of templates are not complete: only the last pieces of a large one were kept.'


def new_rendering(recording: Recording) -> deque:
    """Takes notes of one rendering of a request: a piece and when it begins, and when it ends (ns).

    What is within the piece comes in between. A piece is anything but a number. A flat sequence of
    notes costs the request least, and holds all that is needed.
    """
    rendering: deque = deque(maxlen=3 * MAXIMUM_PIECES)
    recording.results.setdefault(_NESTED, []).append(rendering)
    return rendering


def rendering_of(recording: Recording) -> deque:
    """The one rendering of a request for all pieces of it that are told as they end.

    Takes three items for each: the tuple `(file, line, number)`, when it began and ended (ns).
    """
    rendering = recording.results.get(_SHARED)
    if rendering is None:
        rendering = recording.results.setdefault(_SHARED, deque(maxlen=3 * MAXIMUM_PIECES))
    return rendering


def of(recording: Recording) -> dict[tuple[str, int], list[int]]:
    """(file, line) -> `[hits, inclusive ns, own ns]`; for a finished recording, off its thread."""
    lines = {place: list(costs) for place, costs in recording.template_lines.items()}
    nested = list(recording.results.get(_NESTED, ()))
    shared = recording.results.get(_SHARED, ())
    for ended in (*map(_ended_pieces, nested), list(_triples(shared))):
        _add_times(lines, ended)
        _add_hits(lines, ended)
    for rendering in (*nested, shared):
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


def _ended_pieces(rendering: deque) -> list[tuple]:
    """Pieces that have ended, when they began and ended, the one that ended first coming first."""
    ended: list[tuple] = []
    begun: list[tuple] = []
    piece = None
    for note in list(rendering):  # Of a rendering that outlives its request, what there is now.
        if type(note) is not int:
            piece = note
        elif piece is not None:
            begun.append((piece, note))
            piece = None
        elif begun:  # Or the beginning was too long ago to be kept.
            ended.append((*begun.pop(), note))
    return ended


def _add_times(lines: dict, ended_pieces: list[tuple]) -> None:
    """A piece that ended earlier and began later is inside: its time is not the outer one's own.

    Inside of a piece of the same line it is no further time of that line either.
    """
    ended: list[tuple] = []
    ended_of_line: dict[tuple | None, list[tuple]] = {}
    for piece, started, end in ended_pieces:
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


def _add_hits(lines: dict, ended_pieces: list[tuple]) -> None:
    """A line was hit as often as the busiest of its pieces.

    A template of Django that was loaded several times, as happens without a cached loader, has new
    nodes for each load, which tell it by their origin.
    """
    pieces: dict[object, list] = {}
    for piece, _, _ in ended_pieces:
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
    items = iter(list(rendering))
    return zip(items, items, items)
