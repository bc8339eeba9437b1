"""SQL of SQLAlchemy 1.4 and 2, synchronous and asynchronous engines, by its engine events.

https://docs.sqlalchemy.org/en/20/core/events.html#sqlalchemy.events.ConnectionEvents
"""

from __future__ import annotations

from time import perf_counter_ns

from .. import log
from ..recording import current
from . import queries

#: Among the results of a recording: identity of a cursor -> when its statement began.
_RUNNING = 'sqlalchemy_statements'


def install(module) -> None:
    """Listens to every engine, those made before included; `module` is `sqlalchemy.engine`."""
    from sqlalchemy import event

    for name, listener in _LISTENERS.items():
        if not event.contains(module.Engine, name, listener):
            event.listen(module.Engine, name, listener)


def _before(connection, cursor, statement, parameters, context, executemany) -> None:
    recording = current()
    if recording is not None:
        recording.results.setdefault(_RUNNING, {})[id(cursor)] = perf_counter_ns()


def _after(connection, cursor, statement, parameters, context, executemany) -> None:
    _end(connection, cursor, statement, parameters, executemany)


def _on_error(error) -> None:
    context = error.execution_context
    if context is not None and error.statement is not None:
        many = getattr(context, 'executemany', False)
        _end(error.connection, context.cursor, error.statement, error.parameters, many)


def _end(connection, cursor, statement, parameters, many: bool) -> None:
    ended = perf_counter_ns()
    recording = current()
    if recording is None:
        return
    started = recording.results.get(_RUNNING, {}).pop(id(cursor), None)
    if started is not None:
        queries.record(
            recording,
            statement,
            started,
            ended - started,
            database=_database_of(connection),
            rows=getattr(cursor, 'rowcount', None),
            parameters=parameters,
            many=many,
        )


def _database_of(connection) -> str | None:
    if connection is None:
        return None
    return connection.engine.url.database or connection.dialect.name


def _guarded(listener):
    """An exception of a listener would be one of the statement."""

    def guarded(*arguments) -> None:
        try:
            listener(*arguments)
        except Exception as error:
            log.once('sqlalchemy', 'could not record a query: %r' % error)

    return guarded


_LISTENERS = {
    'before_cursor_execute': _guarded(_before),
    'after_cursor_execute': _guarded(_after),
    'handle_error': _guarded(_on_error),
}
