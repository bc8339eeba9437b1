"""Greenlets of gevent: which there are, and where the suspended ones are."""

from __future__ import annotations

import gc
import sys
from functools import partial
from typing import Dict, Iterator, List, Tuple
from weakref import ref

from . import thread_names
from .walking import Stack, stacks_of_greenlets

#: The native ident of a thread, and what is added to its name.
Place = Tuple[int, str]

#: Greenlets whose stacks are taken in one step; no other thread runs meanwhile.
_AT_ONCE = 100


class Greenlets:
    """All greenlets that gevent has spawned in this process, with the hubs that run them."""

    def __init__(self) -> None:
        self._spawned: Dict[int, ref] = {}
        self._is_following = False

    def places(self) -> Dict[object, Place]:
        """Each greenlet, each hub, and what a hub was started by: the thread's own greenlet.

        Empty while gevent has not been imported.
        """
        places: Dict[object, Place] = {}
        if not self._is_following and not self._follow():
            return places
        for reference in list(self._spawned.values()):
            greenlet = reference()
            hub = getattr(greenlet, 'parent', None)
            ident = getattr(hub, 'thread_ident', None)
            if ident is None:
                continue
            places[greenlet] = ident, _name(greenlet)
            if hub not in places:
                places[hub] = ident, '/hub'
                if hub.parent is not None:
                    places[hub.parent] = ident, ''
        return places

    def _follow(self) -> bool:
        """From now on; False while gevent has not been imported."""
        greenlet = getattr(sys.modules.get('gevent.greenlet'), 'Greenlet', None)
        if greenlet is None:
            return False
        self._is_following = True
        greenlet.add_spawn_callback(self._add)
        for found in gc.get_objects():
            if issubclass(type(found), greenlet):
                self._add(found)
        return True

    def _add(self, greenlet: object) -> None:
        key = id(greenlet)
        self._spawned[key] = ref(greenlet, partial(self._remove, key))

    def _remove(self, key: int, _: object) -> None:
        self._spawned.pop(key, None)


def suspended(greenlets: List[object]) -> Iterator[Tuple[object, Stack]]:
    """Those that are suspended, with their stacks; a hub is when it has something to do."""
    for start in range(0, len(greenlets), _AT_ONCE):
        some = greenlets[start : start + _AT_ONCE]
        for greenlet, stack in zip(some, stacks_of_greenlets(some)):
            if stack and not hasattr(greenlet, 'thread_ident'):
                yield greenlet, stack


def _name(greenlet: object) -> str:
    """Its own name where it was given one; not asked for, because asking makes one."""
    name = vars(greenlet).get('name', 'Greenlet-*')
    return '/' + thread_names.without_numbers(str(name))
