"""Hotline's per-request profiler. Standard library only.

Usually brought in by the environment alone. By hand:

    application = hotline.wsgi(application)         # any WSGI application
    application = hotline.asgi(application)         # any ASGI application
    app.wsgi_app = hotline.FlaskMiddleware(app.wsgi_app)
    MIDDLEWARE = ['hotline.DjangoMiddleware', ...]

    application = hotline.wsgi(application, secret=secret)      # only requests that carry it

    with hotline.profile('nightly import'):         # a job, a command, a part of a test
        ...

    @hotline.profile('nightly import')              # functions and coroutine functions
    def run(): ...

    hotline.sampler.start('127.0.0.1:16384')        # a whole process, for whoever collects stacks

Profiles go to HOTLINE_DIRECTORY, or without it to `.hotline` in the current directory.
"""

from __future__ import annotations

import sys
import time

__version__ = '0.1.0'

__all__ = ['DjangoMiddleware', 'FlaskMiddleware', 'asgi', 'profile', 'sampler', 'wsgi']

#: Public name -> the module that has it, or is it.
_MODULES = {
    'DjangoMiddleware': 'django_middleware',
    'FlaskMiddleware': 'applications',
    'asgi': 'applications',
    'profile': 'jobs',
    'sampler': 'sampler',
    'wsgi': 'applications',
}

#: When the profiler came into this process, before the user's code; nanoseconds since the epoch.
LOADED_NS = getattr(sys.modules.get('_hotline_importing'), 'LOADED_NS', None) or time.time_ns()


def __getattr__(name: str) -> object:
    """Loads a public name when it is asked for first (PEP 562)."""
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError('module %r has no attribute %r' % (__name__, name))
    __import__('%s.%s' % (__name__, module))
    found = sys.modules['%s.%s' % (__name__, module)]
    return found if name == module else getattr(found, name)
