"""Stacks of all threads and of suspended greenlets, each taken in one step."""

from __future__ import annotations

import gc
import sys
from functools import partial
from itertools import accumulate, chain, islice, repeat, takewhile, tee
from operator import attrgetter, is_, is_not, itemgetter
from types import CodeType, FrameType
from typing import Dict, Iterable, Iterator, List, Optional, Sequence, Tuple

#: One frame: its code, `f_lasti`, and the names of its module.
Call = Tuple[CodeType, int, Dict[str, object]]

#: A stack, the innermost frame first.
Stack = List[Call]

_call = attrgetter('f_code', 'f_lasti', 'f_globals')
_suspended_frame = attrgetter('gr_frame')
_is_frame = partial(is_not, None)
_outwards = repeat('f_back')

#: Whether to make a frame object of a running frame may start the garbage collector: later
#: versions start it between two instructions only, earlier ones need not make such objects.
_COLLECTS_ANYWHERE = sys.version_info[:2] == (3, 11)


def stacks_of_threads(greenlets: Sequence[object]) -> Tuple[List[Tuple[int, Stack]], List[bool]]:
    """Native ident and stack of each thread, the calling one too; which greenlets run just then."""
    current = islice(iter(sys._current_frames, None), 1)
    idents, frames = tee(chain.from_iterable(map(dict.items, current)))
    threads = zip(map(itemgetter(0), idents), _walks(map(itemgetter(1), frames)))
    taken = _at_once(chain(threads, _are_running(greenlets)))
    threads_only = len(taken) - len(greenlets)
    return taken[:threads_only], [all(facts) for facts in taken[threads_only:]]


def stacks_of_greenlets(greenlets: Iterable[object]) -> List[Stack]:
    """The stack of each greenlet; an empty one where it is not suspended."""
    return _at_once(_walks(map(_suspended_frame, greenlets)))


def _are_running(greenlets: Sequence[object]) -> Iterator[Tuple[bool, bool]]:
    """Whether each has begun and not ended, and whether it is not suspended."""
    if not greenlets:
        return iter(())
    is_active = sys.modules['greenlet'].greenlet.__bool__
    are_unsuspended = map(is_, map(_suspended_frame, greenlets), repeat(None))
    return zip(map(is_active, greenlets), are_unsuspended)


def _walks(innermost: Iterator[Optional[FrameType]]) -> Iterator[Stack]:
    """Walks outwards from each frame."""
    starts = map(chain, zip(innermost), repeat(_outwards))
    ways = map(accumulate, starts, repeat(getattr))
    frames = map(takewhile, repeat(_is_frame), ways)
    return map(list, map(map, repeat(_call), frames))


def _at_once(items: Iterator) -> List:
    """All items, with no other thread running meanwhile.

    On Python 3.11, going on from a frame that has returned in between ends the process
    (cpython #106883). So it all happens within `extend`, which runs no Python code, and there
    without the garbage collector, which may.
    """
    taken: List = []
    collects = _COLLECTS_ANYWHERE and gc.isenabled()
    if collects:
        gc.disable()
    try:
        taken.extend(items)
    finally:
        if collects:
            gc.enable()
    return taken
