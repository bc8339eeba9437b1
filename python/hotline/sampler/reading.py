"""Stacks of the counts, found again from their innermost nodes."""

from __future__ import annotations

import os
from itertools import islice
from types import CodeType
from typing import Dict, Iterator, List

from .counts import Counts
from .idle import Waits

#: Functions of the profiler itself are not shown.
_OWN_FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), '')

#: Innermost functions that may tell that a stack is idle.
_INNERMOST = 8


class Reading:
    """What the nodes of some counts stand for."""

    def __init__(self, counts: Counts) -> None:
        self._nodes = counts.nodes
        self._waits = Waits()
        self._own: Dict[int, bool] = {}

    def path(self, node: int) -> List[int]:
        """Nodes from the outermost one to this, without the profiler's own functions."""
        return [one for one in self._outwards(node) if not self._is_own(one)][::-1]

    def is_idle(self, node: int) -> bool:
        """Whether the stack waits for something to do."""
        innermost = islice(self._outwards(node), _INNERMOST)
        return self._waits.is_idle([self._nodes[one][1] for one in innermost])

    def _outwards(self, node: int) -> Iterator[int]:
        while node >= 0:
            yield node
            node = self._nodes[node][0]

    def _is_own(self, node: int) -> bool:
        code = self._nodes[node][1]
        found = self._own.get(id(code))
        if found is None:
            found = isinstance(code, CodeType) and code.co_filename.startswith(_OWN_FOLDER)
            self._own[id(code)] = found
        return found
