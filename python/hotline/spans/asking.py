"""The line of the user's that asks a database or a cache for something."""

from __future__ import annotations

import sys

from ..concurrency.originals import get_ident
from ..recording import Recording, working
from ..user_code import caller_line, user_path


def asking_line(recording: Recording) -> tuple[str, int] | None:
    """File and line that the caller works for; `None` where none of the user's is known.

    On a thread that a coroutine waits for (`sync_to_async`), the coroutine's.
    """
    work = working.get(get_ident())
    while work is not None and work.outside is None and work.caller is not None:
        work = work.caller[1]
    outside = None if work is None else work.outside
    return caller_line(sys._getframe(1), outside) or _awaiting_line(recording)


def _awaiting_line(recording: Recording) -> tuple[str, int] | None:
    if recording.coroutine is None:
        return None
    from ..sampling.lines import LineTables
    from ..sampling.stacks import awaiting_stack

    for code, instruction in reversed(awaiting_stack(recording.coroutine)):
        path = None if isinstance(code, str) else user_path(code.co_filename)
        if path is not None:
            return path, LineTables().line(code, instruction)
    return None
