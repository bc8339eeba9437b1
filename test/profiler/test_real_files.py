import json
import os
import pstats
import subprocess
import sys
import tempfile
import unittest

from schema_check import problems

#: Works, waits, recurses and renders text; runs as a program in a folder of its own.
JOB = """
import asyncio
import time

import hotline


def loop(number):
    total = 0
    for each in range(number):
        total += each % 7
    return total


def recursive(depth):
    return depth and recursive(depth - 1)


async def wait():
    await asyncio.sleep(0.01)


with hotline.profile('caf\\u00e9 job'):
    loop(20_000)
    recursive(300)
    time.sleep(0.01)
    kept = [str(number) for number in range(1_000)]
    eval('sum(range(100_000))')
    asyncio.run(wait())
"""


class RealFilesTest(unittest.TestCase):
    """What the whole profiler writes in each mode, against the schema."""

    def profile(self, mode):
        """Runs the job; returns the path of its only profile."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        program = os.path.join(folder.name, 'job.py')
        with open(program, 'w') as file:
            file.write(JOB)
        profiles = os.path.join(folder.name, '.hotline')
        environment = dict(
            os.environ,
            HOTLINE_DIRECTORY=profiles,
            HOTLINE_MODE=mode,
            PYTHONPATH=os.pathsep.join(sys.path),
        )
        command = [sys.executable, program]
        run = subprocess.run(
            command, cwd=folder.name, env=environment, capture_output=True, timeout=120
        )
        self.assertEqual(run.returncode, 0, run.stderr.decode())
        (name,) = [name for name in os.listdir(profiles) if not name.startswith('.')]
        self.assertTrue(name.startswith('café job.'), name)
        return os.path.join(profiles, name)

    def test_every_mode_with_samples_writes_what_the_schema_says(self):
        for mode in ('lines', 'samples', 'exact', 'memory'):
            with self.subTest(mode=mode), open(self.profile(mode)) as file:
                content = json.load(file)
                self.assertEqual(problems(content), [])
                hotline, (samples,) = content['hotline'], content['profiles']
                self.assertEqual(hotline['mode'], mode)
                duration = hotline['request']['duration']
                self.assertAlmostEqual(sum(samples['weights']), duration, delta=duration / 1000)
                shapes = [[len(stack) for stack in stacks] for stacks in _stacks(content)]
                self.assertEqual(shapes[0], shapes[1], 'each frame has its line')
                count = len(content['shared']['frames'])
                self.assertTrue(
                    all(frame < count for stack in samples['samples'] for frame in stack)
                )

    def test_calls_are_what_pstats_reads(self):
        path = self.profile('calls')
        self.assertTrue(path.endswith('.prof'))
        names = {name for _, _, name in pstats.Stats(path).stats}
        self.assertLessEqual({'loop', 'recursive'}, names)


def _stacks(content):
    return content['profiles'][0]['samples'], content['hotline']['stackLines']


if __name__ == '__main__':
    unittest.main()
