"""The user's code objects, whose events can be switched."""

from __future__ import annotations

from types import CodeType
from typing import Callable, Dict, List, Optional, Set

from . import journal

#: Events outside of any request that are suffered before they are switched off.
IDLE_EVENTS = 1000


class Watched:
    """State of the events of one code object, for all threads."""

    __slots__ = (
        '_turn',
        'code',
        'epoch',
        'excess',
        'generation',
        'idle_left',
        'instructions',
        'off',
        'path',
        'rearm_cost',
        'switch_on',
    )

    def __init__(self, code: CodeType, path: str, switch_on: Callable[[], None]) -> None:
        self.code = code
        self.path = path
        #: Seconds that it takes to switch the events on, about: so many a byte of the code, and
        #: what the events take that then fire only to be switched off again.
        self.rearm_cost = 25e-7 + 1e-8 * len(code.co_code)
        #: Has every event of the code object fire again.
        self.switch_on = switch_on
        #: Whether any event is switched off, and how often one was.
        self.off = False
        self.epoch = 0
        #: Number of the burst.
        self.generation = 0
        self.idle_left = IDLE_EVENTS
        #: Line -> seconds that its event takes longer than supposed, as far as it was learnt,
        #: and in how many steps.
        self.excess: Dict[int, float] = {}
        #: What `estimate` knows of the instructions, once it has asked.
        self.instructions: Optional[object] = None
        self._turn = 0

    def next_of(self, choices: List[object]) -> object:
        """Each of them by turns."""
        self._turn += 1
        return choices[self._turn % len(choices)]

    def switched_off(self) -> None:
        """To be called whenever an event is switched off."""
        journal.close_all()
        self.epoch += 1
        self.off = True
        dirty.add(self)

    def rearm(self) -> None:
        """Switches all events on."""
        self.off = False
        self.switch_on()

    def burst(self) -> None:
        """Switches all events on, for a while."""
        self.generation += 1
        self.rearm()


#: id(code) -> the state of every code object of the user's.
watched_codes: Dict[int, Watched] = {}

#: Those that may be off.
dirty: Set[Watched] = set()


def rearm_all() -> None:
    """Switches everything on for a new request."""
    while dirty:
        watched = dirty.pop()
        watched.idle_left = IDLE_EVENTS
        if watched.off:
            watched.burst()
