"""Samples as members of a speedscope file: functions by name, executing lines beside them.

https://www.speedscope.app/file-format-schema.json (speedscope 1.25.0)
"""

from __future__ import annotations

import os
import sys
from types import CodeType
from typing import Dict, List, Optional, Tuple, Union

from ..output.document import title
from ..recording import Recording
from .lines import LineTables
from .samples import Samples

#: Frames of the profiler itself are not shown.
_OWN_FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), '')

_SECOND = 1e9


def describe(recording: Recording, samples: Samples) -> Dict[str, object]:
    """`shared`, `profiles`, `stackLines` and `waitingTime` (seconds)."""
    duration = (recording.duration or 0) / _SECOND
    frames = _Frames()
    stacks, lines = _stacks(samples, frames)
    weights = [weight / _SECOND for weight in samples.weights]
    if not stacks:
        stacks, lines, weights = [[frames.of(_best_known(recording))]], [[0]], [duration]
    profile = {
        'type': 'sampled',
        'name': title(recording.request),
        'unit': 'seconds',
        'startValue': 0,
        'endValue': duration,
        'samples': stacks,
        'weights': weights,
    }
    return {
        'shared': {'frames': frames.all},
        'profiles': [profile],
        'stackLines': lines,
        'waitingTime': samples.waiting / _SECOND,
    }


class _Frames:
    """The functions of the profile, each once."""

    def __init__(self) -> None:
        self.all: List[Dict[str, object]] = []
        self._by_code: Dict[int, int] = {}
        self._by_place: Dict[Tuple[object, ...], int] = {}

    def of(self, code: Union[CodeType, str]) -> int:
        """Index of the function of a code object, or of a frame that has no more than a name.

        -1 for a function of the profiler's own.
        """
        index = self._by_code.get(id(code))
        if index is None:
            index = self._by_code[id(code)] = self._new(code)
        return index

    def _new(self, code: Union[CodeType, str]) -> int:
        if isinstance(code, str):
            return self._place({'name': code})
        filename = code.co_filename
        if filename.startswith(_OWN_FOLDER):
            return -1
        frame: Dict[str, object] = {'name': getattr(code, 'co_qualname', code.co_name)}
        if filename and not filename.startswith('<'):
            frame['file'] = os.path.abspath(filename)
            frame['line'] = code.co_firstlineno
        return self._place(frame)

    def _place(self, frame: Dict[str, object]) -> int:
        key = (frame['name'], frame.get('file'), frame.get('line'))
        index = self._by_place.get(key)
        if index is None:
            index = self._by_place[key] = len(self.all)
            self.all.append(frame)
        return index


def _stacks(samples: Samples, frames: _Frames) -> Tuple[List[List[int]], List[List[int]]]:
    """Each sample's frames and their executing lines, root first."""
    tables = LineTables()
    resolved = [
        (parent, frames.of(code), 0 if isinstance(code, str) else tables.line(code, instruction))
        for parent, code, instruction in samples.nodes
    ]
    known = {node: _stack(node, resolved) for node in set(samples.stacks)}
    return [known[node][0] for node in samples.stacks], [known[node][1] for node in samples.stacks]


def _stack(node: int, resolved: List[Tuple[int, int, int]]) -> Tuple[List[int], List[int]]:
    """Frames and lines on the way from the root to a node, without the profiler's own."""
    stack: List[int] = []
    lines: List[int] = []
    while node >= 0:
        node, frame, line = resolved[node]
        if frame >= 0:
            stack.append(frame)
            lines.append(line)
    return stack[::-1], lines[::-1]


def _best_known(recording: Recording) -> Union[CodeType, str]:
    """What stands for a request that ended before its first sample: its view, if that is known."""
    view = recording.request.view
    if view is None:
        return title(recording.request)
    return _code_named(view) or view


def _code_named(path: str) -> Optional[CodeType]:
    """Code of a function of an imported module, by its dotted name."""
    module, _, name = path.rpartition('.')
    function = getattr(sys.modules.get(module), name, None)
    while hasattr(function, '__wrapped__'):
        function = function.__wrapped__
    code = getattr(function, '__code__', None)
    return code if isinstance(code, CodeType) else None
