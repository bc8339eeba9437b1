"""Replaces functions of other people's classes and modules by wrappers of them."""

from __future__ import annotations

import functools
from typing import Callable


def wrap(owner: object, name: str, make: Callable[[Callable], Callable]) -> None:
    """Replaces the function `name` of a class or module by `make(function)`, once.

    What the owner only inherits, or does not have, is left alone.
    """
    original = vars(owner).get(name)
    if original is None or hasattr(original, '__hotline__'):
        return
    wrapper = functools.wraps(original)(make(original))
    wrapper.__hotline__ = True
    setattr(owner, name, wrapper)
