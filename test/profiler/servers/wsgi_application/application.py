"""A bare WSGI callable."""

import time


def work_for(seconds):
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        sum(range(1000))


def work_of_first():
    work_for(0.25)


def work_of_second():
    work_for(0.25)


def application(environ, start_response):
    path = environ['PATH_INFO']
    if path == '/first/':
        work_of_first()
    elif path == '/second/':
        work_of_second()
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [path.encode()]
