"""Which code objects are the user's own, and who wants to know of them."""

from __future__ import annotations

import gc
import sys
from types import CodeType, FunctionType
from typing import Callable, List, Optional, Tuple

from ..user_code import user_path

#: Whether lines are measured by another code of the user's modules.
REWRITES = sys.version_info < (3, 12)

_found: List[Tuple[CodeType, str]] = []
_watch: Optional[Callable[[CodeType, str], None]] = None


def loaded(code: CodeType, path: str) -> None:
    """Takes note of a module of the user's that was loaded from a file."""
    if REWRITES:
        return
    for nested in with_nested(code):
        _add(nested, path)


def compile_module(source: bytes, path: str) -> Optional[CodeType]:
    """Code of a module that tells of its lines; `None` where Python's own does or must do."""
    if not REWRITES:
        return None
    from .rewriting import compile_module

    return compile_module(source, path)


def watch(callback: Callable[[CodeType, str], None]) -> None:
    """Has every code object of the user's told, also those from before."""
    global _watch
    found, _found[:] = list(_found), []
    _watch = callback
    for code, path in found:
        callback(code, path)
    for code, path in _functions():
        callback(code, path)


def _add(code: CodeType, path: str) -> None:
    if _watch is None:
        _found.append((code, path))
    else:
        _watch(code, path)


def _functions() -> List[Tuple[CodeType, str]]:
    """Code of the user's functions that no import told of: those of the script itself."""
    found = []
    for function in gc.get_objects():
        if type(function) is FunctionType:
            path = user_path(function.__code__.co_filename)
            if path is not None:
                found.extend((code, path) for code in with_nested(function.__code__))
    return found


def with_nested(code: CodeType) -> List[CodeType]:
    """A code object and all that are defined in it."""
    codes = [code]
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            codes.extend(with_nested(constant))
    return codes
