"""The probes of rewritten modules (see `rewriting`), and how they are switched on and off."""

from __future__ import annotations

import ast
from functools import partial
from types import CodeType
from typing import Callable, Dict, List, Optional

from . import tracker
from .names import END, START, Names
from .sources import with_nested
from .watched import Watched, watched_codes

#: A list that is empty while a probe, or a run of statements, is off.
_Gate = List[object]

_modules: List[ModuleProbes] = []
_started = False


class ModuleProbes:
    """All probes of one module."""

    def __init__(self, path: str, names: List[Names]) -> None:
        self._path = path
        self._names = names
        self._codes: List[Optional[CodeType]] = []
        #: Gates of each function, as globals of the module; `None` until it is executed.
        self._gates: Optional[List[Dict[str, _Gate]]] = None
        #: Number by which the module asks for them.
        self.token = len(_modules)
        _modules.append(self)

    def match(self, module: CodeType, functions: List[ast.AST]) -> None:
        """Finds the code objects of the functions, by name and line."""
        found = {}
        for code in with_nested(module):
            found.setdefault((code.co_name, code.co_firstlineno), code)
        for function in functions:
            first = min([function.lineno, *(each.lineno for each in function.decorator_list)])
            self._codes.append(found.get((function.name, first)))

    def attach(self, module: Dict[str, object]) -> None:
        """Puts all gates into the globals of the module, closed."""
        self._gates = [{name: [] for name in (*names.lines, *names.runs)} for names in self._names]
        for gates in self._gates:
            module.update(gates)
        if _started:
            self.start()

    def start(self) -> None:
        """Switches all on, if the module is there yet."""
        if self._gates is None:
            return
        for code, names, gates in zip(self._codes, self._names, self._gates):
            if code is not None:
                switch_on = partial(_open, gates, _probes(code, names, gates))
                watched_codes[id(code)] = watched = Watched(code, self._path, switch_on)
                watched.rearm()


def _probes(code: CodeType, names: Names, gates: Dict[str, _Gate]) -> Dict[str, object]:
    """What is in each gate of a function while it is open."""
    probes: Dict[str, object] = {}
    for run, members in names.runs.items():
        probes[run] = True
        for name in members:
            others = [gates[member] for member in members]
            probes[name] = _probe(code, names.lines[name], gates[name], others, gates[run])
    for name, line in names.lines.items():
        if name not in probes:
            probes[name] = _probe(code, line, gates[name], [gates[name]], [])
    return probes


def _probe(
    code: CodeType, line: int, gate: _Gate, members: List[_Gate], run: _Gate
) -> Callable[[], None]:
    """What a probe calls: it closes the gate when it is to be off, and with the last the run."""
    on_event, *arguments = {
        START: (tracker.on_start, code, 0),
        END: (tracker.on_return, code, 0, None),
    }.get(line, (tracker.on_line, code, line))

    def probe() -> None:
        if on_event(*arguments) is not None:
            gate.clear()
            if not any(members):
                run.clear()

    return probe


def _open(gates: Dict[str, _Gate], probes: Dict[str, object]) -> None:
    for name, probe in probes.items():
        gates[name][:] = (probe,)


def attach(token: int, module: Dict[str, object]) -> None:
    """Called by each rewritten module when it starts to be executed."""
    _modules[token].attach(module)


def start() -> None:
    """Switches the probes of all modules on, also of those that are still to come."""
    global _started
    if not _started:
        _started = True
        for module in _modules:
            module.start()
