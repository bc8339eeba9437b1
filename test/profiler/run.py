"""Runs the tests of this folder on the Python that it is started with.

`run.py [PATTERN [COUNTS]]` prints a line for each file and every failure in full. How many tests
passed, failed and were skipped is written to the file COUNTS as JSON.
"""

import faulthandler
import json
import os
import sys
import unittest
from fnmatch import fnmatch

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGES = os.path.join(os.path.dirname(os.path.dirname(HERE)), 'python')
VERSION = '%d.%d' % sys.version_info[:2]

#: Seconds that one file may take before it is ended and all threads' stacks are printed.
PATIENCE = 300


class Result(unittest.TestResult):
    """Counts tests; a subtest is part of its test."""

    def __init__(self):
        super().__init__()
        self.passed = 0

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1


def main(pattern='*', counts_file=None):
    sys.path[:0] = [HERE, PACKAGES]
    # Some tests run programs of their own.
    os.environ['PYTHONPATH'] = PACKAGES
    counts = {'passed': 0, 'failed': 0, 'skipped': []}
    for name in sorted(os.listdir(HERE)):
        if name.startswith('test_') and name.endswith('.py') and fnmatch(name, pattern):
            run_file(name[:-3], counts)
    if counts_file:
        with open(counts_file, 'w') as file:
            json.dump(counts, file)
    return 1 if counts['failed'] else 0


def run_file(module, counts):
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    result = Result()
    # A file may say as a whole that it has to be skipped; only discovery understands that.
    unittest.TestLoader().discover(HERE, module + '.py', HERE).run(result)
    problems = result.failures + result.errors
    problems += [(test, 'passed, but was expected to fail') for test in result.unexpectedSuccesses]
    for test, reason in problems:
        print('✖ Python %s, %s\n    %s' % (VERSION, test, reason.replace('\n', '\n    ')))
    counts['passed'] += result.passed
    counts['failed'] += len(problems)
    for test, reason in result.skipped:
        counts['skipped'].append({'name': 'Python %s, %s' % (VERSION, test), 'reason': reason})
    parts = ['%d passed' % result.passed]
    parts += ['%d failed' % len(problems)] * bool(problems)
    parts += ['%d skipped' % len(result.skipped)] * bool(result.skipped)
    mark = '✖' if problems else '✔'
    print('%s Python %s, %s: %s' % (mark, VERSION, module, ', '.join(parts)), flush=True)


if __name__ == '__main__':
    sys.stdout.reconfigure(encoding='utf-8')
    sys.exit(main(*sys.argv[1:]))
