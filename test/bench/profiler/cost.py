"""What a request costs under each contender, as the ratio to the same request without it.

Each contender runs in a process of its own, beside a plain one; a block of requests to the one
follows a block to the other, the first of the two by turns. Each round has fresh processes.
"""

from __future__ import annotations

import json
import statistics
import time
from typing import Dict, List, Optional, Sequence

import paired
from contenders import PLAIN, Contender
from workers import Worker, WorkerFailed, empty, note, profiles_in


class Page:
    """A path of the website and how often a round requests it.

    `blocks` of `block` requests each; in `with_files` further ones, files are part of the cost.
    """

    def __init__(self, path: str, block: int, blocks: int, with_files: int = 0) -> None:
        self.path = path
        self.block = block
        self.blocks = blocks
        self.with_files = with_files


class Run:
    """What is measured of one contender on one page, a round at a time."""

    def __init__(self, contender: Contender, page: Page) -> None:
        self._contender = contender
        self._page = page
        self._alone: List[List[float]] = []
        self._with_files: List[List[float]] = []
        self._durations: List[int] = []
        self._samples = Samples()
        self._error: Optional[str] = None

    def take_round(self, worker: Worker, plain: Worker, seconds: float) -> None:
        """A round of blocks, or fewer where they take longer than that many seconds."""
        page = self._page
        if self._error is not None:
            return
        try:
            for server in (plain, worker):
                server.request(page.path, page.block)
            empty(worker.profiles)
            self._alone.append(self._take(worker, plain, page.blocks, seconds, False))
            self._with_files.append(self._take(worker, plain, page.with_files, seconds, True))
        except WorkerFailed as error:
            self._error = str(error)

    def _take(
        self, worker: Worker, plain: Worker, blocks: int, seconds: float, files: bool
    ) -> List[float]:
        ratios: List[float] = []
        deadline = time.monotonic() + seconds
        for number in range(blocks):
            if number > 0 and time.monotonic() > deadline:
                break
            durations = {}
            for server in (plain, worker) if number % 2 else (worker, plain):
                durations[server] = server.request(self._page.path, self._page.block, files)
            ratios += paired.ratios(durations[worker], durations[plain])
            if not files:
                self._durations += durations[worker]
            self._samples.take(worker.profiles)
        return ratios

    def row(self) -> Dict[str, object]:
        """This cell of the table: ratios, or the reason why there are none."""
        row: Dict[str, object] = {
            'contender': self._contender.name,
            'label': self._contender.label,
            'page': self._page.path,
        }
        if self._error is not None:
            return {**row, 'error': self._error}
        row['ratio'] = paired.summary(self._alone)
        row['milliseconds'] = statistics.median(self._durations) / 1e6
        if self._page.with_files:
            row['withFiles'] = paired.summary(self._with_files)
        if self._samples.seconds:
            row['samplesPerSecond'] = self._samples.count / self._samples.seconds
        return row


class Samples:
    """Samples and seconds of request time in our own profiles."""

    def __init__(self) -> None:
        self.count = 0
        self.seconds = 0.0

    def take(self, directory: str) -> None:
        """Counts those of the profiles in a directory, and empties it."""
        for path in profiles_in(directory):
            with open(path, encoding='utf-8') as file:
                self._add(json.load(file))
        empty(directory)

    def _add(self, content: dict) -> None:
        """A request that ended before its first sample has a stack in which no line executes."""
        self.count += sum(map(any, content['hotline']['stackLines']))
        self.seconds += content['profiles'][0]['endValue']


def measure(
    contenders: Sequence[Contender], pages: Sequence[Page], rounds: int, seconds: float
) -> List[Dict[str, object]]:
    """The cells of the table.

    `seconds` is what a contender may spend on a page in one round: a slow one gets fewer pairs.
    """
    runs = {contender: [Run(contender, page) for page in pages] for contender in contenders}
    for number in range(rounds):
        with Worker(PLAIN) as plain:
            for contender in contenders:
                note('round %d of %d: %s' % (number + 1, rounds, contender.label))
                with Worker(contender) as worker:
                    for run in runs[contender]:
                        run.take_round(worker, plain, seconds)
    return [run.row() for contender in contenders for run in runs[contender]]
