"""Records the requests of an ASGI application (https://asgi.readthedocs.io, version 3 and 2)."""

from __future__ import annotations

import inspect
from typing import Awaitable, Callable, Dict, Iterable, List, Optional, Tuple

from .. import log, recorder, selection, staging
from ..concurrency import coroutines, tasks
from ..recording import Recording
from ..request import Request
from ..triggers import Header

#: `(name, version)` of a server.
Product = Tuple[str, str]

Scope = Dict[str, object]

#: In the scope of a request: an outer hook has decided whether it is recorded.
_DECIDED = 'hotline.decided'


def middleware(application: Callable, server: Optional[Product] = None) -> Callable:
    """The application with its HTTP requests recorded; of the same version of ASGI."""
    if _is_legacy(application):
        return _legacy_middleware(application, server)

    async def recorded(scope: Scope, receive: Callable, send: Callable) -> None:
        await call(application, scope, receive, send, server)

    return recorded


async def call(
    application: Callable,
    scope: Scope,
    receive: Callable,
    send: Callable,
    server: Optional[Product] = None,
) -> None:
    """Calls the application as a server does; the request ends when the application returns."""
    recording = _begin(scope, server) if scope['type'] == 'http' else None
    if recording is None:
        await application(scope, receive, send)
        return
    telling = _telling(recording.request, send)
    await record(recording, _as_coroutine(application, scope, receive, telling))


async def record(recording: Recording, coroutine: Awaitable) -> object:
    """Awaits a coroutine for a recording that was begun with `enters=False`, and finishes it."""
    recording.coroutine = coroutine
    tasks.follow()
    try:
        return await coroutines.Driven(recording, coroutine)
    except BaseException as error:
        recording.request.error = type(error).__name__
        raise
    finally:
        recorder.finish(recording)


async def _as_coroutine(application: Callable, *arguments: object) -> object:
    return await application(*arguments)


def _begin(scope: Scope, server: Optional[Product]) -> Optional[Recording]:
    try:
        if _DECIDED in scope:
            return None
        scope[_DECIDED] = True
        header = _header(scope['headers'])
        query = scope.get('query_string', b'').decode('latin-1')
        request = Request(scope['method'], scope['path'] or '/', selection.masked(query) or None)
        if not selection.selects(request.method, request.path, query, header):
            return None
        request.user_agent = selection.client_class(header('user-agent'))
        request.server = server
        staging.note(request, (scope.get('client') or (None,))[0], header)
        return recorder.begin(request, enters=False)
    except Exception as error:
        log.once('asgi', 'could not read an ASGI request: %r' % error)
        return None


def _header(headers: Iterable[Tuple[bytes, bytes]]) -> Header:
    """A header that came in several lines, as cookies do in HTTP/2, is one."""
    values: Dict[str, List[str]] = {}
    for name, value in headers:
        values.setdefault(name.decode('latin-1').lower(), []).append(value.decode('latin-1'))

    def header(name: str) -> Optional[str]:
        found = values.get(name)
        return found and ('; ' if name == 'cookie' else ', ').join(found)

    return header


def _telling(request: Request, send: Callable) -> Callable:
    """A `send` that takes a note of the status and of how much is sent."""

    def telling(message: Dict[str, object]) -> Awaitable:
        try:
            _note(request, message)
        except Exception as error:
            log.once('asgi message', 'could not read an ASGI message: %r' % error)
        return send(_answered(request, message))

    return telling


def _answered(request: Request, message: Dict[str, object]) -> Dict[str, object]:
    """The message, with the profile's identifier in its headers if it has to be told."""
    if request.identifier is None or message.get('type') != 'http.response.start':
        return message
    told = (staging.HEADER.lower().encode(), request.identifier.encode())
    return {**message, 'headers': [*message.get('headers', ()), told]}


def _note(request: Request, message: Dict[str, object]) -> None:
    if message['type'] == 'http.response.start':
        request.status = message['status']
        request.bytes_sent = 0
    elif message['type'] == 'http.response.body':
        request.bytes_sent = (request.bytes_sent or 0) + len(message.get('body', b''))


def _is_legacy(application: Callable) -> bool:
    """Whether it is called with the scope alone and returns what is called with the rest."""
    try:
        signature = inspect.signature(application)
    except (TypeError, ValueError):
        return False
    return _takes(signature, 1) and not _takes(signature, 3)


def _takes(signature: inspect.Signature, count: int) -> bool:
    try:
        signature.bind(*[None] * count)
    except TypeError:
        return False
    return True


def _legacy_middleware(application: Callable, server: Optional[Product]) -> Callable:
    async def single(scope: Scope, receive: Callable, send: Callable) -> None:
        await application(scope)(receive, send)

    def recorded(scope: Scope) -> Callable:
        async def instance(receive: Callable, send: Callable) -> None:
            await call(single, scope, receive, send, server)

        return instance

    return recorded
