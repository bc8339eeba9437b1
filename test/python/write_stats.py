# -*- coding: utf-8 -*-
"""Profiles a workload and dumps it in every way this Python can, with what its pstats reads of it.

usage: python write_stats.py DIRECTORY

Runs on Python 2.7 and 3. Writes *.prof, and beside each a .json with the rows of pstats.Stats.
"""
from __future__ import print_function

import cProfile
import io
import json
import marshal
import os
import profile
import pstats
import sys


def recursive(depth):
    if depth > 0:
        recursive(depth - 1)
        mutual(depth - 2)


def mutual(depth):
    if depth > 0:
        recursive(depth - 1)


def generator(count):
    for number in range(count):
        yield number * number


class Shop(object):
    def __init__(self, items):
        self.items = items

    def total(self):
        return sum(sorted(self.items, key=lambda item: -item))


def failing():
    raise ValueError('expected')


ODD_SOURCE = u'def {0}():\n    return len("x")\n'


def odd_functions():
    """Functions whose names and files are not plain ASCII, where this Python allows them."""
    names = [('odd', '/srv/a b;c (1).py')]
    if sys.version_info[0] > 2:
        names += [(u'na\xefve', u'/srv/caf\xe9 \u20ac.py'), ('lost', u'/srv/\udce9.py')]
    for name, path in names:
        scope = {}
        exec(compile(ODD_SOURCE.format(name), path, 'exec'), scope)
        yield scope[name]


def workload():
    recursive(8)
    Shop(list(generator(50))).total()
    for function in odd_functions():
        function()
    try:
        failing()
    except ValueError:
        pass


def write_rows(path):
    rows = [
        {'file': file, 'line': line, 'func': func, 'cc': cc, 'nc': nc, 'tt': tt, 'ct': ct,
         'callers': [[list(caller), value] for caller, value in callers.items()]}
        for (file, line, func), (cc, nc, tt, ct, callers) in pstats.Stats(path).stats.items()
    ]
    with io.open(path + '.json', 'wb') as output:
        output.write(json.dumps(rows).encode('ascii'))


def main(directory):
    for name, profiler in ('cprofile', cProfile.Profile()), ('profile', profile.Profile()):
        profiler.runcall(workload)
        path = os.path.join(directory, name + '.prof')
        profiler.dump_stats(path)
        write_rows(path)
        stats = pstats.Stats(path).stats
        for version in range(marshal.version + 1):
            path = os.path.join(directory, '%s-marshal-%d.prof' % (name, version))
            with open(path, 'wb') as output:
                marshal.dump(stats, output, version)
            write_rows(path)


main(sys.argv[1])
