"""Times the lines of a workload with line_profiler, and writes what it has as JSON.

usage: python write_lprof.py DIRECTORY
"""
import json
import os
import sys

from line_profiler import LineProfiler


def inner(count):
    total = 0
    for number in range(count):
        total += number
    return total


def outer():
    first = inner(100)
    return first + inner(200)


def never():
    return 1


profiler = LineProfiler()
for function in inner, outer, never:
    profiler.add_function(function)
profiler.enable()
outer()
profiler.disable()

path = os.path.join(sys.argv[1], 'workload.lprof')
profiler.dump_stats(path)
stats = profiler.get_stats()
with open(path + '.json', 'w') as output:
    functions = [
        {'file': file, 'line': line, 'func': name, 'lines': lines}
        for (file, line, name), lines in stats.timings.items()
    ]
    json.dump({'unit': stats.unit, 'functions': functions}, output)
