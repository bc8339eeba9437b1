"""Profilers that a process switches on and off for each request, each as its documentation says.

`run` is what a request's time is taken of. `write` leaves the file on disk that the user would
open; it is timed only where the cost of files is asked for.
"""

from __future__ import annotations

import importlib
import inspect
import os
from typing import Callable, Dict, Optional

#: Modules of the website that count as the user's own code.
USER_MODULES = (
    'cinema.listing',
    'cinema.loops',
    'cinema.models',
    'cinema.templatetags.cinema_format',
    'cinema.views',
    'kinds',
)


class Nothing:
    """The plain process, and one that is profiled from outside."""

    def run(self, request: Callable[[], None]) -> None:
        """Makes the request and records it."""
        request()

    def write(self, path: str) -> None:
        """Leaves the file of the request that was made last."""

    def settle(self) -> None:
        """Returns when nothing of the requests so far is left to do."""


class Hotline(Nothing):
    """Ours: import hooks do the work, and its writer has a thread of its own.

    Raises RuntimeError where a request was not recorded.
    """

    def settle(self) -> None:
        from hotline.output import writer

        if not writer.flush(60):
            raise RuntimeError('the profiles are not written within a minute')
        if not os.listdir(os.environ['HOTLINE_DIRECTORY']):
            raise RuntimeError('a request left no profile')


class CProfile(Nothing):
    def __init__(self) -> None:
        import cProfile

        self._make = cProfile.Profile

    def run(self, request: Callable[[], None]) -> None:
        self._profile = self._make()
        self._profile.runcall(request)

    def write(self, path: str) -> None:
        self._profile.dump_stats(path)


class Profile(CProfile):
    def __init__(self) -> None:
        import profile

        self._make = profile.Profile


class Pyinstrument(Nothing):
    def __init__(self) -> None:
        from pyinstrument import Profiler

        self._make = Profiler

    def run(self, request: Callable[[], None]) -> None:
        profiler = self._make(interval=0.001)
        profiler.start()
        request()
        self._session = profiler.stop()

    def write(self, path: str) -> None:
        self._session.save(path)


class LineProfiler(Nothing):
    """Only the user's own functions are profiled, which is how it is meant to be used."""

    def __init__(self) -> None:
        from line_profiler import LineProfiler as Profiler

        self._profiler = Profiler()
        for name in USER_MODULES:
            for function in functions_of(importlib.import_module(name)):
                self._profiler.add_function(function)

    def run(self, request: Callable[[], None]) -> None:
        self._profiler.runcall(request)

    def write(self, path: str) -> None:
        self._profiler.dump_stats(path)


class Yappi(Nothing):
    def __init__(self) -> None:
        import yappi

        self._yappi = yappi
        yappi.set_clock_type('wall')

    def run(self, request: Callable[[], None]) -> None:
        self._yappi.start()
        request()
        self._yappi.stop()

    def write(self, path: str) -> None:
        self._yappi.get_func_stats().save(path, type='pstat')
        self._yappi.clear_stats()


def functions_of(module: object) -> list:
    """The functions and methods that a module defines itself."""
    owners = [module, *(value for value in vars(module).values() if inspect.isclass(value))]
    return [
        value
        for owner in owners
        for value in vars(owner).values()
        if inspect.isfunction(value) and value.__module__ == module.__name__
    ]


PROFILERS: Dict[str, Callable[[], Nothing]] = {
    'cprofile': CProfile,
    'line_profiler': LineProfiler,
    'profile': Profile,
    'pyinstrument': Pyinstrument,
    'yappi': Yappi,
}


def profiler(name: Optional[str]) -> Nothing:
    """The named profiler.

    Raises ImportError when it is not installed.
    """
    if name is not None:
        return PROFILERS[name]()
    return Hotline() if os.environ.get('HOTLINE_DIRECTORY') else Nothing()
