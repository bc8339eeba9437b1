"""A small HTTP server for stacks, on sockets that gevent and others do not touch."""

from __future__ import annotations

import _socket
import errno
import os
import time
from typing import Callable, Optional, Tuple

from .. import log
from ..concurrency import own_threads
from ..concurrency.originals import allocate_lock
from .addresses import written
from .requests import Order, Refused

#: Ports that are tried: the one asked for, and those after it.
_PORTS = 64

#: Connections at the same time; further ones are closed at once.
_MOST_CONNECTIONS = 8

#: Bytes of a request, and seconds that it may take to come and that its answer may take to go.
_LARGEST_REQUEST = 8192
_READ_PATIENCE = 5.0
_WRITE_PATIENCE = 30.0

#: Seconds between two looks at whether it shall end, where closing does not end waiting.
_WAKE = 1.0

#: Gives content type and content; the second function is called where they did not get through.
Answer = Tuple[str, bytes, Callable[[], None]]


class Server:
    """Listens from its making on, and answers once it is started."""

    def __init__(
        self,
        host: str,
        port: int,
        read: Callable[[bytes], Order],
        answer: Callable[[Order], Answer],
    ) -> None:
        """Raises OSError where none of the ports from `port` on can be had."""
        self._read = read
        self._answer = answer
        self._is_stopped = False
        self._lock = allocate_lock()
        self._connections: set = set()
        self._listener, self.port = _listen(host, port)
        self.address = written(host, self.port)

    def start(self) -> None:
        """Raises RuntimeError where no thread can start."""
        own_threads.start(self._run)

    def stop(self) -> None:
        """Frees the port."""
        self._is_stopped = True
        try:
            self._listener.shutdown(_socket.SHUT_RDWR)
        except OSError:
            # Some systems only do that to connections.
            pass
        self._listener.close()

    def forget(self) -> None:
        """Closes what a forked child has of its parent's."""
        self._is_stopped = True
        for one in [self._listener, *self._connections]:
            one.close()

    def _run(self) -> None:
        while not self._is_stopped:
            try:
                descriptor, _ = self._listener._accept()
            except OSError:
                # Nobody came, or somebody left at once; or no file can be opened for the moment.
                continue
            try:
                self._take(_socket.socket(fileno=descriptor))
            except Exception as error:
                log.once('sampler server', 'the sampler could not answer: %r' % error)

    def _take(self, connection: _socket.socket) -> None:
        with self._lock:
            is_full = len(self._connections) >= _MOST_CONNECTIONS
            if not is_full:
                self._connections.add(connection)
        if is_full:
            connection.close()
            return
        try:
            own_threads.start(lambda: self._serve(connection))
        except RuntimeError:
            self._close(connection)
            raise

    def _serve(self, connection: _socket.socket) -> None:
        try:
            self._respond(connection)
        except OSError:
            # The client is gone, or too slow.
            pass
        except Exception as error:
            log.once('sampler answer', 'the sampler could not answer: %r' % error)
        finally:
            self._close(connection)

    def _respond(self, connection: _socket.socket) -> None:
        try:
            order = self._read(_head(connection))
        except Refused as refused:
            content = ('%s\n' % refused).encode()
            _send(
                connection, refused.status, 'text/plain; charset=utf-8', content, *refused.headers
            )
            return
        kind, content, undo = self._answer(order)
        try:
            _send(connection, '200 OK', kind, content)
        except BaseException:
            undo()
            raise

    def _close(self, connection: _socket.socket) -> None:
        with self._lock:
            self._connections.discard(connection)
        connection.close()


def _listen(host: str, port: int) -> Tuple[_socket.socket, int]:
    """A listening socket and its port."""
    family, _, _, _, (numeric, *_) = _socket.getaddrinfo(host, port, 0, _socket.SOCK_STREAM)[0]
    for candidate in range(port, min(port + _PORTS, 65536)):
        listener = _socket.socket(family, _socket.SOCK_STREAM)
        try:
            if os.name == 'posix':
                # Elsewhere it would share the port of another process.
                listener.setsockopt(_socket.SOL_SOCKET, _socket.SO_REUSEADDR, 1)
            listener.bind((numeric, candidate))
            listener.listen(_MOST_CONNECTIONS)
            listener.settimeout(_WAKE)
            return listener, listener.getsockname()[1]
        except OSError as error:
            listener.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            failure = error
    raise failure


def _head(connection: _socket.socket) -> bytes:
    """A request up to its empty line. Raises OSError for one that comes too slowly."""
    end = time.monotonic() + _READ_PATIENCE
    received = b''
    while b'\r\n\r\n' not in received:
        if len(received) > _LARGEST_REQUEST:
            raise Refused('431 Request Header Fields Too Large', 'The request is too large.')
        _limit(connection, end)
        block = connection.recv(_LARGEST_REQUEST)
        if not block:
            raise OSError('the client is gone')
        received += block
    return received.partition(b'\r\n\r\n')[0]


def _send(
    connection: _socket.socket, status: str, kind: str, content: bytes, *headers: str
) -> None:
    lines = [
        'HTTP/1.0 ' + status,
        'Content-Type: ' + kind,
        'Content-Length: %d' % len(content),
        'Cache-Control: no-store',
        'X-Content-Type-Options: nosniff',
        'Connection: close',
        *headers,
    ]
    rest = memoryview('\r\n'.join([*lines, '', '']).encode('latin-1') + content)
    end = time.monotonic() + _WRITE_PATIENCE
    while rest:
        _limit(connection, end)
        rest = rest[connection.send(rest) :]


def _limit(connection: _socket.socket, end: float) -> None:
    """Has the next operation fail with OSError when that moment of `time.monotonic` is past."""
    left: Optional[float] = end - time.monotonic()
    if left <= 0:
        raise OSError('the client is too slow')
    connection.settimeout(left)
