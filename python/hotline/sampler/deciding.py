"""Which processes the environment means when it asks for the sampler.

Those in which a program works: not its tools, and not the parent that only starts it anew or
supervises its workers, which would take the port.
"""

from __future__ import annotations

import os
from typing import List, Tuple

from .. import log
from ..hooks import process
from . import service, thread_names
from .walking import stacks_of_threads

#: Seconds between two looks at a program that is still importing, and how many there are.
_NEXT_LOOK = 0.5
_MOST_LOOKS = 20

#: Functions in which a parent waits for the processes that do its work.
_SUPERVISORS = (
    ('django/utils/autoreload.py', 'restart_with_reloader'),
    ('werkzeug/_reloader.py', 'restart_with_reloader'),
    ('uvicorn/supervisors/basereload.py', 'run'),
    ('uvicorn/supervisors/multiprocess.py', 'run'),
    ('hypercorn/run.py', 'run'),
    ('gunicorn/arbiter.py', 'run'),
)

#: hypercorn has none with `--workers 0`: these serve in the same process.
_SERVING = ('hypercorn/asyncio/run.py', 'hypercorn/trio/run.py')


def is_meant(main: int, is_forked: bool, never) -> bool:
    """Whether this process works itself; known when its imports are done, or take too long.

    `main` is the main thread's ident; `never` is a lock to wait on in vain.
    """
    for _ in range(_MOST_LOOKS):
        if not any(name == '_find_and_load' for _, name in _functions(main)):
            break
        never.acquire(True, _NEXT_LOOK)
    if not process.answers_requests():
        return False
    # A worker that was forked has the functions of its parent on its stack.
    return is_forked or not _supervises(_functions(main))


def start(main: int) -> None:
    """Starts the sampler as the environment says."""
    thread_names.set_main(main)
    service.start(os.environ['HOTLINE_SAMPLER'], _interval())


def _supervises(functions: List[Tuple[str, str]]) -> bool:
    if any(file.endswith(_SERVING) for file, _ in functions):
        return False
    return any(
        name == function and file.endswith(end)
        for file, name in functions
        for end, function in _SUPERVISORS
    )


def _interval() -> float:
    """Seconds, of the milliseconds in the environment."""
    text = os.environ.get('HOTLINE_SAMPLER_INTERVAL')
    try:
        return float(text) / 1000 if text else service.INTERVAL
    except ValueError:
        sentence = 'HOTLINE_SAMPLER_INTERVAL is %r; it must be a number of milliseconds.'
        log.once('HOTLINE_SAMPLER_INTERVAL', sentence % text)
        return service.INTERVAL


def _functions(main: int) -> List[Tuple[str, str]]:
    """File and name of each function that the main thread is in."""
    stack = dict(stacks_of_threads(())[0]).get(main, [])
    return [(code.co_filename.replace('\\', '/'), code.co_name) for code, _, _ in stack]
