"""What is concluded of lines from the bursts in which they were seen."""

import random
import unittest

from hotline.lines.burst import Burst
from hotline.lines.costs import CodeCost, LineCost
from hotline.lines.estimate import Estimate
from hotline.lines.watched import Watched

NANOSECOND = 1e-9

#: What an event takes longer than was charged for it; alone it takes so much less.
EXCESS = 25 * NANOSECOND
ALONE = EXCESS - 12 * NANOSECOND


def sample():
    a = list()
    b = list()
    return a, b


class Function:
    """A function whose lines take known times, seen through events that add to them."""

    def __init__(self, *times):
        self.random = random.Random(1)
        self.cost = CodeCost(Watched(sample.__code__, 'shop.py', lambda: None), 10)
        first = sample.__code__.co_firstlineno
        self.lines = [LineCost(first + 1 + index, 10) for index in range(len(times))]
        self.times = dict(zip(self.lines, times))
        for line in self.lines:
            self.cost.lines[line.number] = line
            line.off = True
        self.cost.before = {line: (line.hits, line.time) for line in self.lines}

    def burst(self, *order, dark, rounds=100, paced=None):
        """One in which the lines are hit in that order again and again, by index."""
        burst = Burst(self.cost)
        burst.dark = dark
        now = 0.0
        for _ in range(rounds):
            for index in order:
                line = self.lines[index]
                burst.window.append((line, now, line.time))
                taken = self.times[line] + EXCESS + self.random.gauss(0, 5) * NANOSECOND
                line.time += taken
                now += taken
        burst.final = {line: line.time for line in self.lines}
        if paced is not None:
            burst.driver = self.lines[paced]
            cycle = sum(self.times[self.lines[index]] for index in order) + ALONE
            burst.paced = [cycle] * 32
        self.cost.bursts.append(burst)

    def estimate(self):
        return Estimate(self.cost)


class Estimates(unittest.TestCase):
    def test_the_cost_of_an_event_is_found_and_taken_off(self):
        function = Function(20 * NANOSECOND, 180 * NANOSECOND)
        for index in range(40):
            function.burst(0, 1, dark=0.01, paced=index % 2)
        estimate = function.estimate()
        short, long = (estimate.time[line] for line in function.lines)
        self.assertAlmostEqual(short + long, 0.4, delta=1e-6)
        self.assertAlmostEqual(long / 0.4, 0.9, delta=0.02)
        for line in function.lines:
            self.assertAlmostEqual(estimate.hits[line] * 200 * NANOSECOND, 0.4, delta=0.03)

    def test_all_dark_time_is_divided(self):
        function = Function(300 * NANOSECOND, 700 * NANOSECOND)
        function.burst(0, 1, dark=0.5)
        function.cost.dark = 0.25
        self.assertAlmostEqual(sum(function.estimate().time.values()), 0.75, delta=1e-9)

    def test_each_phase_is_divided_by_its_own_bursts(self):
        function = Function(1000 * NANOSECOND, 1000 * NANOSECOND)
        for _ in range(10):
            function.burst(0, dark=0.01)
        for _ in range(10):
            function.burst(1, dark=0.03)
        estimate = function.estimate()
        first, second = (estimate.time[line] for line in function.lines)
        self.assertAlmostEqual(first / (first + second), 0.25, delta=0.05)

    def test_an_interruption_says_nothing_about_a_line(self):
        function = Function(500 * NANOSECOND, 500 * NANOSECOND)
        function.burst(0, 1, dark=0.1)
        window = function.cost.bursts[0].window
        line = function.lines[0]
        late = [
            (each, now, time + 0.005 if each is line and index > 99 else time)
            for index, (each, now, time) in enumerate(window)
        ]
        function.cost.bursts[0].window = late
        function.cost.bursts[0].final[line] += 0.005
        estimate = function.estimate()
        self.assertAlmostEqual(estimate.time[line] / 0.1, 0.5, delta=0.02)

    def test_a_slow_hit_now_and_then_counts(self):
        function = Function(500 * NANOSECOND, 500 * NANOSECOND)
        line = function.lines[0]
        for _ in range(20):
            function.burst(0, 1, dark=0.01, rounds=99)
            function.times[line] = 10_500 * NANOSECOND
            function.burst(0, dark=0, rounds=1)
            function.times[line] = 500 * NANOSECOND
            slow = function.cost.bursts.pop()
            normal = function.cost.bursts[-1]
            normal.window.append(slow.window[0])
            normal.window.append((function.lines[1], 0.0, function.lines[1].time))
            function.lines[1].time += 500 * NANOSECOND
            normal.final = {each: each.time for each in function.lines}
            normal.window.append((line, 0.0, line.time))
        share = function.estimate().time[line] / 0.2
        self.assertAlmostEqual(share, 600 / 1100, delta=0.03)

    def test_without_bursts_the_first_hits_count(self):
        function = Function(100 * NANOSECOND, 300 * NANOSECOND)
        first, second = function.lines
        function.cost.before = {first: (10, 10_000 * NANOSECOND), second: (10, 30_000 * NANOSECOND)}
        function.cost.dark = 1.0
        estimate = function.estimate()
        self.assertAlmostEqual(estimate.time[second], 0.75, delta=0.01)

    def test_nothing_known(self):
        function = Function(100 * NANOSECOND)
        function.cost.dark = 1.0
        self.assertEqual(function.estimate().time, {})


class RecursiveLines(unittest.TestCase):
    def test_a_line_that_recurses_lasts_as_long_as_the_function(self):
        function = Function(100 * NANOSECOND, 900 * NANOSECOND)
        function.lines[1].recurses = True
        function.burst(0, 1, dark=0.2)
        self.assertAlmostEqual(function.estimate().time[function.lines[1]], 0.2, delta=1e-6)


if __name__ == '__main__':
    unittest.main()
