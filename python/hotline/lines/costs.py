"""What was seen of the lines of one code object, by one thread for one request. All times are net
nanoseconds (see `tracker`)."""

from __future__ import annotations

from typing import Dict, List, Optional, Tuple

from . import budget
from .burst import Burst
from .watched import Watched


class LineCost:
    """One line."""

    __slots__ = ('hits', 'intervals', 'left', 'number', 'off', 'outer', 'rearms', 'time', 'waiting')

    def __init__(self, number: int, left: int) -> None:
        self.number = number
        #: Hits seen.
        self.hits = 0
        #: Inclusive time seen from a hit to the next event, and in how many intervals.
        self.time = 0
        self.intervals = 0
        #: Part of `time` during which the coroutine was suspended.
        self.waiting = 0
        #: Hits until the budget is asked.
        self.left = left
        #: Whether the line was ever switched off, so that hits were missed.
        self.off = False
        #: Activations further out that stand on the line, of a function that recurses.
        self.outer = 0
        #: How often this line had its neighbours switched on, to see where it ends.
        self.rearms = 0


class CodeCost:
    """The function, its lines, and what is known of the time in which they were switched off."""

    __slots__ = (
        'before',
        'burst',
        'bursts',
        'calls',
        'dark',
        'entries',
        'entries_left',
        'entries_missed',
        'entries_off',
        'generation',
        'lines',
        'newest',
        'spare',
        'time',
        'watched',
        'window_events',
    )

    def __init__(self, watched: Watched, chunk: int) -> None:
        self.watched = watched
        self.lines: Dict[int, LineCost] = {}
        self.calls = 0
        self.time = 0
        #: Calls, and resumptions of a generator; how many are free; whether they are switched off,
        #: and ever were.
        self.entries = 0
        self.entries_left = chunk
        self.entries_off = False
        self.entries_missed = False
        #: Time inside of the function since the last burst with at least one line switched off.
        self.dark = 0
        #: Intervals and time of each line until the first one was switched off.
        self.before: Optional[Dict[LineCost, Tuple[int, int]]] = None
        #: All bursts, the one that lasts, its number, and how many events its window has.
        self.bursts: List[Burst] = []
        self.burst: Optional[Burst] = None
        self.generation = watched.generation
        self.window_events = budget.EVENTS
        #: Innermost running activation, and one that can be used again.
        self.newest: Optional[object] = None
        self.spare: Optional[object] = None

    def switch_off(self, line: LineCost) -> None:
        """A line is not seen from here on."""
        if self.before is None:
            self.before = {each: (each.intervals, each.time) for each in self.lines.values()}
        line.off = True
        line.left = -1

    def begin_burst(self) -> None:
        """Everything was switched on again."""
        self.generation = self.watched.generation
        self.entries_left = budget.WARMING
        self.entries_off = False
        self.burst = Burst(self)
        self.bursts.append(self.burst)
        self.dark = 0
