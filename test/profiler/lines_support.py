"""Runs pieces of source as a user's module and says what its lines cost."""

import importlib.util
import os
import re
import sys
import tempfile
import textwrap
import types

from hotline.lines import LineCollector, sources
from hotline.recording import Recording
from hotline.request import Request

_EXPECTED_HITS = re.compile(r'#: (\d+)$')

_collectors = {}


class UserModule:
    """A module of the user's, written to a file and imported as the import hook does it."""

    _number = 0

    def __init__(self, source):
        UserModule._number += 1
        name = 'user_module_%d' % UserModule._number
        self.source = textwrap.dedent(source).lstrip('\n')
        self.path = os.path.join(tempfile.mkdtemp(prefix='hotline-lines-'), name + '.py')
        with open(self.path, 'w', encoding='utf-8') as file:
            file.write(self.source)
        self.module = types.ModuleType(name)
        self.module.__spec__ = importlib.util.spec_from_file_location(name, self.path)
        encoded = self.source.encode()
        self.code = sources.compile_module(encoded, self.path)
        if self.code is None:
            self.code = compile(encoded, self.path, 'exec')
        sources.loaded(self.code, self.path)
        sys.modules[name] = self.module
        exec(self.code, vars(self.module))

    def __getattr__(self, name):
        return getattr(self.module, name)

    def expected_hits(self):
        """Line -> the number in its comment `#: number`."""
        found = enumerate(map(_EXPECTED_HITS.search, self.source.splitlines()), 1)
        return {line: int(match.group(1)) for line, match in found if match}

    def line_of(self, text):
        """The only line that holds the text."""
        lines = [n for n, line in enumerate(self.source.splitlines(), 1) if text in line]
        assert len(lines) == 1, (text, lines)
        return lines[0]


class Recorded:
    """A call that was recorded with its lines."""

    def __init__(self, function, *arguments, budget=True):
        self.collector = collector(budget)
        self.recording = Recording(Request(None, 'test'), 'lines')
        self.error = None
        self.result = None
        self.collector.begin(self.recording)
        self.recording.notify([self.collector])
        self.recording.enter()
        try:
            self.result = function(*arguments)
        except Exception as error:
            self.error = error
        self.recording.end()
        self.collector.end(self.recording)
        description = self.collector.describe(self.recording)
        self._lines = description['lines']
        self._functions = description['functions']

    def lines(self, module):
        """Line -> its entry."""
        return {line['line']: line for line in self._lines if line['file'] == module.path}

    def hits(self, module):
        """Line -> hits."""
        return {number: line['hits'] for number, line in self.lines(module).items()}

    def function(self, name):
        """The entry of a function by its bare name."""
        return next(each for each in self._functions if each['name'].split('.')[-1] == name)


def collector(budget):
    """The collector of one kind; there is one for the process, as in the recorder."""
    if budget not in _collectors:
        _collectors[budget] = LineCollector(budget=budget)
    return _collectors[budget]
