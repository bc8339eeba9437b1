"""Samples as members of a speedscope file: functions by name, executing lines beside them.

https://www.speedscope.app/file-format-schema.json (speedscope 1.25.0)
"""

from __future__ import annotations

import os
from types import CodeType
from typing import Dict, List, Tuple, Union

from ..recording import Recording
from .lines import LineTables
from .samples import Samples

#: Frames of the profiler itself are not shown.
_OWN_FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), '')

_SECOND = 1e9


def describe(recording: Recording, samples: Samples) -> Dict[str, object]:
    """`shared`, `profiles`, `stackLines` and `waitingTime` (seconds)."""
    duration = recording.duration or 0
    frames = _Frames()
    stacks, lines = _stacks(samples, frames)
    weights = [weight / _SECOND for weight in samples.weights]
    if not stacks:
        stacks, lines = [[frames.named(_best_known(recording))]], [[0]]
        weights = [duration / _SECOND]
    profile = {
        'type': 'sampled',
        'name': _best_known(recording),
        'unit': 'seconds',
        'startValue': 0,
        'endValue': duration / _SECOND,
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
        """Index of the function of a code object; -1 for one of the profiler's own."""
        index = self._by_code.get(id(code))
        if index is None:
            index = self._by_code[id(code)] = self._new(code)
        return index

    def named(self, name: str) -> int:
        """Index of a frame that has no code."""
        return self._place({'name': name})

    def _new(self, code: Union[CodeType, str]) -> int:
        if isinstance(code, str):
            return self.named(code)
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


def _best_known(recording: Recording) -> str:
    """What a request is called that ended before its first sample."""
    request = recording.request
    return request.view or ' '.join(filter(None, (request.method, request.path)))
