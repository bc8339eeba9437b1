"""Lines that are hit too often are switched off and estimated; nothing else is."""

import threading
import unittest

from hotline.lines import budget
from hotline.lines.watched import watched_codes
from lines_support import Recorded, UserModule

HOT = """
    import time

    def run(rounds, times):
        for round in range(rounds):         # outer
            total = 0                       # before
            for number in range(times):     # inner
                total += number             # body
            time.sleep(0.01)                # sleep
        return total                        # after

    def called(times):
        total = 0
        for number in range(times):         # loop
            total += tiny(number)           # call
        return total

    def tiny(number):
        return number + 1                   # tiny

    def fibonacci(n):
        if n < 2:                           # condition
            return n                        # leaf
        return fibonacci(n - 1) + fibonacci(n - 2)   # recursion
"""


class Budget(unittest.TestCase):
    def setUp(self):
        self.module = UserModule(HOT)

    def line(self, recorded, mark):
        return recorded.lines(self.module)[self.module.line_of('# ' + mark)]

    def test_what_is_estimated(self):
        recorded = Recorded(self.module.run, 2, 60_000)
        for mark in ('inner', 'body'):
            self.assertTrue(self.line(recorded, mark)['estimated'], mark)
        for mark, hits in (('outer', 3), ('before', 2), ('sleep', 2), ('after', 1)):
            line = self.line(recorded, mark)
            self.assertEqual((line['hits'], line.get('estimated')), (hits, None), mark)

    def test_few_events_in_a_hot_loop(self):
        times = 60_000
        recorded = Recorded(self.module.run, 1, times)
        seen = sum(
            line.hits
            for state in recorded.recording.results['lines'].states.values()
            for cost in state.costs.values()
            for line in cost.lines.values()
        )
        self.assertLess(seen, times / 20)

    def test_time_beside_a_hot_loop_is_exact(self):
        recorded = Recorded(self.module.run, 3, 30_000)
        sleep = self.line(recorded, 'sleep')['time']
        self.assertGreaterEqual(sleep, 0.03)
        self.assertLess(sleep, recorded.function('run')['time'])

    def test_lines_add_up_to_the_function(self):
        recorded = Recorded(self.module.run, 3, 30_000)
        lines = sum(line['time'] for line in recorded.lines(self.module).values())
        self.assertAlmostEqual(lines / recorded.function('run')['time'], 1, delta=0.1)

    def test_exact_again_in_the_next_request(self):
        Recorded(self.module.run, 1, 60_000)
        recorded = Recorded(self.module.run, 1, 5)
        body = self.line(recorded, 'body')
        self.assertEqual((body['hits'], body.get('estimated')), (5, None))

    def test_calls_of_a_tiny_function(self):
        recorded = Recorded(self.module.called, 100_000)
        self.assertTrue(self.line(recorded, 'call')['estimated'])
        self.assertTrue(self.line(recorded, 'tiny')['estimated'])
        again = Recorded(self.module.called, 3)
        self.assertEqual(again.function('tiny')['calls'], 3)
        self.assertEqual(self.line(again, 'tiny')['hits'], 3)

    def test_recursion_counts_a_line_once(self):
        recorded = Recorded(self.module.fibonacci, 20)
        total = recorded.recording.duration / 1e9
        for mark in ('condition', 'leaf', 'recursion'):
            self.assertLessEqual(self.line(recorded, mark)['time'], total, mark)

    def test_deep_recursion(self):
        module = UserModule(
            """
            def deep(n):
                if n:                       #: 701
                    deep(n - 1)             #: 700
            """
        )
        recorded = Recorded(module.deep, 700, budget=False)
        self.assertEqual(recorded.hits(module), module.expected_hits())

    def test_another_thread_outside_of_any_request(self):
        stop = threading.Event()

        def busy():
            while not stop.is_set():
                self.module.called(100)

        thread = threading.Thread(target=busy)
        thread.start()
        try:
            for _ in range(5):
                recorded = Recorded(self.module.called, 5)
                self.assertEqual(self.line(recorded, 'call')['hits'], 5)
        finally:
            stop.set()
            thread.join()

    def test_events_outside_of_any_request_end(self):
        Recorded(self.module.called, 1)
        self.module.called(3000)
        off = [watched for watched in watched_codes.values() if watched.path == self.module.path]
        self.assertTrue(any(watched.off for watched in off))

    def test_free_hits(self):
        recorded = Recorded(self.module.called, budget.CHUNK)
        call = self.line(recorded, 'call')
        self.assertEqual((call['hits'], call.get('estimated')), (budget.CHUNK, None))


if __name__ == '__main__':
    unittest.main()
