"""Estimates what lines cost while their events were switched off, from the bursts in between.

A window of a burst shows how the function spends its time, whole cycles of the rarest line in it
being taken. Each event in it adds to its line what the interpreter takes to come to the callback
and back, which is supposed at first; by what a cycle took longer in the window than in the pace,
where but one line's event fired, the events of the others cost more than supposed. All times are
nanoseconds.
"""

from __future__ import annotations

from collections import Counter
from typing import Dict, List, Tuple

from .burst import Burst
from .costs import CodeCost, LineCost
from .instructions import Instructions

#: Cycles before those that are compared: in the first ones the interpreter gets used to the events,
#: and those of other lines fire for the last time.
_FADING = 12

#: What an event amid others takes longer than one alone. Measured on 3.12 and 3.13.
_CROWDED = 12

#: What a burst may change at most in the supposed cost of an event, and by which part at least.
_DOUBT = 20
_GAIN = 0.03

#: Intervals of a line that differ by less are alike, but for the noise of measuring.
_NOISE = 300

#: Intervals that are longer than this and many times the usual met a switch of threads.
_OUTLIER = 1_000
_RARE = 100

#: Weight of a window for the time before the next one, and of the windows around.
_NEIGHBOURS = ((-3, 0.2), (-2, 0.4), (-1, 1.0), (0, 1.0), (1, 0.4), (2, 0.2))


class Estimate:
    """Of one function: unseen hits and time of each line that was ever switched off."""

    def __init__(self, cost: CodeCost) -> None:
        self._excess = dict(cost.watched.excess)
        self.hits: Dict[LineCost, float] = {}
        self.time: Dict[LineCost, float] = {}
        self._instructions = Instructions(cost.watched.code)
        self._off = [line for line in cost.lines.values() if line.off]
        if self._off:
            self._learn(cost)
            self._divide(cost)

    def _learn(self, cost: CodeCost) -> None:
        """Steps of a normalized least mean squares filter, with a gain that decreases."""
        watched = cost.watched
        for burst in cost.bursts:
            if len(burst.paced) <= _FADING:
                continue
            counts = Counter(line for line, _, _ in burst.window)
            frequent = counts.pop(burst.driver)
            weights = {line: count / frequent for line, count in counts.items()}
            norm = sum(weight * weight for weight in weights.values())
            if norm < 0.5:
                continue
            found = _cycle(burst) - _middle(burst.paced[_FADING:]) - _CROWDED
            supposed = sum(weights[line] * watched.excess.get(line.number, 0) for line in weights)
            limit = _DOUBT * sum(weights.values())
            error = max(-limit, min(limit, found - supposed))
            watched.bursts += 1
            step = error * max(_GAIN, 1 / (watched.bursts + 3)) / norm
            for line, weight in weights.items():
                watched.excess[line.number] = watched.excess.get(line.number, 0) + step * weight

    def _divide(self, cost: CodeCost) -> None:
        """Divides the time before each window as the windows around it show."""
        excess = cost.watched.excess
        views = [self._view({line: (n, time - n * excess.get(line.number, 0)) for line, (n, time) in cost.before.items()})]
        darks = []
        for burst in cost.bursts:
            darks.append(burst.dark)
            views.append(self._view(self._window_sums(burst, excess)))
        darks.append(cost.dark)
        for index, dark in enumerate(darks):
            if dark:
                self._divide_one(dark, views, index + 1)

    def _divide_one(self, dark: int, views, at: int) -> None:
        shares: Dict[LineCost, float] = {}
        rates: Dict[LineCost, float] = {}
        for distance, weight in _NEIGHBOURS:
            if 0 <= at + distance < len(views):
                view = views[at + distance]
                for line, (share, rate) in view.items():
                    shares[line] = shares.get(line, 0) + weight * share
                    rates[line] = rates.get(line, 0) + weight * rate
        total = sum(shares.values())
        for line in shares:
            if total > 0:
                self.time[line] = self.time.get(line, 0) + dark * shares[line] / total
                self.hits[line] = self.hits.get(line, 0) + dark * rates[line] / total

    def _view(self, sums: Dict[LineCost, Tuple[int, float]]) -> Dict[LineCost, Tuple[float, float]]:
        """Line -> part of the time, and hits a nanosecond, among the lines that were off."""
        costs = {
            line: (hits, hits * self._instructions.likely(line.number, time / hits))
            for line, (hits, time) in sums.items()
            if line.off and hits
        }
        total = sum(time for _, time in costs.values())
        if total <= 0:
            return {}
        return {line: (time / total, hits / total) for line, (hits, time) in costs.items()}

    def _window_sums(self, burst: Burst, excess) -> Dict[LineCost, Tuple[int, float]]:
        counts = Counter(line for line, _, _ in burst.window)
        again = [line for line in counts if counts[line] > 1]
        if not again:
            return {}
        rarest = min(again, key=counts.get)
        places = [index for index, entry in enumerate(burst.window) if entry[0] is rarest]
        times: Dict[LineCost, List[float]] = {}
        for line, interval in _intervals(burst.window)[places[0] : places[-1]]:
            times.setdefault(line, []).append(interval - excess.get(line.number, 0))
        return {line: (len(times[line]), _robust_sum(times[line])) for line in times}


def _cycle(burst: Burst) -> float:
    """Usual time of a cycle of the pace's line in the window."""
    hits = [now for line, now, _ in burst.window if line is burst.driver]
    return _middle([after - before for before, after in zip(hits, hits[1:])][_FADING:])


def _intervals(window: List[Tuple[LineCost, int, int]]) -> List[Tuple[LineCost, int]]:
    """What each hit added to its line's time."""
    after: Dict[LineCost, int] = {}
    intervals = []
    for line, _, time in reversed(window):
        intervals.append((line, after.get(line, time) - time))
        after[line] = time
    intervals.reverse()
    return intervals


def _robust_sum(times: List[float]) -> float:
    """Sum of intervals without outliers, where those that are alike count as equal."""
    usual = _middle(times)
    limit = max(_OUTLIER, _RARE * usual)
    slow = [time for time in times if usual + _NOISE < time <= limit]
    alike = sum(1 for time in times if time <= usual + _NOISE)
    scale = len(times) / max(1, alike + len(slow))
    return (alike * usual + sum(slow)) * scale


def _middle(times: List[float]) -> float:
    """Mean of the middle half."""
    quarter = len(times) // 4
    middle = sorted(times)[quarter : len(times) - quarter]
    return sum(middle) / len(middle)
