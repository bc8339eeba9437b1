"""Other tools that look into the same process: a debugger, coverage."""

import unittest
from importlib.util import find_spec

from servers.running import Server, free_port


class ToolTest(unittest.TestCase):
    def assert_profiled_under(self, *tool):
        with Server('wsgi_application', *tool, 'serve.py', '{port}') as server:
            profile = server.profile_of('/first/')
        self.assertGreater(profile.seconds_in('work_of_first'), 0.2)
        called = [line for line in profile.facts['lines'] if line['function'] == 'work_of_first']
        self.assertEqual([line['hits'] for line in called], [1])

    @unittest.skipUnless(find_spec('debugpy'), 'debugpy is not installed')
    def test_debugpy(self):
        self.assert_profiled_under('-m', 'debugpy', '--listen', str(free_port()))

    @unittest.skipUnless(find_spec('coverage'), 'coverage is not installed')
    def test_coverage(self):
        self.assert_profiled_under('-m', 'coverage', 'run')
