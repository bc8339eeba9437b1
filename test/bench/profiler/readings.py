"""What each contender says that the lines of one function cost.

Every reader takes the folder with the contender's file and the name of a function, which is in no
other file, and returns the weight of each of its lines, in whatever unit.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from typing import Callable, Dict

from workers import profiles_in

Reading = Dict[int, float]


def exact_lines(folder: str, function: str) -> Reading:
    """Our own line costs."""
    weights: Reading = Counter()
    for entry in our_file(folder)['hotline'].get('lines', ()):
        if entry.get('function') == function:
            weights[entry['line']] += entry['time']
    return weights


def sampled_lines(folder: str, function: str) -> Reading:
    """The executing lines of our own samples."""
    content = our_file(folder)
    names = [frame['name'] for frame in content['shared']['frames']]
    profile = content['profiles'][0]
    weights: Reading = Counter()
    stacks = zip(profile['samples'], content['hotline']['stackLines'], profile['weights'])
    for frames, lines, weight in stacks:
        for frame, line in zip(frames, lines):
            if names[frame] == function:
                weights[line] += weight
    return weights


def our_file(folder: str) -> dict:
    (path,) = profiles_in(folder)
    with open(path, encoding='utf-8') as file:
        return json.load(file)


def pyinstrument(folder: str, function: str) -> Reading:
    """Frame records of a session: stacks of `name NUL file NUL line`, then `SOH l executing line`.

    pyinstrument 5.1.3, `frame_info.py`; its own reports have only lines of definitions.
    """
    with open(os.path.join(folder, 'profile'), encoding='utf-8') as file:
        records = json.load(file)['frame_records']
    weights: Reading = Counter()
    for stack, seconds in records:
        for frame in stack:
            identity, *attributes = frame.split('\x01')
            if identity.split('\x00')[0] == function:
                lines = [int(text[1:]) for text in attributes if text.startswith('l')]
                weights[lines[0]] += seconds
    return weights


def py_spy(folder: str, function: str) -> Reading:
    """Folded stacks: `name (file:executing line);… count` (py-spy 0.4.3, `--format raw`).

    It leaves no file where it came to no sample.
    """
    path = os.path.join(folder, 'py-spy.txt')
    if not os.path.exists(path):
        return {}
    frame = re.compile(r'(?:^|;)%s \([^;]*:(\d+)\)' % function)
    weights: Reading = Counter()
    with open(path, encoding='utf-8') as file:
        for row in file:
            stack, _, count = row.rpartition(' ')
            for line in frame.findall(stack):
                weights[int(line)] += int(count)
    return weights


class LineProfiler:
    """Timings of a pickle that holds all requests so far: the difference is the last one's."""

    def __init__(self) -> None:
        self._before: Dict[str, Reading] = {}

    def __call__(self, folder: str, function: str) -> Reading:
        from line_profiler import load_stats

        timings = load_stats(os.path.join(folder, 'profile')).timings
        (rows,) = (rows for (_, _, name), rows in timings.items() if name == function)
        total = {line: time for line, _, time in rows}
        before = self._before.get(function, {})
        self._before[function] = total
        return {line: time - before.get(line, 0) for line, time in total.items()}


#: By name of a contender, what makes a reader of it.
READERS: Dict[str, Callable[[], Callable[[str, str], Reading]]] = {
    'hotline-lines': lambda: exact_lines,
    'hotline-samples': lambda: sampled_lines,
    'pyinstrument': lambda: pyinstrument,
    'py-spy-fast': lambda: py_spy,
    'line_profiler': LineProfiler,
}
