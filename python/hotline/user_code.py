"""Which source files are the user's own, and which of their lines is running now."""

from __future__ import annotations

import os
import sys
from types import FrameType
from typing import Callable, Optional, Tuple

from . import settings

LineOfFrame = Callable[[FrameType], Optional[Tuple[str, int]]]

#: Folders that hold other people's code, wherever in the user's own folders they are.
LIBRARY_FOLDERS = frozenset(('site-packages', 'dist-packages', 'node_modules', '__pypackages__'))

#: What marks a folder as an environment: files of `venv` and of conda.
ENVIRONMENT_MARKS = ('pyvenv.cfg', 'conda-meta')

#: Names seen; programs that generate a file name for each piece of code must not fill the memory.
_CACHE_SIZE = 20_000

_paths: dict[str, str | None] = {}
_templates: dict[str, LineOfFrame] = {}
_environments: dict[str, bool] = {}
_roots: list[str] | None = None


def user_path(filename: str) -> str | None:
    """Absolute path of a code object's `co_filename` if the file is the user's own, else `None`.

    A file is the user's own below a source root, unless it is the standard library, the profiler,
    or in a folder of installed packages or an environment. Cheap: decided once for each name.
    """
    try:
        return _paths[filename]
    except KeyError:
        pass
    if filename.startswith('<'):
        return None
    if len(_paths) >= _CACHE_SIZE:
        _paths.clear()
    path = os.path.abspath(filename)
    is_users = filename not in _templates and _is_users(path)
    _paths[filename] = result = path if is_users else None
    return result


def is_template(filename: str, line_of: LineOfFrame) -> None:
    """Takes note that frames of code with this file name render a template: they are no Python.

    `line_of` gives file and line of the template for such a frame, or `None`.
    """
    _templates[filename] = line_of
    _paths[filename] = None


def caller_line(
    frame: FrameType | None = None, outside: FrameType | None = None
) -> tuple[str, int] | None:
    """File and line of the innermost of the user's own lines, from `frame` or the caller outwards.

    It may be one of a template. Looks no further than `outside`: who serves a request does not
    cause what happens in it. A greenlet that another one waits for (SQLAlchemy's asyncio extension)
    goes on in that one.
    """
    found = _line_from(frame or sys._getframe(1), outside)
    if found is None and 'greenlet' in sys.modules:
        parent = sys.modules['greenlet'].getcurrent().parent
        while parent is not None and found is None:
            found = _line_from(parent.gr_frame, outside)
            parent = parent.parent
    return found or None


def _line_from(
    frame: FrameType | None, outside: FrameType | None
) -> tuple[str, int] | tuple[()] | None:
    """The innermost line; an empty tuple where `outside` came first, `None` where it never came."""
    paths = _paths
    while frame is not None:
        if frame is outside:
            return ()
        filename = frame.f_code.co_filename
        path = paths[filename] if filename in paths else user_path(filename)
        if path is not None:
            return path, frame.f_lineno or 0
        if filename in _templates:
            line = _templates[filename](frame)
            if line is not None:
                return line
        frame = frame.f_back
    return None


def forget() -> None:
    """Decides anew for every file; for when the settings have changed."""
    global _roots
    _roots = None
    _paths.clear()
    _environments.clear()


def _is_users(path: str) -> bool:
    folded = os.path.normcase(path)
    if folded.startswith(_OTHERS):
        return False
    return any(
        folded.startswith(root) and not _is_installed(folded[len(root) :], root)
        for root in _source_roots()
    )


def _is_installed(rest: str, root: str) -> bool:
    """Whether a folder between the root and the file is one of packages or an environment."""
    folder = root
    for name in rest.split(os.sep)[:-1]:
        folder = os.path.join(folder, name)
        if name in LIBRARY_FOLDERS or _is_environment(folder):
            return True
    return False


def _is_environment(folder: str) -> bool:
    if folder not in _environments:
        _environments[folder] = any(
            os.path.exists(os.path.join(folder, mark)) for mark in ENVIRONMENT_MARKS
        )
    return _environments[folder]


def _source_roots() -> list[str]:
    global _roots
    if _roots is None:
        roots = settings.current().source_roots
        _roots = sorted({_as_prefix(path(root)) for root in roots for path in _SPELLINGS})
    return _roots


def _as_prefix(folder: str) -> str:
    return os.path.join(os.path.normcase(folder), '')


#: A symbolic link among the folders shows in some code objects and not in others.
_SPELLINGS = (os.path.abspath, os.path.realpath)

#: The standard library and the profiler.
_OTHERS = tuple(
    {
        _as_prefix(path(folder))
        for folder in (os.path.dirname(os.__file__), os.path.dirname(__file__))
        for path in _SPELLINGS
    }
)
