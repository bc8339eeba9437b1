"""The samples of one recording: compact while it runs, resolved to names and lines later."""

from __future__ import annotations

from types import CodeType
from typing import Dict, List, Sequence, Tuple, Union

#: One frame of a stack: its code and `f_lasti`; or the name of a frame that has no code, and 0.
Call = Tuple[Union[CodeType, str], int]

WAITING: Call = ('[waiting]', 0)

#: Nanoseconds; shorter waits are added up before they become a sample.
_SHORTEST_WAIT = 1_000_000

#: Nanoseconds; what it runs without being sampled belongs to the next sample up to here.
_MUCH_UNSEEN = 10_000_000

#: More samples are thinned out: a stream may last for hours.
_MOST_SAMPLES = 20_000


class Samples:
    """Stacks with weights in order of time, and how far the recording's time is accounted for.

    All times are nanoseconds of `time.perf_counter_ns`. A recording either runs (at least one
    thread works for it) or waits. Every nanosecond from its start to its end becomes weight of
    exactly one sample. The caller holds the recording's lock.
    """

    def __init__(self, started: int) -> None:
        #: The tree of all stacks seen: (parent's index, code or name, f_lasti) of each node.
        self.nodes: List[Tuple[int, Union[CodeType, str], int]] = []
        #: The innermost node of each sample, and the sample's weight.
        self.stacks: List[int] = []
        self.weights: List[int] = []
        #: Time during which no thread worked for the recording.
        self.waiting = 0
        self._children: Dict[Tuple[int, int, int], int] = {}
        self._running = 0
        self._accounted = started
        self._run_before = 0
        self._waited_before = 0
        self._has_run = False

    def resumed(self, now: int) -> int:
        """One more thread runs. Returns how long a wait has just ended that deserves a sample."""
        self._running += 1
        if self._running > 1:
            return 0
        passed = self._pass(now)
        if not self._has_run:
            self._has_run = True
            self._run_before += passed
            return 0
        self.waiting += passed
        self._waited_before += passed
        if self._waited_before < _SHORTEST_WAIT:
            return 0
        waited, self._waited_before = self._waited_before, 0
        return waited

    def take_unseen(self) -> int:
        """Time that it has run in steps too short for the sampler; 0 while that is little."""
        if self._run_before < _MUCH_UNSEEN:
            return 0
        unseen, self._run_before = self._run_before, 0
        return unseen

    def paused(self, now: int) -> None:
        """One thread less runs."""
        self._running -= 1
        if self._running == 0:
            self._run_before += self._pass(now)

    def take(self, now: int) -> int:
        """Time it has run since the last sample, for the caller to add as that of a sample."""
        weight, self._run_before = self._run_before, 0
        return weight + self._pass(now)

    def add(self, calls: Sequence[Call], weight: int) -> None:
        """Adds a sample; the outermost call comes first."""
        self.stacks.append(self._node(calls))
        self.weights.append(weight)
        if len(self.stacks) > _MOST_SAMPLES:
            self._thin_out()

    def close(self, ended: int) -> None:
        """Accounts for the rest: to the last sample that ran, and to the last that waited."""
        passed = self._pass(ended)
        if self._running or passed < _SHORTEST_WAIT:
            self._run_before += passed
        else:
            self._waited_before += passed
            self.waiting += passed
        if self.weights:
            self._add_to_last(self._waited_before, is_wait=True)
            self._add_to_last(self._run_before, is_wait=False)

    def _add_to_last(self, weight: int, is_wait: bool) -> None:
        """Adds to the last sample of that kind; if none has run, to where the last has waited."""
        for index in reversed(range(len(self.stacks))):
            if self._is_wait(index) is is_wait:
                self.weights[index] += weight
                return
        parent = self.nodes[self.stacks[-1]][0]
        if is_wait or parent < 0:
            self.weights[-1] += weight
        else:
            self.stacks.append(parent)
            self.weights.append(weight)

    def _is_wait(self, index: int) -> bool:
        return self.nodes[self.stacks[index]][1] == WAITING[0]

    def _pass(self, now: int) -> int:
        passed = max(0, now - self._accounted)
        self._accounted += passed
        return passed

    def _node(self, calls: Sequence[Call]) -> int:
        node = -1
        children = self._children
        for code, instruction in calls:
            # By identity: hashing a code object takes a microsecond on Python 3.13.
            key = (node, id(code), instruction)
            child = children.get(key)
            if child is None:
                child = children[key] = len(self.nodes)
                self.nodes.append((node, code, instruction))
            node = child
        return node

    def _thin_out(self) -> None:
        weights = self.weights
        self.weights = [sum(weights[at : at + 2]) for at in range(0, len(weights), 2)]
        self.stacks = self.stacks[::2]
