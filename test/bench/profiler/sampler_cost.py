"""What the always-on sampler costs the requests of a process, as the ratio to one without it."""

from __future__ import annotations

import os
import socket
import time
from contextlib import ExitStack
from typing import Dict, List, Sequence

from contenders import CONTROL, PACKAGE, PLAIN, WEBSITE, Contender
from cost import Page, Run
from workers import Worker, WorkerFailed, note

#: Seconds that a process gets to find out that it is to be sampled.
PATIENCE = 60


class Sampled(Contender):
    """A process that the environment has sampled."""

    def __init__(self) -> None:
        super().__init__('hotline-sampler', 'Hotline, always-on sampler')
        self._port = 0

    def environment(self, profiles: str, roots: str) -> Dict[str, str]:
        with socket.socket() as listener:
            listener.bind(('127.0.0.1', 0))
            self._port = listener.getsockname()[1]
        bootstrap = os.path.normpath(os.path.join(PACKAGE, 'bootstrap'))
        return {
            'PYTHONPATH': os.pathsep.join((bootstrap, WEBSITE)),
            'HOTLINE_SAMPLER': '127.0.0.1:%d' % self._port,
        }

    def wait(self) -> None:
        """Waits until the process that was started last is sampled. Raises WorkerFailed."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with socket.socket() as client:
                if client.connect_ex(('127.0.0.1', self._port)) == 0:
                    return
            time.sleep(0.1)
        raise WorkerFailed('the process is not sampled')


def measure(pages: Sequence[Page], rounds: int, seconds: float) -> List[Dict[str, object]]:
    """A row for each page, of the sampler and of a second plain process.

    `seconds` is what a process may spend on a page in one round.
    """
    sampled = Sampled()
    runs = {one: [Run(one, page) for page in pages] for one in (CONTROL, sampled)}
    for number in range(rounds):
        note('round %d of %d' % (number + 1, rounds))
        with ExitStack() as stack:
            plain = stack.enter_context(Worker(PLAIN))
            workers = {one: stack.enter_context(Worker(one)) for one in runs}
            sampled.wait()
            for contender, its_runs in runs.items():
                for run in its_runs:
                    run.take_round(workers[contender], plain, seconds)
    return [run.row() for its_runs in runs.values() for run in its_runs]
