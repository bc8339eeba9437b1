"""What happens once when a process turns out to answer requests."""

from __future__ import annotations

import os
from types import CodeType

from .. import log, settings
from . import importing, process

#: Modes that measure lines.
_LINE_MODES = ('lines', 'exact')

#: Whether the environment asks for the requests of this process; not known until one may come.
_asked: bool | None = None
_prepared = False


def start() -> bool:
    """Whether requests are recorded without the user's code asking for it; then all is ready.

    For every hook that sees a server start or a request come.
    """
    global _asked
    if _asked is None:
        try:
            _asked = _start()
        except Exception as error:
            _asked = False
            log.once('serving', 'cannot start, nothing is profiled: %r' % error)
    return _asked


def start_explicitly() -> None:
    """Makes all ready for what the user's own code asks to be recorded, in whatever process."""
    start()
    chosen = settings.current()
    if chosen.directory is None:
        chosen.directory = os.path.join(os.getcwd(), '.hotline')
    _prepare()


def watch_sources() -> None:
    """Has the user's modules looked at as they are loaded, for their lines to be measured."""
    if process.answers_requests():
        _watch_sources()


def _start() -> bool:
    directory = settings.current().directory
    if directory is None or not process.answers_requests():
        return False
    _prepare()
    log.once('serving', 'profiling requests into %s' % directory)
    return True


def _prepare() -> None:
    global _prepared
    if _prepared:
        return
    _prepared = True
    from .instruments import INSTRUMENTS

    importing.install()
    _watch_sources()
    if settings.current().mode != 'calls':
        # What they put between the calls of a request would be among these.
        importing.imports.watch(INSTRUMENTS)


def _watch_sources() -> None:
    if settings.current().mode not in _LINE_MODES:
        importing.imports.watch_sources(_ignore, None)
        return
    from ..lines import sources
    from ..user_code import user_path

    def loaded(code: CodeType, path: str) -> None:
        if user_path(path) is not None:
            sources.loaded(code, path)

    def compile_module(source: bytes, path: str) -> CodeType | None:
        return None if user_path(path) is None else sources.compile_module(source, path)

    importing.imports.watch_sources(loaded, compile_module if importing.COMPILES else None)


def _ignore(code: CodeType, path: str) -> None:
    pass
