"""What was seen of the lines of one code object, by one thread for one request. All times are net
seconds (see `tracker`)."""

from __future__ import annotations

from typing import Dict, List, Optional, Tuple

from . import budget
from .burst import Burst
from .watched import Watched


class LineCost:
    """One line."""

    __slots__ = (
        'hits',
        'limit',
        'number',
        'off',
        'outer',
        'rearms',
        'recurses',
        'time',
        'waiting',
    )

    def __init__(self, number: int, limit: int) -> None:
        self.number = number
        #: Hits seen.
        self.hits = 0
        #: Inclusive time seen from hits to the next event.
        self.time = 0.0
        #: Part of `time` during which the coroutine was suspended.
        self.waiting = 0.0
        #: Hits that need not be asked for.
        self.limit = limit
        #: Whether the line was ever switched off, so that hits were missed.
        self.off = False
        #: Activations further out that stand on the line, of a function that recurses.
        self.outer = 0
        #: Whether there ever were such.
        self.recurses = False
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
        'entries_limit',
        'entries_missed',
        'entries_off',
        'generation',
        'lines',
        'newest',
        'spare',
        'time',
        'unobserved',
        'unseen',
        'watched',
        'window_events',
    )

    def __init__(self, watched: Watched, chunk: int) -> None:
        self.watched = watched
        self.lines: Dict[int, LineCost] = {}
        self.calls = 0
        self.time = 0.0
        #: Calls, and resumptions of a generator; how many are free; whether they are switched off,
        #: and ever were.
        self.entries = 0
        self.entries_limit = chunk
        self.entries_off = False
        self.entries_missed = False
        #: Time inside of the function since the last burst in which lines, or its calls, were off.
        self.dark = 0.0
        #: How long it was on the stack since the last burst with events switched off, by samples.
        self.unobserved = 0.0
        #: Part of all that time in which its calls were off, told by samples.
        self.unseen = 0.0
        #: Hits and time of each line until the first one was switched off.
        self.before: Optional[Dict[LineCost, Tuple[int, float]]] = None
        #: All bursts, the one that lasts, its number, and how many events its window has.
        self.bursts: List[Burst] = []
        self.burst: Optional[Burst] = None
        self.generation = watched.generation
        self.window_events = budget.EVENTS
        #: Innermost running activation, and one that can be used again.
        self.newest: Optional[object] = None
        self.spare: Optional[object] = None

    def line(self, number: int, limit: int) -> LineCost:
        """The books of a line; new ones have so many hits that need not be asked for."""
        line = self.lines.get(number)
        if line is None:
            line = self.lines[number] = LineCost(number, limit)
        return line

    def switch_off(self, line: LineCost) -> None:
        """A line is not seen from here on."""
        if self.before is None:
            self.before = {each: (each.hits, each.time) for each in self.lines.values()}
        line.off = True
        line.limit = 0

    def begin_burst(self) -> None:
        """Everything was switched on again."""
        if self.burst is not None:
            self.burst.stop()
        self.generation = self.watched.generation
        self.entries_limit = self.entries + budget.WARMING
        self.entries_off = False
        self.burst = Burst(self)
        self.bursts.append(self.burst)
        self.dark = 0.0
        self.unobserved = 0.0

    def sampled(self, weight: float) -> None:
        """The function was on the stack for so long, with events switched off."""
        self.unobserved += weight
        if self.entries_off:
            self.dark += weight
            self.unseen += weight
