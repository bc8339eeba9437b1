"""By how many milliseconds a process is ready later when the profiler is in its environment."""

from __future__ import annotations

import socket
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Callable, Dict, List

from contenders import PLAIN, WEBSITE, named
from workers import environment, note

OURS = named('hotline-lines')

#: Seconds in which a server has to listen.
PATIENCE = 60


def measure(runs: int) -> List[Dict[str, object]]:
    """A row for each command: medians of its starts in milliseconds, and of their differences."""
    return [row(label, start, runs) for label, start in STARTS.items()]


def row(label: str, start: Callable[[Dict[str, str]], float], runs: int) -> Dict[str, object]:
    note(label)
    with tempfile.TemporaryDirectory() as profiles:
        plain_environment, our_environment = (
            environment(contender.environment(profiles, WEBSITE)) for contender in (PLAIN, OURS)
        )
        start(our_environment)  # What the first start compiles is cached for the others.
        plain: List[float] = []
        ours: List[float] = []
        for number in range(runs):
            pair = [(plain_environment, plain), (our_environment, ours)]
            for variables, times in pair if number % 2 else reversed(pair):
                times.append(start(variables))
    growth = [with_us - without for with_us, without in zip(ours, plain)]
    low, _, high = statistics.quantiles(growth, n=4) if runs > 1 else growth * 3
    return {
        'command': label,
        'plain': statistics.median(plain),
        'growth': statistics.median(growth),
        'low': low,
        'high': high,
        'runs': runs,
    }


def to_the_end(*arguments: str) -> Callable[[Dict[str, str]], float]:
    """Starts Python with these arguments; the milliseconds until it has ended."""

    def start(variables: Dict[str, str]) -> float:
        started = time.perf_counter()
        process(arguments, variables).wait()
        return (time.perf_counter() - started) * 1000

    return start


def to_the_port(*arguments: str) -> Callable[[Dict[str, str]], float]:
    """Starts a server, its port as the last argument; the milliseconds until it listens."""

    def start(variables: Dict[str, str]) -> float:
        port = free_port()
        started = time.perf_counter()
        server = process((*arguments, str(port)), variables)
        try:
            await_port(port)
            return (time.perf_counter() - started) * 1000
        finally:
            server.terminate()
            server.wait()

    return start


def process(arguments: tuple, variables: Dict[str, str]) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=WEBSITE,
        env=variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        return listener.getsockname()[1]


def await_port(port: int) -> None:
    """Returns when something listens.

    Raises TimeoutError when nothing does for too long.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with socket.socket() as client:
            if client.connect_ex(('127.0.0.1', port)) == 0:
                return
        time.sleep(0.002)
    raise TimeoutError('no server listens on port %d' % port)


#: What users start, in the website's folder.
STARTS = {
    '`python -c pass`': to_the_end('-c', 'pass'),
    '`python manage.py check`': to_the_end('manage.py', 'check'),
    '`python manage.py runserver`, until it listens': to_the_port(
        'manage.py', 'runserver', '--noreload'
    ),
}
