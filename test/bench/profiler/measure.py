"""Measures one thing on the Python that runs this, and prints the figures as JSON.

measure.py cost|loops|start-up|accuracy|sampler full|quick|smoke
"""

from __future__ import annotations

import json
import os
import platform
import sys
from typing import Dict, List

import accuracy
import contenders
import cost
import kinds
import sampler_cost
import start_up
from cost import Page
from readings import READERS
from website.cinema.loops import LOOPS

LOOP_CONTENDERS = ('hotline-lines', 'hotline-samples', 'cprofile', 'line_profiler')

#: Whom a run compares that only shows that the benchmark works.
SMOKE = [contenders.named('hotline-lines')]

Rows = List[Dict[str, object]]


def measure_cost(size: str) -> Rows:
    """Ours with the pairs that a few percent take; the others are further off."""
    ours = [contenders.CONTROL, *contenders.OURS]
    if size == 'smoke':
        return cost.measure(SMOKE, pages(2, 1, 1, 1), 1, 0.0)
    if size == 'quick':
        return cost.measure(ours, pages(10, 10, 3, 2), 3, 5.0) + cost.measure(
            contenders.OTHERS, pages(10, 2, 1, 1), 3, 2.0
        )
    return cost.measure(ours, pages(10, 67, 10, 4), 6, 15.0) + cost.measure(
        contenders.OTHERS, pages(10, 17, 3, 2), 6, 3.0
    )


def pages(block: int, template: int, database: int, with_files: int) -> List[Page]:
    """Both pages, with so many blocks a round."""
    return [
        Page('/programme/', block, template, with_files),
        Page('/seats/', block, database, with_files),
    ]


def measure_loops(size: str) -> Rows:
    rounds, requests, seconds = {
        'full': (3, 2, 1.0),
        'quick': (2, 1, 1.0),
        'smoke': (1, 1, 0.0),
    }[size]
    names = list(LOOPS)
    chosen = [contenders.named(name) for name in LOOP_CONTENDERS]
    if size == 'smoke':
        names, chosen = names[:1], SMOKE
    loops = [Page('/loops/%s/' % name, 1, requests) for name in names]
    return cost.measure(chosen, loops, rounds, seconds)


def measure_accuracy(size: str) -> Rows:
    durations, runs, seconds = {
        'full': ((0.05, 1.0), 3, 4.0),
        'quick': ((0.05, 1.0), 1, 0.0),
        'smoke': ((0.05,), 1, 0.0),
    }[size]
    names = [kind.__name__ for kind in kinds.KINDS]
    chosen = [contenders.named(name) for name in READERS]
    if size == 'smoke':
        names, chosen = names[:1], SMOKE
    return accuracy.measure(chosen, names, durations, runs, seconds)


def measure_start_up(size: str) -> Rows:
    return start_up.measure({'full': 20, 'quick': 10, 'smoke': 1}[size])


def measure_sampler(size: str) -> Rows:
    if size == 'smoke':
        return sampler_cost.measure(pages(2, 1, 1, 0), 1, 0.0)
    if size == 'quick':
        return sampler_cost.measure(pages(10, 20, 5, 0), 3, 5.0)
    return sampler_cost.measure(pages(10, 67, 10, 0), 6, 15.0)


MEASURES = {
    'cost': measure_cost,
    'loops': measure_loops,
    'accuracy': measure_accuracy,
    'start-up': measure_start_up,
    'sampler': measure_sampler,
}


def machine() -> Dict[str, object]:
    """What the figures depend on; nothing by which the machine could be told."""
    return {
        'python': platform.python_version(),
        'implementation': platform.python_implementation(),
        'system': platform.system(),
        'processors': os.cpu_count(),
    }


def main() -> None:
    what, size = sys.argv[1:]
    print(json.dumps({'machine': machine(), 'what': what, 'rows': MEASURES[what](size)}))


if __name__ == '__main__':
    main()
