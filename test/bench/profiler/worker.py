"""A server of its own for one contender: answers each line of stdin with a line of stdout.

    worker.py FOLDER [PROFILER]

A line in is JSON: `{"path": URL path, "requests": n, "files": false}`. The line out is the list
of the wall nanoseconds of the n requests, which follow each other at once; the profiler's file of
the last is left in the folder. With files, the time until the profile of each is on disk counts,
and the list holds the mean of all. `{"known": kind}` is answered by what that kind's lines cost.
Ends with its input.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time
from typing import Callable, List

import inside
from inside import Nothing


def main() -> None:
    folder, name = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    answers = os.fdopen(os.dup(1), 'w')
    os.dup2(2, 1)  # What the website prints must not look like an answer.
    request_of = serve_website()
    profiler = inside.profiler(name)
    output = os.path.join(folder, 'profile')
    for line in sys.stdin:
        answer = follow(json.loads(line), request_of, profiler, output)
        answers.write(json.dumps(answer) + '\n')
        answers.flush()


def follow(order: dict, request_of: Callable, profiler: Nothing, output: str) -> object:
    """Does what one line of the input asks for."""
    if 'known' in order:
        import kinds

        return kinds.known_costs(getattr(kinds, order['known']))
    measure = requests_with_files if order['files'] else requests_alone
    return measure(profiler, request_of(order['path']), order['requests'], output)


def serve_website() -> Callable[[str], Callable[[], None]]:
    """Returns a function that makes, of a URL path, a function that requests it."""
    os.environ['DJANGO_SETTINGS_MODULE'] = 'cinema.settings'
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    from cinema import sample

    sample.fill()

    def request_of(path: str) -> Callable[[], None]:
        return lambda: request(application, path)

    return request_of


def request(application: Callable, path: str) -> None:
    """One request as a WSGI server makes it.

    Raises RuntimeError when the answer is not 200.
    """
    statuses = []
    environ = {
        'REQUEST_METHOD': 'GET',
        'PATH_INFO': path,
        'QUERY_STRING': '',
        'SERVER_NAME': 'localhost',
        'SERVER_PORT': '80',
        'SERVER_PROTOCOL': 'HTTP/1.1',
        'wsgi.url_scheme': 'http',
        'wsgi.input': io.BytesIO(),
        'wsgi.errors': sys.stderr,
    }
    body = application(environ, lambda status, headers, error=None: statuses.append(status))
    for _ in body:
        pass
    body.close()
    if not statuses[0].startswith('200'):
        raise RuntimeError('%s answered %s' % (path, statuses[0]))


def requests_alone(profiler: Nothing, request: Callable, count: int, output: str) -> List[int]:
    durations = []
    for _ in range(count):
        started = time.perf_counter_ns()
        profiler.run(request)
        durations.append(time.perf_counter_ns() - started)
    profiler.write(output)
    profiler.settle()
    return durations


def requests_with_files(profiler: Nothing, request: Callable, count: int, output: str) -> List[int]:
    started = time.perf_counter_ns()
    for _ in range(count):
        profiler.run(request)
        profiler.write(output)
    profiler.settle()
    return [(time.perf_counter_ns() - started) // count]


if __name__ == '__main__':
    main()
