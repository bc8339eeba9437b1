"""That the benchmark of test/bench/profiler still runs and still measures; no time is looked at."""

import importlib.util
import json
import os
import subprocess
import sys
import unittest

PROGRAM = os.path.join(
    os.path.dirname(os.path.abspath(__file__)), '..', 'bench', 'profiler', 'measure.py'
)

#: Seconds.
PATIENCE = 120


@unittest.skipUnless(importlib.util.find_spec('django'), 'Django is not installed')
class BenchmarkTest(unittest.TestCase):
    def measure(self, what):
        output = subprocess.run(
            [sys.executable, PROGRAM, what, 'smoke'],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=True,
        ).stdout
        measurement = json.loads(output)
        self.assertEqual(measurement['what'], what)
        return measurement['rows']

    def test_cost_of_both_pages(self):
        rows = self.measure('cost')
        self.assertEqual([row['page'] for row in rows], ['/programme/', '/seats/'])
        for row in rows:
            self.assertEqual(row['contender'], 'hotline-lines')
            self.assertGreater(row['ratio']['median'], 0)
            self.assertEqual(row['ratio']['pairs'], 2)
            self.assertEqual(row['withFiles']['pairs'], 1)
            self.assertIn('samplesPerSecond', row)

    def test_loops(self):
        (row,) = self.measure('loops')
        self.assertEqual(row['page'], '/loops/tight/')
        self.assertGreater(row['ratio']['median'], 0)

    @unittest.skipIf(sys.version_info < (3, 9), 'the known costs need ast.unparse of Python 3.9')
    def test_accuracy(self):
        (row,) = self.measure('accuracy')
        self.assertEqual((row['kind'], row['seconds']), ('loops', 0.05))
        self.assertLess(row['points'], 100, 'no line of the function was recorded')

    def test_sampler(self):
        rows = self.measure('sampler')
        contenders = [row['contender'] for row in rows]
        self.assertEqual(contenders, ['control', 'control', 'hotline-sampler', 'hotline-sampler'])
        for row in rows:
            self.assertGreater(row['ratio']['median'], 0)

    def test_start_up(self):
        for row in self.measure('start-up'):
            self.assertGreater(row['plain'], 0)
            self.assertGreater(row['plain'] + row['growth'], 0)


if __name__ == '__main__':
    unittest.main()
