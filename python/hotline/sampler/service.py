"""The sampler of this process: started once, and again in what it forks."""

from __future__ import annotations

import atexit
import os
import sys
import time
from typing import Optional

from .. import log
from ..concurrency import own_threads
from ..concurrency.originals import allocate_lock, get_ident
from . import addresses, thread_names
from .greenlets import Greenlets
from .observer import Observer
from .process_name import process_name
from .requests import OWN_FORM, Order, read_order
from .server import Answer, Server
from .ticker import Ticker

#: Seconds between two looks.
INTERVAL = 0.01
_SHORTEST_INTERVAL = 0.001
_LONGEST_INTERVAL = 1.0

#: Seconds that a forked child gets to become another program before it takes a port.
_CHILD_GRACE = 0.3


class Service:
    """An observer, the thread that has it look, and the server that tells what it saw."""

    def __init__(self, address: str, interval: float, token: Optional[str]) -> None:
        """Raises ValueError with a sentence for what cannot be."""
        self._host, self._port = addresses.parse(address)
        self._is_loopback = addresses.is_loopback(self._host)
        if not self._is_loopback and not token:
            raise ValueError(
                'other machines can connect to %s, so HOTLINE_SAMPLER_TOKEN has to be set.'
                % address
            )
        self._token = token or None
        self._interval = min(max(_SHORTEST_INTERVAL, interval), _LONGEST_INTERVAL)
        self._greenlets = Greenlets()
        self._server: Optional[Server] = None

    def start(self) -> str:
        """Starts to look and to listen; gives the address. Raises OSError, RuntimeError."""
        self._observe()
        try:
            self._listen()
            self._server.start()
        except BaseException:
            self.stop()
            raise
        return self._server.address

    def start_in_child(self) -> None:
        """Starts anew in a forked child, which has none of its parent's threads."""
        if self._server is not None:
            self._server.forget()
            self._server = None
        self._observe()
        own_threads.start(self._listen_later)

    def stop(self) -> None:
        """Ends all of it, as far as it has begun."""
        self._ticker.stop()
        if self._server is not None:
            self._server.stop()

    def _observe(self) -> None:
        self._started = time.time()
        self._observer = Observer(self._interval, self._greenlets)
        self._ticker = Ticker(self._observer.look, self._interval)
        self._ticker.start()

    def _listen(self) -> None:
        self._server = Server(self._host, self._port, self._read, self._answer)
        address = self._server.address
        log.once(
            'sampler at %s in %d' % (address, os.getpid()),
            'sampling %s (process %d), stacks at http://%s/'
            % (process_name(), os.getpid(), address),
        )

    def _listen_later(self) -> None:
        never = allocate_lock()
        never.acquire()
        never.acquire(True, _CHILD_GRACE)
        try:
            self._listen()
            self._server.start()
        except Exception as error:
            _tell(error)

    def _read(self, head: bytes) -> Order:
        return read_order(head, self._token, self._is_loopback)

    def _answer(self, order: Order) -> Answer:
        observer = self._observer
        counts = observer.take(order.is_reset)

        def undo() -> None:
            if order.is_reset:
                observer.put_back(counts)

        # Needed when somebody asks, and not before.
        if order.is_own_form:
            from ..output.json_text import pieces
            from .own_form import document

            content = ''.join(pieces(document(counts, self._started))).encode('ascii')
            return OWN_FORM, content, undo
        from .text_form import text

        return 'text/plain; charset=utf-8', text(counts).encode('utf-8', 'replace'), undo


def start(
    address: str = addresses.DEFAULT, interval: float = INTERVAL, token: Optional[str] = None
) -> Optional[str]:
    """Starts to sample this process and to serve its stacks; gives the address that it listens on.

    When the port is taken it is one of the next. `interval` is seconds. Who can connect from
    another machine has to give the token; `HOTLINE_SAMPLER_TOKEN` where none is given here. Does
    nothing when it has been started. Never raises: where it cannot be, it says so and gives `None`.
    """
    global _service
    if _service is not None:
        return None
    try:
        if not getattr(sys, '_is_gil_enabled', lambda: True)():
            raise ValueError('this build of Python runs without its global lock.')
        thread_names.find_main()
        token = token or os.environ.get('HOTLINE_SAMPLER_TOKEN')
        service = Service(address, interval, token)
        found = service.start()
    except Exception as error:
        _tell(error)
        return None
    _service = service
    return found


def stop() -> None:
    """Stops sampling and frees the port."""
    global _service
    service, _service = _service, None
    if service is not None:
        service.stop()


def _tell(error: Exception) -> None:
    reason = error.strerror if isinstance(error, OSError) else None
    log.once('sampler', 'the sampler cannot start: %s' % (reason or error))


def _start_in_child() -> None:
    if _service is not None:
        thread_names.set_main(get_ident())
        try:
            _service.start_in_child()
        except Exception as error:
            _tell(error)


_service: Optional[Service] = None

atexit.register(stop)
if hasattr(os, 'register_at_fork'):
    os.register_at_fork(after_in_child=_start_in_child)
