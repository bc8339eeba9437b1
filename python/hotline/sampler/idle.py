"""Which stacks wait for something to do, by the function that waits."""

from __future__ import annotations

from types import CodeType
from typing import Dict, FrozenSet, Sequence, Tuple, Union

#: Ends of file names, and the functions in them that call what waits.
_WAITS: Tuple[Tuple[str, Tuple[str, ...]], ...] = (
    ('threading.py', ('wait', 'join', '_wait_for_tstate_lock')),
    ('selectors.py', ('select',)),
    ('socket.py', ('accept',)),
    ('concurrent/futures/thread.py', ('_worker',)),
    ('multiprocessing/connection.py', ('_recv', '_poll', 'wait', 'accept')),
    ('multiprocessing/popen_fork.py', ('poll',)),
    ('multiprocessing/queues.py', ('get',)),
    ('subprocess.py', ('_try_wait',)),
    # A loop of uvloop is not written in Python: this is its outermost caller.
    ('asyncio/runners.py', ('run',)),
    ('uvicorn/_compat.py', ('asyncio_run',)),
    ('gunicorn/arbiter.py', ('sleep',)),
    ('gunicorn/workers/sync.py', ('wait',)),
    ('waitress/wasyncore.py', ('poll', 'poll2')),
    ('kombu/utils/eventio.py', ('poll', '_poll')),
    ('gevent/hub.py', ('run',)),
    ('gevent/baseserver.py', ('serve_forever',)),
    ('gevent/_threading.py', ('get', 'wait', 'acquire_with_timeout')),
)

#: The same for functions that read the next request of a connection that is kept open.
_READS: Tuple[Tuple[str, Tuple[str, ...]], ...] = (
    ('http/server.py', ('handle_one_request',)),
    ('gevent/pywsgi.py', ('read_requestline', '_read_requestline')),
)

#: Through which they read.
_TRANSPORTS = ('socket.py', 'ssl.py', 'gevent/_socket3.py', 'gevent/_socketcommon.py')


class Waits:
    """Tells idle stacks, and keeps what it has found out about functions."""

    def __init__(self) -> None:
        self._kinds: Dict[int, FrozenSet[str]] = {}

    def is_idle(self, innermost: Sequence[Union[CodeType, str]]) -> bool:
        """Whether the stack waits for something to do; its functions, the innermost first."""
        reads = False
        for code in innermost:
            kinds = self._kind(code)
            if not reads and 'waits' in kinds:
                return True
            if 'transports' not in kinds:
                return reads and 'reads' in kinds
            reads = True
        return False

    def _kind(self, code: Union[CodeType, str]) -> FrozenSet[str]:
        kinds = self._kinds.get(id(code))
        if kinds is None:
            kinds = self._kinds[id(code)] = frozenset() if isinstance(code, str) else _kinds(code)
        return kinds


def _kinds(code: CodeType) -> FrozenSet[str]:
    path = '/' + code.co_filename.replace('\\', '/')
    found = {'transports' for end in _TRANSPORTS if path.endswith('/' + end)}
    for kind, places in (('waits', _WAITS), ('reads', _READS)):
        for end, functions in places:
            if code.co_name in functions and path.endswith('/' + end):
                found.add(kind)
    return frozenset(found)
