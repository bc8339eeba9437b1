"""From the entries of `_lsprof` to the content of a `.prof` file, without the profiler's frames.

The layout is that of `cProfile.Profile.dump_stats`, which `pstats` reads: a marshalled dictionary
of `(file, line, name)` -> `(primitive calls, calls, own seconds, seconds, callers)`, callers being
one of `(file, line, name)` -> `(calls, primitive calls, own seconds, seconds)`. That the two orders
differ is so in CPython.
"""

from __future__ import annotations

import marshal
import os

CALLS, PRIMITIVE, OWN, TOTAL = range(4)

_BUILTIN = '~'

_IMPORT_SYSTEM = '<frozen importlib'

_OWN_FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), '')


def dumped(profiles: list[list]) -> bytes:
    """The file of one request; `profiles` are what `getstats()` gave for each of its threads."""
    graph = CallGraph()
    for entries in profiles:
        graph.add(entries)
    own = graph.functions_in(_OWN_FOLDER)
    for function in graph.built_in_between(set(own)) + own:
        graph.contract(function)
    for function in graph.functions_in(_IMPORT_SYSTEM):
        if not graph.callers.get(function):
            graph.contract(function)
    graph.drop_helpers_without_caller()
    return marshal.dumps(graph.statistics()) if graph.functions else b''


class CallGraph:
    """Functions and the calls between them, as `[calls, primitive calls, own s, total s]`."""

    def __init__(self) -> None:
        self.functions: dict[tuple, list] = {}
        #: Callee -> caller -> the part of the callee's numbers that is due to that caller.
        self.callers: dict[tuple, dict[tuple, list]] = {}
        self._callees: dict[tuple, set[tuple]] = {}

    def add(self, entries: list) -> None:
        """Adds the entries of one profiler."""
        for entry in entries:
            function = _label(entry.code)
            _add(self.functions.setdefault(function, _nothing()), _numbers(entry))
            for call in entry.calls or ():
                if call.callcount:
                    self._add_call(function, _label(call.code), _numbers(call))

    def functions_in(self, place: str) -> list[tuple]:
        """Those whose file begins like this."""
        return [function for function in self.functions if function[0].startswith(place)]

    def built_in_between(self, callers: set[tuple]) -> list[tuple]:
        """Built-in functions by which only these call others: `send` of a coroutine."""
        return [
            function
            for function in self.functions_in(_BUILTIN)
            if self._callees.get(function) and callers.issuperset(self.callers.get(function, ()))
        ]

    def contract(self, function: tuple) -> None:
        """Takes a function out: its callers call what it called; its own time is nobody's."""
        calls = self.functions.pop(function)[CALLS]
        callers = self.callers.pop(function, {})
        calls -= callers.pop(function, _nothing())[CALLS]
        for caller in callers:
            self._callees[caller].discard(function)
        for callee in self._callees.pop(function, set()):
            part = self.callers.get(callee, {}).pop(function, None)
            if part is None:
                continue
            if self._is_helper(callee):
                self._subtract(callee, part)
                continue
            for caller, numbers in _shared(part, callers, calls):
                self._add_call(caller, callee, numbers)

    def drop_helpers_without_caller(self) -> None:
        """A request's own calls begin with its application: these were the profiler's."""
        for function in [f for f in self.functions if self._is_helper(f)]:
            numbers = list(self.functions[function])
            for part in self.callers.get(function, {}).values():
                _add(numbers, part, -1)
            if numbers[CALLS] > 0:
                self._subtract(function, numbers)

    def statistics(self) -> dict[tuple, tuple]:
        """The dictionary of `pstats`."""
        return {
            function: (
                numbers[PRIMITIVE],
                numbers[CALLS],
                numbers[OWN],
                numbers[TOTAL],
                {
                    caller: tuple(part)
                    for caller, part in self.callers.get(function, {}).items()
                    if caller in self.functions
                },
            )
            for function, numbers in self.functions.items()
        }

    def _add_call(self, caller: tuple, callee: tuple, numbers: list) -> None:
        parts = self.callers.setdefault(callee, {})
        _add(parts.setdefault(caller, _nothing()), numbers)
        self._callees.setdefault(caller, set()).add(callee)

    def _is_helper(self, function: tuple) -> bool:
        """Whether the profiler may have called it for itself: built in, and calls nothing."""
        return function[0] == _BUILTIN and not self._callees.get(function)

    def _subtract(self, function: tuple, numbers: list) -> None:
        _add(self.functions[function], numbers, -1)
        if self.functions[function][CALLS] <= 0:
            del self.functions[function]
            self.callers.pop(function, None)


def _label(code: object) -> tuple[str, int, str]:
    if isinstance(code, str):
        return _BUILTIN, 0, code
    return code.co_filename, code.co_firstlineno, code.co_name


def _numbers(entry) -> list:
    calls = entry.callcount
    return [calls, calls - entry.reccallcount, entry.inlinetime, entry.totaltime]


def _nothing() -> list:
    return [0, 0, 0.0, 0.0]


def _add(numbers: list, others: list, sign: int = 1) -> None:
    for index, number in enumerate(others):
        numbers[index] += sign * number


def _shared(numbers: list, callers: dict[tuple, list], total: int) -> list[tuple[tuple, list]]:
    """Numbers divided among callers by their share of all calls; each call stays a whole one.

    What is left belongs to calls without a caller.
    """
    shared = []
    before = [0.0, 0.0, 0.0, 0.0]
    seen = 0
    for caller, part in callers.items():
        seen += part[CALLS]
        until = [number * seen / total for number in numbers]
        share = [end - start for start, end in zip(before, until)]
        for index in (CALLS, PRIMITIVE):
            share[index] = round(until[index]) - round(before[index])
        before = until
        if share[CALLS]:
            shared.append((caller, share))
    return shared
