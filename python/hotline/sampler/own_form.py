"""The form of our own, `schema/hotline-stacks.schema.json`: with files, lines and threads."""

from __future__ import annotations

import os
import socket
import sys
from collections import Counter
from types import CodeType
from typing import Dict, List, Tuple, Union

from ..sampling.lines import LineTables
from .counts import Counts
from .process_name import process_name
from .reading import Reading

VERSION = 1

#: (thread, whether it waits for something to do, (frame, line) of its calls)
_Key = Tuple[str, bool, Tuple[Tuple[int, int], ...]]


def document(counts: Counts, started: float) -> Dict[str, object]:
    """The whole answer; `started` is when the sampler started, in seconds since the epoch."""
    frames = _Frames()
    stacks = [_stack(key, count) for key, count in _stacks(counts, frames).most_common()]
    return {
        'version': VERSION,
        'process': {
            'name': process_name(),
            'pid': os.getpid(),
            'hostname': socket.gethostname(),
            'python': '%d.%d.%d' % sys.version_info[:3],
            'implementation': sys.implementation.name,
            'started': started,
        },
        'started': counts.started_at,
        'elapsed': counts.elapsed,
        'granularity': counts.granularity,
        'looks': counts.looks,
        'lost': counts.lost,
        'frames': frames.all,
        'stacks': stacks,
    }


class _Frames:
    """The functions, each once."""

    def __init__(self) -> None:
        self.all: List[Dict[str, object]] = []
        self._by_code: Dict[int, int] = {}
        self._by_place: Dict[Tuple[object, ...], int] = {}

    def of(self, code: Union[CodeType, str]) -> int:
        """Index of a function, or of a frame that has no more than a name."""
        index = self._by_code.get(id(code))
        if index is None:
            frame = _frame(code)
            place = tuple(frame.values())
            index = self._by_place.setdefault(place, len(self.all))
            if index == len(self.all):
                self.all.append(frame)
            self._by_code[id(code)] = index
        return index


def _frame(code: Union[CodeType, str]) -> Dict[str, object]:
    if isinstance(code, str):
        return {'name': code}
    frame: Dict[str, object] = {'name': getattr(code, 'co_qualname', code.co_name)}
    if code.co_filename and not code.co_filename.startswith('<'):
        frame['file'] = os.path.abspath(code.co_filename)
        frame['line'] = code.co_firstlineno
    return frame


def _stacks(counts: Counts, frames: _Frames) -> Counter[_Key]:
    """Stacks at their lines; several instructions of a line are one place."""
    tables = LineTables()
    reading = Reading(counts)
    places: Dict[int, Tuple[int, int]] = {}

    def place(node: int) -> Tuple[int, int]:
        found = places.get(node)
        if found is None:
            _, code, instruction = counts.nodes[node]
            line = 0 if isinstance(code, str) else tables.line(code, instruction)
            found = places[node] = frames.of(code), line
        return found

    stacks: Counter = Counter()
    for (thread, node), count in counts.counts.items():
        path = reading.path(node)
        if path:
            stacks[thread, reading.is_idle(node), tuple(map(place, path))] += count
    return stacks


def _stack(key: _Key, count: int) -> Dict[str, object]:
    thread, is_idle, calls = key
    stack: Dict[str, object] = {'calls': list(map(list, calls)), 'count': count, 'thread': thread}
    if is_idle:
        stack['idle'] = True
    return stack
