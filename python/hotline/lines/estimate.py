"""Estimates what lines cost while their events were switched off, from the bursts in between.

A window of a burst shows how the function spends its time, in whole rounds of the rarest line that
came again. Each event adds to its line what the interpreter takes to come to the callback and back;
`calibration` knows about how long that is, and the burst how long in this place: a cycle took
longer in the window, where all events fired, than in the pace, where one did. All times are
seconds.
"""

from __future__ import annotations

from collections import Counter
from typing import Dict, List, Tuple

from .burst import Burst
from .costs import CodeCost, LineCost
from .instructions import Instructions
from .watched import Watched

#: Cycles before those that are compared: in the first ones the interpreter gets used to the events,
#: and those of other lines fire for the last time.
_FADING = 12

#: What an event amid others takes longer than one alone. Measured on 3.12 and 3.13.
_CROWDED = 12e-9

#: How far the cost of an event is off at most, how fast that is learnt, and how many bursts it
#: takes until they count as much as those of former requests.
_DOUBT = 60e-9
_GAIN = 0.3
_STEPS = 40
_CAUTION = 3

#: So many bursts are put together to learn how long the hits of a line usually are.
_BLOCK = 8

#: Intervals of a line that differ by less, and by less than half, are alike: this is the noise of
#: measuring.
_NOISE = 300e-9

#: Intervals that are longer than this and many times the usual met a switch of threads.
_OUTLIER = 1e-6
_RARE = 100

#: Weight of a window for the time before the next one, and of the windows around.
_NEIGHBOURS = ((-3, 0.2), (-2, 0.4), (-1, 1.0), (0, 1.0), (1, 0.4), (2, 0.2))

#: Line -> its part of the function's time, and its hits a second of it.
_View = Dict[LineCost, Tuple[float, float]]


class Estimate:
    """Of one function: unseen hits and time of each line that was ever switched off."""

    def __init__(self, cost: CodeCost) -> None:
        #: Line -> what its event takes longer than supposed.
        self._excess = cost.watched.excess
        self.hits: Dict[LineCost, float] = {}
        self.time: Dict[LineCost, float] = {}
        self._off = [line for line in cost.lines.values() if line.off]
        if self._off:
            self._instructions = _instructions(cost.watched)
            self._learn(cost)
            self._divide(cost)

    def _learn(self, cost: CodeCost) -> None:
        """Learns what events cost: the usual lesson of each line that was paced, over and over."""
        lessons: Dict[LineCost, List[_Lesson]] = {}
        for burst in cost.bursts:
            if len(burst.paced) > _FADING:
                lessons.setdefault(burst.driver, []).append(_Lesson(burst))
        usual = [sorted(each)[len(each) // 2] for each in lessons.values()]
        learnt = dict(self._excess)
        for _ in range(_STEPS):
            for lesson in usual:
                lesson.teach(learnt)
        count = sum(len(each) for each in lessons.values())
        for number, excess in learnt.items():
            before = self._excess.get(number, 0.0)
            self._excess[number] = before + (excess - before) * count / (count + _CAUTION)

    def _divide(self, cost: CodeCost) -> None:
        """Divides the time before each window as the windows around it show."""
        recurses = any(line.recurses for line in self._off)
        views = [{} if recurses else self._view(self._before(cost), 0)]
        for start in range(0, len(cost.bursts), _BLOCK):
            block = cost.bursts[start : start + _BLOCK]
            rounds = [_whole_rounds(burst) for burst in block]
            usual = self._usual_times([pair for each in rounds for pair in each])
            for burst, pairs in zip(block, rounds):
                counts = Counter(line for line, _ in pairs)
                sums = {line: (hits, hits * usual[line]) for line, hits in counts.items()}
                views.append(self._view(sums, burst.span if recurses else 0))
        if any(views[1:]):
            views[0] = {}
        darks = [*(burst.dark for burst in cost.bursts), cost.dark]
        for index, dark in enumerate(darks):
            if dark:
                self._divide_one(dark, _mix(views, index + 1))

    def _usual_times(self, intervals: List[Tuple[LineCost, float]]) -> Dict[LineCost, float]:
        """Mean time of each line's hits."""
        times: Dict[LineCost, List[float]] = {}
        for line, interval in intervals:
            times.setdefault(line, []).append(interval - self._excess.get(line.number, 0.0))
        return {line: _robust_mean(times[line]) for line in times}

    def _divide_one(self, dark: float, view: _View) -> None:
        for line, (share, rate) in view.items():
            # The function stands on a line that recurses as long as it is called from there.
            part = 1.0 if line.recurses else share
            self.time[line] = self.time.get(line, 0.0) + dark * part
            self.hits[line] = self.hits.get(line, 0.0) + dark * rate

    def _view(self, sums: Dict[LineCost, Tuple[int, float]], span: float) -> _View:
        """What part of the time the lines took that were off; `span` is all of it, if known."""
        times = {
            line: hits * self._instructions.likely(line.number, time / hits)
            for line, (hits, time) in sums.items()
            if line.off and hits
        }
        total = max(span, sum(times.values()))
        if total <= 0:
            return {}
        return {line: (time / total, sums[line][0] / total) for line, time in times.items()}

    def _before(self, cost: CodeCost) -> Dict[LineCost, Tuple[int, float]]:
        """Hits and time of each line until the first one was switched off."""
        return {
            line: (hits, time - hits * self._excess.get(line.number, 0.0))
            for line, (hits, time) in (cost.before or {}).items()
        }


def _instructions(watched: Watched) -> Instructions:
    if watched.instructions is None:
        watched.instructions = Instructions(watched.code)
    return watched.instructions


class _Lesson:
    """What one burst tells about the cost of events."""

    def __init__(self, burst: Burst) -> None:
        counts = Counter(line.number for line, _, _ in burst.window)
        frequent = counts.pop(burst.driver.number)
        #: Line -> its hits in a cycle of the pace's line.
        self._weights = {number: count / frequent for number, count in counts.items()}
        self._norm = sum(weight * weight for weight in self._weights.values())
        self._found = _cycle(burst) - _middle(burst.paced[_FADING:]) - _CROWDED

    def __lt__(self, other: _Lesson) -> bool:
        return self._found < other._found

    def teach(self, excess: Dict[int, float]) -> None:
        """One step of the normalized least mean squares filter."""
        if self._norm < 0.5:
            return
        supposed = sum(weight * excess.get(line, 0.0) for line, weight in self._weights.items())
        step = _GAIN * (self._found - supposed) / self._norm
        for line, weight in self._weights.items():
            change = excess.get(line, 0.0) + step * weight
            excess[line] = max(-_DOUBT, min(_DOUBT, change))


def _mix(views: List[_View], at: int) -> _View:
    """Mean of the views around a place, the nearest ones counting most."""
    mixed: _View = {}
    total = 0.0
    for distance, weight in _NEIGHBOURS:
        if 0 <= at + distance < len(views) and views[at + distance]:
            total += weight
            for line, (share, rate) in views[at + distance].items():
                before = mixed.get(line, (0.0, 0.0))
                mixed[line] = before[0] + weight * share, before[1] + weight * rate
    return {line: (share / total, rate / total) for line, (share, rate) in mixed.items()}


def _cycle(burst: Burst) -> float:
    """Usual time of a cycle of the pace's line in the window."""
    hits = [now for line, now, _ in burst.window if line is burst.driver]
    return _middle([after - before for before, after in zip(hits, hits[1:])][_FADING:])


def _intervals(burst: Burst) -> List[Tuple[LineCost, float]]:
    """What each hit in the window added to its line's time."""
    after = dict(burst.final)
    intervals = []
    for line, _, time in reversed(burst.window):
        intervals.append((line, after.get(line, line.time) - time))
        after[line] = time
    intervals.reverse()
    return intervals


def _whole_rounds(burst: Burst) -> List[Tuple[LineCost, float]]:
    """Lines and intervals in the window, between two hits of the rarest line that came again."""
    counts = Counter(line for line, _, _ in burst.window)
    again = [line for line in counts if counts[line] > 1]
    if not again:
        return []
    rarest = min(again, key=counts.get)
    places = [index for index, entry in enumerate(burst.window) if entry[0] is rarest]
    return _intervals(burst)[places[0] : places[-1]]


def _robust_mean(times: List[float]) -> float:
    """Mean without outliers, for which those that are alike count as equal."""
    usual = _middle(times)
    noise = usual + _NOISE + abs(usual) / 2
    slow = [time for time in times if noise < time <= _OUTLIER + _RARE * abs(usual)]
    alike = sum(1 for time in times if time <= noise)
    return (alike * usual + sum(slow)) / (alike + len(slow))


def _middle(times: List[float]) -> float:
    """Mean of the middle half."""
    quarter = len(times) // 4
    middle = sorted(times)[quarter : len(times) - quarter]
    return sum(middle) / len(middle)
