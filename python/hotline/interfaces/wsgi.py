"""Records the requests of a WSGI application (PEP 3333)."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Callable, Dict, Iterable, Iterator, List, Optional, Tuple

from .. import log, recorder, selection, staging
from ..recording import Recording
from ..request import Request
from ..triggers import Header

#: `(name, version)` of a server.
Product = Tuple[str, str]

#: In the environment of a request: an outer hook has decided whether it is recorded.
_DECIDED = 'hotline.decided'


def middleware(application: Callable, server: Optional[Product] = None) -> Callable:
    """The application with its requests recorded."""

    def recorded(environ: Dict[str, object], start_response: Callable) -> Iterable[bytes]:
        return call(application, environ, start_response, server)

    return recorded


def call(
    application: Callable,
    environ: Dict[str, object],
    start_response: Callable,
    server: Optional[Product] = None,
) -> Iterable[bytes]:
    """Calls the application as a server does; the request ends when its body is closed.

    A body whose type the server cares for is returned as it is: a list, whose length some servers
    send, and one made by `wsgi.file_wrapper`. The request then ends with this call.
    """
    recording = _begin(environ, server, sys._getframe())
    if recording is None:
        return application(environ, start_response)
    request = recording.request
    start = _Start(request, start_response)
    try:
        body = application(environ, start)
        is_whole = isinstance(body, (list, tuple)) or _is_file(body, environ)
        served = body if is_whole else _Body(recording, body)
    except BaseException as error:
        request.error = type(error).__name__
        recorder.finish(recording)
        raise
    if is_whole:
        if isinstance(body, (list, tuple)):
            request.bytes_sent = start.written + sum(map(_length, body))
        recorder.finish(recording)
    else:
        request.bytes_sent = start.written
        recording.leave()
    return served


def _begin(
    environ: Dict[str, object], server: Optional[Product], outside: FrameType
) -> Optional[Recording]:
    try:
        if _DECIDED in environ:
            return None
        environ[_DECIDED] = True
        request = _request(environ)
        query = environ.get('QUERY_STRING') or ''
        if not selection.selects(request.method, request.path, query, _header(environ)):
            return None
        request.server = server
        staging.note(request, environ.get('REMOTE_ADDR'), _header(environ))
        return recorder.begin(request, outside)
    except Exception as error:
        log.once('wsgi', 'could not read a WSGI request: %r' % error)
        return None


def _request(environ: Dict[str, object]) -> Request:
    path = environ.get('SCRIPT_NAME', '') + environ.get('PATH_INFO', '')
    request = Request(
        environ.get('REQUEST_METHOD', 'GET'),
        path.encode('latin-1').decode('utf-8', 'surrogateescape') or '/',
        selection.masked(environ.get('QUERY_STRING') or '') or None,
    )
    request.user_agent = selection.client_class(environ.get('HTTP_USER_AGENT'))
    return request


def _header(environ: Dict[str, object]) -> Header:
    return lambda name: environ.get('HTTP_' + name.upper().replace('-', '_'))


class _Start:
    """A `start_response` that takes a note of the status and of how much is written."""

    def __init__(self, request: Request, start_response: Callable) -> None:
        self._request = request
        self._start_response = start_response
        self._write: Optional[Callable[[bytes], object]] = None
        #: Bytes that went out by the callable that `start_response` returns.
        self.written = 0

    def __call__(self, status: str, headers: List[Tuple[str, str]], *exc_info: object) -> Callable:
        try:
            _note(self._request, status, headers)
        except Exception as error:
            log.once('wsgi headers', 'could not read the headers of a response: %r' % error)
        if self._request.identifier is not None:
            headers = [*headers, (staging.HEADER, self._request.identifier)]
        self._write = self._start_response(status, headers, *exc_info)
        return self.write

    def write(self, block: bytes) -> object:
        self.written += _length(block)
        return self._write(block)


def _note(request: Request, status: str, headers: List[Tuple[str, str]]) -> None:
    request.status = _number(status[:3])
    for name, value in headers:
        if name.lower() == 'content-length':
            request.bytes_sent = _number(value)


def _length(block: object) -> int:
    """Bytes of a block; what is none is for the server to refuse."""
    return len(block) if isinstance(block, bytes) else 0


def _number(text: str) -> Optional[int]:
    return int(text) if text.isdigit() else None


def _is_file(body: object, environ: Dict[str, object]) -> bool:
    wrapper = environ.get('wsgi.file_wrapper')
    return isinstance(wrapper, type) and isinstance(body, wrapper)


class _Body:
    """A body whose making and closing belong to the request."""

    def __init__(self, recording: Recording, body: Iterable[bytes]) -> None:
        self._recording = recording
        self._body = body
        self._iterator: Iterator[bytes] = iter(body)
        #: Whether code of the application makes the blocks, or they are there.
        self._is_made = type(self._iterator) not in _OF_CONTAINERS

    def __iter__(self) -> _Body:
        return self

    def __next__(self) -> bytes:
        try:
            block = self._make() if self._is_made else next(self._iterator)
        except StopIteration:
            if not hasattr(self._body, 'close'):
                recorder.finish(self._recording)
            raise
        self._recording.request.bytes_sent += _length(block)
        return block

    def _make(self) -> bytes:
        recording = self._recording
        recording.enter(sys._getframe())
        try:
            return next(self._iterator)
        except StopIteration:
            raise
        except BaseException as error:
            recording.request.error = type(error).__name__
            raise
        finally:
            recording.leave()

    def close(self) -> None:
        close = getattr(self._body, 'close', None)
        self._recording.enter(sys._getframe())
        try:
            if close is not None:
                close()
        except BaseException as error:
            self._recording.request.error = type(error).__name__
            raise
        finally:
            recorder.finish(self._recording)

    def __getattr__(self, name: str) -> object:
        return getattr(self._body, name)

    def __del__(self) -> None:
        recorder.finish(self._recording)


_OF_CONTAINERS = (type(iter([])), type(iter(())))
