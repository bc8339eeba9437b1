"""The first events of a request, written down as they come and followed later.

To follow an event costs three times as much as to write it down, and most requests have so few
that they can be followed after the request has ended, and elsewhere. A thread keeps its journal
until that is full, or until an event is switched off anywhere: from there on what is to be done
depends on what has been, and `tracker` follows each event at once.

A journal is a flat list of three items an event: the code object, what happened, and the clock.
What happened is a line's number, or one of the numbers below, which are negative. Where the frame
matters, `happened_in` puts its identity and the number into one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Dict

if TYPE_CHECKING:
    from .activation import ThreadState

CALLED = -1
RETURNED = -2
YIELDED = -3
RESUMED = -4

#: What stands in place of the code object where the thread works for the request again. What
#: happened is then for how many seconds it did not.
CAME_BACK = None

#: The identity of a frame is a multiple of this.
_ALIGNED = 8

#: A journal has room for so many events at first, and at most.
_ITEMS = 3
ROOM = 256 * _ITEMS
_MOST_ROOM = 2048 * _ITEMS

#: Seconds that it takes to write an event down, about.
_COST = 300e-9

#: Those that are being written, by the identity of the thread's state: of all requests.
_open: Dict[int, ThreadState] = {}


def begin(state: ThreadState) -> None:
    """Has the thread write its events down from here on. All of them have to be on."""
    state.journal = state.entries = []
    state.room = ROOM
    _open[id(state)] = state


def close(state: ThreadState) -> None:
    """The thread writes no more; what it has written is left to be followed."""
    state.entries = None
    _open.pop(id(state), None)


def close_all() -> None:
    """Nobody writes on, for an event is switched off. Each thread is to follow its own journal."""
    while _open:
        _open.popitem()[1].entries = None


def filled(state: ThreadState, share: int) -> None:
    """The journal is full: it gets more room if writing takes less than that part of the time."""
    entries = state.entries
    spent = len(entries) / _ITEMS * _COST
    if len(entries) < _MOST_ROOM and spent * share < entries[-1] - state.started:
        state.room += ROOM
    else:
        follow(state)


def happened_in(frame: object, what: int) -> int:
    """`YIELDED` or `RESUMED`, of a frame."""
    return what - id(frame)


def follow(state: ThreadState) -> None:
    """Keeps the books of all that was written down; nothing more is."""
    entries, state.journal = state.journal, None
    close(state)
    items = iter(entries or ())
    for code, happened, entered in zip(items, items, items):
        if code is CAME_BACK:
            state.was_away(happened)
            continue
        _follow_one(state, code, happened, entered)
        state.overhead += state.prices.written


def _follow_one(state: ThreadState, code: object, happened: int, entered: float) -> None:
    now = entered - state.overhead
    if happened > 0:
        _stand_on(state, code, happened, now)
    elif happened == CALLED:
        cost = state.cost_of(code)
        if cost is not None:
            cost.calls += 1
            cost.entries += 1
            state.call(cost, now)
    elif happened == RETURNED:
        if state.uncover(code, now):
            activation = state.pop(now)
            activation.cost.spare = activation
    else:
        frame, kind = divmod(-happened, _ALIGNED)
        if kind == -RESUMED:
            state.go_on(code, frame * _ALIGNED, entered)
        elif state.top.code is code:
            state.suspend(frame * _ALIGNED, entered)


def _stand_on(state: ThreadState, code: object, number: int, now: float) -> None:
    top = state.top if state.top.code is code else state.reach(code, now)
    if top is not None:
        top.close(now)
        top.line = top.cost.line(number, state.chunk)
        top.line.hits += 1
        top.since = now
