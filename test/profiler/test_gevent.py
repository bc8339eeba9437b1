import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))

try:
    import gevent
except ImportError:
    gevent = None


@unittest.skipIf(gevent is None, 'gevent is not installed')
class GeventTest(unittest.TestCase):
    """Each scenario runs in a process of its own, which gevent patches before all else."""

    def test_requests_of_two_greenlets_do_not_mix(self):
        self.run_scenario('two_requests')

    def test_spawned_greenlets_belong_to_their_request(self):
        self.run_scenario('spawned')

    def test_plain_greenlet_continues_the_stack_of_its_caller(self):
        self.run_scenario('plain')

    def test_greenlet_that_outlives_its_request_is_free(self):
        self.run_scenario('outliving')

    def test_trace_function_of_the_user_stays_in_use(self):
        self.run_scenario('traced')

    def run_scenario(self, name):
        # -W: not what gevent and Python have to tell each other.
        command = [sys.executable, '-W', 'ignore', os.path.join(HERE, 'gevent_scenarios.py'), name]
        result = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60
        )
        self.assertEqual(result.returncode, 0, result.stdout.decode(errors='replace'))
