"""Requests one page with line_profiler watching the shop's own code, and leaves a .lprof."""

import inspect
import os
import time
from pathlib import Path

from django.core.management.base import BaseCommand
from django.test import Client
from line_profiler import LineProfiler

from shop import categories, pricing, views

WATCHED = [categories, pricing, views]


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument('path', nargs='?', default='/checkout/')
        parser.add_argument('--prof-path', default='.hotline')

    def handle(self, path, prof_path, **options):
        profiler = LineProfiler()
        for module in WATCHED:
            for function in plain_functions(module):
                profiler.add_function(function)
        started = time.perf_counter()
        with profiler:
            Client(SERVER_NAME='localhost').get(path)
        milliseconds = int((time.perf_counter() - started) * 1000)

        # Named as runprofileserver names its profiles; complete before it has that name.
        page = path.strip('/').replace('/', '.') or 'root'
        name = f'{page}.{milliseconds:06d}ms.{int(time.time())}.lprof'
        directory = Path(prof_path)
        directory.mkdir(parents=True, exist_ok=True)
        unfinished = directory / f'.{name}'
        profiler.dump_stats(unfinished)
        os.replace(unfinished, directory / name)
        self.stdout.write(str(directory / name))


def plain_functions(module):
    """The functions a module defines, without those that a decorator hides."""
    return [
        value
        for value in vars(module).values()
        if inspect.isfunction(value)
        and value.__module__ == module.__name__
        and not hasattr(value, '__wrapped__')
    ]
