"""A short look at a function whose lines are switched off. All times are net seconds (see
`tracker`); what is to be concluded from them is left to `estimate`."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING, Dict, List, Optional, Tuple

from . import budget

if TYPE_CHECKING:
    from .costs import CodeCost, LineCost

_line_of = itemgetter(0)


class Burst:
    """Three phases.

    - Warming: everything is on, until a line has been hit a few times.
    - Window: everything is on. What is seen is taken for what happens while nothing is on.
    - Pace: one line alone is on, by turns another of those that are hit most, so that their cycle
      is seen undisturbed.
    """

    __slots__ = ('_cost', '_since', 'dark', 'driver', 'final', 'paced', 'window')

    def __init__(self, cost: CodeCost) -> None:
        self._cost = cost
        self._since = 0.0
        #: Time in the function before this burst and after the last one.
        self.dark = cost.dark
        #: Each hit: the line, when it was hit, and the time that the line had taken so far.
        self.window: List[Tuple[LineCost, float, float]] = []
        #: The time that each line had taken at the end of the window.
        self.final: Dict[LineCost, float] = {}
        #: The line of the pace, and the time of each of its cycles.
        self.driver: Optional[LineCost] = None
        self.paced: List[float] = []
        for line in cost.lines.values():
            line.limit = line.hits + budget.WARMING

    @property
    def span(self) -> float:
        """How long the window was."""
        return self.window[-1][1] - self.window[0][1] if self.window else 0

    def goes_on(self, line: LineCost, now: float) -> bool:
        """Takes note of the hit of a line that has none left; tells whether the line stays on."""
        if self.driver is not None:
            return line is self.driver and self._pace(line, now)
        window = self.window
        if not window:
            for each in self._cost.lines.values():
                each.limit = 0
        window.append((line, now, line.time))
        if len(window) < self._cost.window_events:
            return True
        self._close(now)
        return line is self.driver

    def _close(self, now: float) -> None:
        """Ends the window: but for the line of the pace, what was ever switched off is off again."""
        cost = self._cost
        for line in cost.lines.values():
            self.final[line] = line.time
            if not line.off:
                line.limit = line.hits + budget.CHUNK
        counts = Counter(map(_line_of, self.window))
        cost.window_events = _suitable_length(len(self.window), min(counts.values()))
        most = max(counts.values())
        often = [line for line in counts if line.off and counts[line] > 0.9 * most]
        if most < budget.CYCLES or not often:
            cost.burst = None
            return
        self.driver = cost.watched.next_of(often)
        self._since = now

    def _pace(self, line: LineCost, now: float) -> bool:
        self.paced.append(now - self._since)
        self._since = now
        if len(self.paced) < budget.CYCLES:
            return True
        self._cost.burst = None
        return False


def _suitable_length(length: int, fewest_hits: int) -> int:
    """Longer if a line was hit only once, so that whole rounds of the outermost loop are seen."""
    if fewest_hits == 1:
        return min(budget.MOST_EVENTS, length * 2)
    if fewest_hits > 4:
        return max(budget.EVENTS, length // 2)
    return length
