"""Time of every line of a Jinja2 template that is loaded from a file."""

from __future__ import annotations

import os
from collections import deque
from time import perf_counter_ns as clock

from .. import log, user_code
from ..hooks.patching import wrap
from ..recording import current
from . import template_lines

__all__ = ['clock', 'install', 'pieces']


def install(module) -> None:
    """Rewrites templates as they are compiled; `module` is `jinja2.environment`."""
    from jinja2.bccache import BytecodeCache

    wrap(module.Environment, '_compile', _rewriting)
    wrap(BytecodeCache, 'get_bucket', _without_code)
    wrap(BytecodeCache, 'set_bucket', _without_effect)


def pieces() -> deque | None:
    """What the pieces of a template are to be added to as they end, where a request is recorded."""
    recording = current()
    return None if recording is None else template_lines.rendering_of(recording)


def _rewriting(original):
    def _compile(environment, source, filename):
        if not filename.startswith('<'):
            try:
                return _rewritten(source, filename)
            except Exception as error:
                log.once('jinja2', 'cannot tell the lines of %s: %r' % (filename, error))
        return original(environment, source, filename)

    return _compile


def _rewritten(source: str, filename: str):
    from .jinja2_rewriting import rewritten

    path = os.path.abspath(filename)
    module = rewritten(source, filename, path, __name__)
    user_code.is_template(filename, lambda frame: (path, frame.f_lineno))
    return compile(module, filename, 'exec')


def _without_code(_original):
    """Of `BytecodeCache.get_bucket`: code that was compiled elsewhere does not tell its lines."""

    def get_bucket(cache, environment, name, filename, source):
        from jinja2.bccache import Bucket

        key = cache.get_cache_key(name, filename)
        return Bucket(environment, key, cache.get_source_checksum(source))

    return get_bucket


def _without_effect(_original):
    """Of `BytecodeCache.set_bucket`: code that tells its lines is for this process alone."""

    def set_bucket(_cache, _bucket) -> None:
        pass

    return set_bucket
