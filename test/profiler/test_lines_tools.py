"""Lines beside other tools that look at them."""

import importlib.util
import json
import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))

PROGRAM = """
import json, sys
sys.path.insert(0, %r)
%s
from lines_support import Recorded, UserModule
module = UserModule('''
def run(times):
    total = 0
    for number in range(times):
        total += number
    return total
''')
recorded = Recorded(module.run, 5)
again = Recorded(module.run, 50_000)
%s
print(json.dumps({
    'hits': recorded.hits(module),
    'warnings': recorded.recording.warnings,
    'error': repr(recorded.error or again.error),
    'other': globals().get('other'),
}))
"""

HITS = {'2': 1, '3': 6, '4': 5, '5': 1}


def run(before='', after='', command=(sys.executable,)):
    """What a fresh interpreter prints that records a function beside another tool."""
    environment = dict(os.environ)
    environment['PYTHONPATH'] = os.pathsep.join(sys.path)
    done = subprocess.run(
        [*command, '-c', PROGRAM % (HERE, before, after)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@unittest.skipIf(sys.version_info < (3, 12), 'sys.monitoring came with 3.12')
class OtherMonitoringTools(unittest.TestCase):
    def test_one_that_watches_the_same_lines(self):
        result = run(
            """
other = 0
def count(code, line):
    global other
    other += code.co_name == 'run'
monitoring = sys.monitoring
monitoring.use_tool_id(monitoring.PROFILER_ID, 'other')
monitoring.register_callback(monitoring.PROFILER_ID, monitoring.events.LINE, count)
monitoring.set_events(monitoring.PROFILER_ID, monitoring.events.LINE)
"""
        )
        self.assertEqual(result['hits'], HITS)
        self.assertEqual(result['other'], 13 + 100_003)

    def test_one_that_restarts_all_events(self):
        result = run(after='sys.monitoring.restart_events(); recorded = Recorded(module.run, 5)')
        self.assertEqual(result['hits'], HITS)

    def test_ids_of_the_usual_tools_are_left_to_them(self):
        result = run(after='other = [sys.monitoring.get_tool(tool) for tool in (0, 1)]')
        self.assertEqual(result['other'], [None, None])

    def test_no_id_left(self):
        result = run('for tool in range(6): sys.monitoring.use_tool_id(tool, str(tool))')
        self.assertEqual(result['hits'], {})
        self.assertEqual(len(result['warnings']), 1)
        self.assertEqual(result['error'], 'None')


class Tracers(unittest.TestCase):
    def test_a_trace_function(self):
        result = run(
            """
other = 0
def trace(frame, event, argument):
    global other
    other += event == 'line' and frame.f_code.co_name == 'run'
    return trace
sys.settrace(trace)
""",
            'sys.settrace(None)',
        )
        self.assertEqual(result['hits'], HITS)
        self.assertGreater(result['other'], 100_000)

    @unittest.skipUnless(importlib.util.find_spec('coverage'), 'coverage is not installed')
    def test_coverage(self):
        for core in ('ctrace', 'sysmon') if sys.version_info >= (3, 12) else ('ctrace',):
            with self.subTest(core):
                result = run(
                    """
import os
os.environ['COVERAGE_CORE'] = %r
import coverage
measured = coverage.Coverage(data_file=None)
measured.start()
"""
                    % core,
                    """
measured.stop()
other = sorted(measured.get_data().lines(module.path))
""",
                )
                self.assertEqual(result['hits'], HITS)
                self.assertEqual(result['other'][-4:], [2, 3, 4, 5])


if __name__ == '__main__':
    unittest.main()
