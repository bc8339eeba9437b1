"""How far the line costs that a contender tells are from those that are known.

The error of a recording is that of the function's worst line: the difference between the share of
the function's time that the line is given and the share that it is known to have, in percentage
points.
"""

from __future__ import annotations

import statistics
import time
from itertools import product
from typing import Dict, List, Sequence

from contenders import HERE, PLAIN, Contender
from readings import READERS, Reading
from workers import Worker, WorkerFailed, empty, note


def largest_error(reading: Reading, known: Reading) -> float:
    """Of any line of the function, in percentage points; 100 where nothing was recorded of it."""
    told = {line: reading.get(line, 0.0) for line in known}
    all_told, all_known = sum(told.values()), sum(known.values())
    if not all_told:
        return 100.0
    shares = ((told[line] / all_told, known[line] / all_known) for line in known)
    return 100 * max(abs(ours - theirs) for ours, theirs in shares)


def measure(
    contenders: Sequence[Contender],
    kinds: Sequence[str],
    durations: Sequence[float],
    runs: int,
    seconds: float,
) -> List[Dict[str, object]]:
    """A row for each contender, kind and duration (seconds): the median error of some runs.

    `seconds` is what a contender may spend on a row: a slow one gets fewer runs.
    """
    note('known costs')
    try:
        with Worker(PLAIN) as plain:
            known = {kind: known_costs(plain, kind) for kind in kinds}
    except WorkerFailed as error:
        cells = product(contenders, kinds, durations)
        return [{**heading(*cell), 'error': 'the known costs: %s' % error} for cell in cells]
    rows: List[Dict[str, object]] = []
    for contender in contenders:
        note(contender.label)
        with Worker(contender, roots=HERE) as worker:
            recorder = Recorder(worker)
            for kind, duration in product(kinds, durations):
                row = recorder.row(kind, known[kind], duration, runs, seconds)
                rows.append({**heading(contender, kind, duration), **row})
    return rows


def heading(contender: Contender, kind: str, duration: float) -> Dict[str, object]:
    """Where in the table a cell stands."""
    return {
        'contender': contender.name,
        'label': contender.label,
        'kind': kind,
        'seconds': duration,
    }


def known_costs(plain: Worker, kind: str) -> Reading:
    """Line -> seconds a round of that kind takes in it, measured alone in a plain process."""
    return {int(line): cost for line, cost in plain.ask({'known': kind}).items()}


class Recorder:
    """Has one contender record kinds of code, and reads what it says of them."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._read = READERS[worker.contender.name]()

    def row(
        self, kind: str, known: Reading, duration: float, runs: int, seconds: float
    ) -> Dict[str, object]:
        """What one cell of the table is made of; `error` where the contender cannot."""
        rounds = max(1, round(duration / sum(known.values())))
        deadline = time.monotonic() + seconds
        errors: List[float] = []
        try:
            self._record(kind, 1)
            while len(errors) < runs and not (errors and time.monotonic() > deadline):
                errors.append(largest_error(self._record(kind, rounds), known))
        except WorkerFailed as error:
            return {'error': str(error)}
        return {'points': statistics.median(errors), 'worst': max(errors), 'runs': len(errors)}

    def _record(self, kind: str, rounds: int) -> Reading:
        self._worker.request('/kinds/%s/%d/' % (kind, rounds), 1)
        self._worker.unwatch()
        reading = self._read(self._worker.profiles, kind)
        empty(self._worker.profiles)
        return reading
