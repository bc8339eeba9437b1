"""Seven kinds of code whose lines have known costs.

Every kind is a function of `rounds`, whose loop over them is its last statement. What a line of it
costs is measured by `known_costs`, each line alone and unprofiled.
"""

import ast
import hashlib
import inspect
import time
import zlib

_BLOCK = bytes(range(256)) * 1024
_NUMBERS = [number * 7919 % 10007 for number in range(2000)]


def loops(rounds):
    for _ in range(rounds):
        total = 0
        for i in range(300):
            total += i * 3 % 11
        for i in range(100):
            total += (i * i + 5) % 7 * (i & 3)


def calls(rounds):
    for _ in range(rounds):
        count_to(2)
        count_to(40)
        count_to(120)


def count_to(limit):
    number = 0
    while number < limit:
        number += 1
    return number


def holding(rounds):
    for _ in range(rounds):
        sum(range(500))
        sorted(_NUMBERS)
        sum(range(4000))


def releasing(rounds):
    for _ in range(rounds):
        hashlib.sha256(_BLOCK)
        zlib.crc32(_BLOCK)
        hashlib.sha1(_BLOCK)


def straight_line(rounds):
    a = 12345
    b = 6789
    for _ in range(rounds):
        c = a + b
        d = (a * 3 + b) % 1013 - (b ^ a) + (a | b) * 2
        e = a % 17 + 1
        f = (a * 5 + b * 7) % 101 + (b << 2) % 7 + a * b % 11 - (a & 3) + (b | 1) % 5
        g = b
    return c, d, e, f, g


def mixed(rounds):
    for _ in range(rounds):
        total = 0
        for i in range(50):
            total += i
        count_to(20)
        total += sum(range(300))
        names = [str(number) for number in range(30)]
        text = ','.join(names)
        zlib.crc32(_BLOCK[: 20 * 1024])
    return text


def waits(rounds):
    for _ in range(rounds):
        time.sleep(0.002)
        total = 0
        for i in range(20000):
            total += i
        time.sleep(0.0005)


KINDS = (loops, calls, holding, releasing, straight_line, mixed, waits)


def known_costs(kind, repeats=15, seconds=0.002):
    """Line number -> seconds a round that a kind's line takes, with all that it calls.

    Each line is run alone and unprofiled, by turns with the others, for `seconds` each time; the
    least counts.
    """
    lines, first = inspect.getsourcelines(kind)
    body = ast.parse(''.join(lines)).body[0].body
    at = next(index for index, statement in enumerate(body) if isinstance(statement, ast.For))
    prelude, rounds = body[:at], body[at]
    values = [*prelude, *_values(rounds.body)]
    header = _empty(rounds, 'range(1000)')
    runs = [(rounds.lineno, 1 / 1000, _Run(kind, prelude, header, seconds))]
    for statement, times in _statements(rounds.body, 1):
        runs.append((statement.lineno, times, _Run(kind, values, statement, seconds)))
    for _ in range(repeats):
        for _, _, run in runs:
            run.repeat()
    return {first + line - 1: times * run.least for line, times, run in runs}


def _statements(body, times):
    """`(statement, times a round)` of a body and all in it; a loop's own body is left out."""
    for statement in body:
        if isinstance(statement, ast.For):
            yield _empty(statement), times
            yield from _statements(statement.body, times * statement.iter.args[0].value)
        else:
            yield statement, times


def _empty(loop, over=None):
    """The loop without what it does, over its own items or others."""
    items = loop.iter if over is None else ast.parse(over).body[0].value
    return ast.copy_location(ast.For(loop.target, items, [ast.Pass()], []), loop)


def _values(body):
    """What gives every variable of a round the value that it has in its course."""
    for statement in body:
        if isinstance(statement, ast.For):
            yield ast.parse('%s = 50' % statement.target.id).body[0]
        elif isinstance(statement, ast.Assign):
            yield statement


_REPEAT = """
def repeat(repetitions, clock):
    begun = clock()
    for _ in range(repetitions):
        pass
    return clock() - begun
"""


class _Run:
    """Executions of one statement in a function of its own."""

    copies = 20

    def __init__(self, kind, prelude, statement, seconds):
        tree = ast.parse(_REPEAT)
        function = tree.body[0]
        function.body[:0] = prelude
        function.body[-2].body = [statement] * self.copies
        names = dict(kind.__globals__)
        exec(compile(ast.fix_missing_locations(tree), '<known cost>', 'exec'), names)
        self._run = names['repeat']
        self._repetitions = 1
        #: Seconds an execution.
        self.least = float('inf')
        while self._time() < seconds:
            self._repetitions *= 2

    def repeat(self):
        self.least = min(self.least, self._time() / self._repetitions / self.copies)

    def _time(self):
        return self._run(self._repetitions, time.perf_counter)
