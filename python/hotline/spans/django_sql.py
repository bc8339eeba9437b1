"""SQL of Django, on every backend, by the execute wrapper that Django documents.

https://docs.djangoproject.com/en/stable/topics/db/instrumentation/ (Django 2.0 and later)
"""

from __future__ import annotations

import sys
from time import perf_counter_ns

from .. import log
from ..recording import current
from . import queries


def install(signals) -> None:
    """Follows every database connection; `signals` is the module `django.db.backends.signals`."""
    signals.connection_created.connect(_on_connection, weak=False, dispatch_uid='hotline')
    base = sys.modules.get('django.db.backends.base.base')
    if hasattr(base, 'BaseDatabaseWrapper'):
        _follow_open_connections()


def _on_connection(connection, **_) -> None:
    # The first of the list is the outermost; `connection.execute_wrapper()` takes away the last.
    if _timed not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _timed)


def _follow_open_connections() -> None:
    """For a profiler that comes after the first query: a test, a shell, a job."""
    try:
        connections = sys.modules['django.db'].connections.all()
    except Exception:  # The settings are not known yet, so nothing is open.
        return
    for connection in connections:
        if connection.connection is not None:
            _on_connection(connection)


def _timed(execute, sql, params, many, context):
    recording = current()
    if recording is None:
        return execute(sql, params, many, context)
    started = perf_counter_ns()
    try:
        return execute(sql, params, many, context)
    finally:
        duration = perf_counter_ns() - started
        try:
            _record(recording, sql, params, many, context, started, duration)
        except Exception as error:
            log.once('django_sql', 'could not record a query: %r' % error)


def _record(recording, sql, params, many, context, started: int, duration: int) -> None:
    cursor = context['cursor']
    queries.record(
        recording,
        _text(sql, cursor),
        started,
        duration,
        database=context['connection'].alias,
        rows=getattr(cursor, 'rowcount', None),
        parameters=params,
        many=many,
    )


def _text(sql: object, cursor) -> object:
    """What psycopg composes needs a cursor to become text."""
    if not hasattr(sql, 'as_string'):
        return sql
    try:
        return sql.as_string(cursor.cursor)
    except Exception:
        return repr(sql)
