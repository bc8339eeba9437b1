"""How often each stack was seen, in bounded memory."""

from __future__ import annotations

import time
from types import CodeType
from typing import Dict, List, Tuple, Union

from .walking import Call, Stack

#: Nodes of the tree of stacks, of about 300 bytes each: some ten thousand stacks share them.
MOST_NODES = 50_000

#: Names of threads that are told apart.
_MOST_THREADS = 1_000
_OTHER_THREADS = 'other threads'

#: Of deeper stacks the outermost and the innermost half of so many frames are kept.
_MOST_FRAMES = 400

#: Seconds for which one look may stand at most.
_LONGEST = 1.0

#: Frames that have no code.
MORE_STACKS = '[more stacks]'
LEFT_OUT = '[frames left out]'

#: (index of the parent or -1, code or name, `f_lasti`)
Node = Tuple[int, Union[CodeType, str], int]


class Counts:
    """Stacks of all threads with counts, since a moment. A count is `granularity` seconds."""

    def __init__(self, granularity: float, accounted: float) -> None:
        """`accounted` is the time by `time.perf_counter` from which on nothing is counted yet."""
        self.granularity = granularity
        self.started_at = time.time()
        self._started = time.perf_counter()
        #: Seconds from the start to when it was taken.
        self.elapsed = 0.0
        self.nodes: List[Node] = [(-1, MORE_STACKS, 0)]
        #: (thread, innermost node) -> count
        self.counts: Dict[Tuple[str, int], int] = {}
        #: Identity of a code object -> `__name__` of its module.
        self.modules: Dict[int, str] = {}
        self.looks = 0
        self.lost = 0
        self.accounted = accounted
        self._children: Dict[Tuple[int, int, int], int] = {}
        self._threads: set = set()

    def pass_time(self, now: float) -> int:
        """How many counts the look at this moment stands for; what is left is for the next."""
        passed = int((now - self.accounted) / self.granularity)
        self.accounted += passed * self.granularity
        counted = min(passed, max(1, int(_LONGEST / self.granularity)))
        self.looks += 1
        self.lost += passed - counted
        return counted

    def add(self, thread: str, node: int, count: int) -> None:
        """Counts a stack, by its innermost node."""
        if thread not in self._threads:
            if len(self._threads) < _MOST_THREADS:
                self._threads.add(thread)
            else:
                thread = _OTHER_THREADS
        key = (thread, node)
        self.counts[key] = self.counts.get(key, 0) + count

    def node(self, stack: Stack) -> int:
        """The innermost node of a stack; that of `MORE_STACKS` when there is no room for it."""
        calls: List[Call] = stack[::-1]
        if len(calls) > _MOST_FRAMES:
            half = _MOST_FRAMES // 2
            calls = [*calls[:half], (LEFT_OUT, 0, {}), *calls[-half:]]
        node = -1
        children = self._children
        for code, instruction, names in calls:
            # By identity: hashing a code object takes a microsecond on Python 3.13.
            child = children.get((node, id(code), instruction))
            if child is None:
                if len(self.nodes) >= MOST_NODES:
                    return 0
                child = self._new(node, code, instruction)
                if id(code) not in self.modules:
                    self.modules[id(code)] = str(names.get('__name__'))
            node = child
        return node

    def copy(self) -> Counts:
        """What has been counted until now, which counts no further."""
        other = Counts.__new__(Counts)
        vars(other).update(vars(self))
        other.nodes, other.counts = list(self.nodes), dict(self.counts)
        other.modules = dict(self.modules)
        return other.closed()

    def closed(self) -> Counts:
        """Itself, which counts no further for now."""
        self.elapsed = time.perf_counter() - self._started
        return self

    def go_on_with(self, later: Counts) -> None:
        """Takes in what was counted right after it."""
        nodes: List[int] = [0]
        for parent, code, instruction in later.nodes[1:]:
            nodes.append(self._child(nodes[parent] if parent >= 0 else -1, code, instruction))
        for (thread, node), count in later.counts.items():
            self.add(thread, nodes[node], count)
        self.modules.update(later.modules)
        self.looks += later.looks
        self.lost += later.lost
        self.accounted = later.accounted

    def _child(self, parent: int, code: Union[CodeType, str], instruction: int) -> int:
        child = self._children.get((parent, id(code), instruction))
        if child is None:
            is_full = parent == 0 or len(self.nodes) >= MOST_NODES
            child = 0 if is_full else self._new(parent, code, instruction)
        return child

    def _new(self, parent: int, code: Union[CodeType, str], instruction: int) -> int:
        child = self._children[parent, id(code), instruction] = len(self.nodes)
        self.nodes.append((parent, code, instruction))
        return child
