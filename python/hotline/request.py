"""What is known of a request: plain records, filled by whoever learns a fact."""

from __future__ import annotations


class Request:
    """The facts of one HTTP request (or of one profiled job, then without a method)."""

    __slots__ = (
        'bytes_sent',
        'error',
        'framework',
        'identifier',
        'method',
        'path',
        'query',
        'remote_address',
        'route',
        'server',
        'status',
        'thread',
        'user_agent',
        'view',
    )

    def __init__(self, method: str | None, path: str, query: str | None = None) -> None:
        self.method = method
        #: Decoded path with its leading slash; the name of a job.
        self.path = path
        #: Query string without the question mark, secrets masked.
        self.query = query
        self.status: int | None = None
        #: Bytes of the body that went out.
        self.bytes_sent: int | None = None
        #: Template of the route, as the framework writes it: `shop/<int:pk>/`.
        self.route: str | None = None
        #: Dotted name of the view or endpoint.
        self.view: str | None = None
        #: Class of the client, never the header itself: `browser`, `bot`, `script` or `other`.
        self.user_agent: str | None = None
        #: Address that sent it, and what the response called its profile: known only of requests
        #: that carried the secret which lets them be recorded.
        self.remote_address: str | None = None
        self.identifier: str | None = None
        #: Name of the exception's type that left the application.
        self.error: str | None = None
        #: `(name, version)` of the framework and of the server, where known.
        self.framework: tuple[str, str] | None = None
        self.server: tuple[str, str] | None = None
        #: Name of the thread that took the request.
        self.thread: str | None = None


class Query:
    """One statement sent to a database. Times are nanoseconds of `time.perf_counter_ns`."""

    __slots__ = (
        'database',
        'duration',
        'file',
        'line',
        'many',
        'parameters',
        'rows',
        'started',
        'statement',
    )

    def __init__(self, statement: str, started: int, duration: int) -> None:
        self.statement = statement
        self.started = started
        self.duration = duration
        #: Rows returned or changed, where the driver tells.
        self.rows: int | None = None
        #: Alias or name of the database.
        self.database: str | None = None
        #: The user's own line that issued it.
        self.file: str | None = None
        self.line: int | None = None
        #: `repr` of the parameters, only where asked for.
        self.parameters: str | None = None
        #: Number of parameter sets of an `executemany`.
        self.many: int | None = None


class Span:
    """Anything else that was timed: a call of a cache. Times as in `Query`."""

    __slots__ = ('duration', 'file', 'kind', 'line', 'name', 'started')

    def __init__(self, kind: str, name: str, started: int, duration: int) -> None:
        self.kind = kind
        self.name = name
        self.started = started
        self.duration = duration
        self.file: str | None = None
        self.line: int | None = None
