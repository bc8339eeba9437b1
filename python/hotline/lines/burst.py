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
        counts = Counter(map(_line_of, window))
        if self._is_too_short(counts):
            self._cost.window_events *= 2
            return True
        self._close(counts, now)
        return line is self.driver

    def _is_too_short(self, counts: Dict[LineCost, int]) -> bool:
        """Whether the window is to be longer, so that whole rounds of the outermost loop are seen.

        They are when every line that was ever hit often has come again.
        """
        cost = self._cost
        if cost.window_events * 2 > budget.MOST_EVENTS:
            return False
        return any(line.off and counts.get(line, 0) < 2 for line in cost.lines.values())

    def stop(self) -> None:
        """Takes note of what each line had taken when the window ended."""
        if not self.final:
            self.final = {line: line.time for line in self._cost.lines.values()}

    def _close(self, counts: Dict[LineCost, int], now: float) -> None:
        """Ends the window: what was off before is off again but for the line of the pace."""
        cost = self._cost
        self.stop()
        for line in cost.lines.values():
            line.limit = 0 if line.off else line.hits + budget.CHUNK
        if min(counts.values()) > 4:
            cost.window_events = max(budget.EVENTS, cost.window_events // 2)
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
