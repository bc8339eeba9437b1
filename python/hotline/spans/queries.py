"""Queries as they are kept of a request, whichever library sent them."""

from __future__ import annotations

import reprlib

from .. import settings
from ..recording import Recording
from ..request import Query
from .asking import asking_line
from .room import has_room

#: Characters of a statement; a bulk insert may be megabytes long.
MAXIMUM_STATEMENT = 20_000


def record(
    recording: Recording,
    statement: object,
    started: int,
    duration: int,
    database: str | None = None,
    rows: object = None,
    parameters: object = None,
    many: bool = False,
) -> None:
    """Keeps one statement; `started` and `duration` are nanoseconds of `time.perf_counter_ns`.

    `rows` is what the driver says, of any type; `parameters` those of one statement or, with
    `many`, the sequence of all sets. The calling thread's stack tells the line.
    """
    if not has_room(recording, recording.queries, 'queries'):
        return
    query = Query(_shortened(statement), started, duration)
    query.database = database
    if isinstance(rows, int) and rows >= 0:
        query.rows = rows
    if many and hasattr(parameters, '__len__'):
        query.many = len(parameters)
    if settings.current().sql_parameters and parameters is not None:
        query.parameters = _PARAMETERS.repr(parameters)
    place = asking_line(recording)
    if place is not None:
        query.file, query.line = place
    recording.queries.append(query)


def _shortened(statement: object) -> str:
    if isinstance(statement, bytes):
        text = statement.decode('utf-8', 'replace')
    else:
        text = str(statement)
    if len(text) <= MAXIMUM_STATEMENT:
        return text
    return '%s… (%d characters)' % (text[:MAXIMUM_STATEMENT], len(text))


def _limited_repr() -> reprlib.Repr:
    limits = reprlib.Repr()
    limits.maxtuple = limits.maxlist = limits.maxdict = limits.maxset = 100
    limits.maxstring = limits.maxother = 200
    limits.maxlong = 60
    return limits


_PARAMETERS = _limited_repr()
