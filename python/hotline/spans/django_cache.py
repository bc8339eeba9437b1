"""Calls of Django's cache, on every backend, as timed spans."""

from __future__ import annotations

import functools
import inspect
from contextvars import ContextVar
from time import perf_counter_ns

from .. import log
from ..hooks.patching import wrap
from ..recording import Recording, current
from ..request import Span
from .asking import asking_line
from .room import has_room

#: Methods of `BaseCache`; each has an asynchronous form with an `a` before its name (Django 4.0).
METHODS = (
    *('get', 'set', 'add', 'delete', 'touch', 'incr', 'decr', 'get_or_set', 'has_key', 'clear'),
    *('get_many', 'set_many', 'delete_many', 'incr_version', 'decr_version'),
)

#: Characters of the keys in the name of a span.
MAXIMUM_KEYS = 200

#: Whoever knows the key of a session has the session.
SECRET_PREFIX = 'django.contrib.sessions.'

#: A backend's `get_many` may call its own `get`: only the outermost call is a span.
_inside: ContextVar[bool] = ContextVar('hotline_inside_cache', default=False)


def install(module) -> None:
    """Times every backend; `module` is `django.core.cache.backends.base`."""
    base = module.BaseCache
    if '__init_subclass__' in vars(base):
        return

    def __init_subclass__(cls, **arguments) -> None:
        super(base, cls).__init_subclass__(**arguments)
        _time_methods(cls)

    base.__init_subclass__ = classmethod(__init_subclass__)
    classes = [base]
    for known in classes:
        _time_methods(known)
        classes.extend(known.__subclasses__())


def _time_methods(cls) -> None:
    for name in METHODS:
        for attribute in (name, 'a' + name):
            if inspect.isfunction(vars(cls).get(attribute)):
                wrap(cls, attribute, functools.partial(_timed, name))


def _timed(name: str, method):
    if inspect.iscoroutinefunction(method):

        async def timed(cache, *arguments, **keywords):
            recording = current()
            if recording is None or _inside.get():
                return await method(cache, *arguments, **keywords)
            with _Call(recording, name, arguments, keywords) as call:
                call.result = await method(cache, *arguments, **keywords)
                return call.result

    else:

        def timed(cache, *arguments, **keywords):
            recording = current()
            if recording is None or _inside.get():
                return method(cache, *arguments, **keywords)
            with _Call(recording, name, arguments, keywords) as call:
                call.result = method(cache, *arguments, **keywords)
                return call.result

    return timed


class _Call:
    """One outermost call, from `with` to its end."""

    __slots__ = ('_arguments', '_keywords', '_name', '_recording', '_started', '_token', 'result')

    def __init__(self, recording: Recording, name: str, arguments: tuple, keywords: dict) -> None:
        self._recording = recording
        self._name = name
        self._arguments = arguments
        self._keywords = keywords
        self.result = None

    def __enter__(self) -> _Call:
        self._token = _inside.set(True)
        self._started = perf_counter_ns()
        return self

    def __exit__(self, error_type, *_) -> None:
        duration = perf_counter_ns() - self._started
        _inside.reset(self._token)
        try:
            self._record(duration, failed=error_type is not None)
        except Exception as error:
            log.once('django_cache', 'could not record a call of the cache: %r' % error)

    def _record(self, duration: int, failed: bool) -> None:
        if not has_room(self._recording, self._recording.spans, 'calls of the cache'):
            return
        name = '%s %s' % (self._name, _keys(self._arguments, self._keywords))
        if self._name == 'get' and not failed:
            name += ' (miss)' if self.result is self._default() else ' (hit)'
        span = Span('cache', name.strip(), self._started, duration)
        place = asking_line(self._recording)
        if place is not None:
            span.file, span.line = place
        self._recording.spans.append(span)

    def _default(self) -> object:
        """What `get(key, default=None)` gives for a key that is not there."""
        return self._arguments[1] if len(self._arguments) > 1 else self._keywords.get('default')


def _keys(arguments: tuple, keywords: dict) -> str:
    """The key or keys of a call, as far as they fit and are nobody's secret."""
    keys = arguments[0] if arguments else _keyword(keywords)
    if keys is None:
        return ''
    if isinstance(keys, (dict, list, tuple, set, frozenset)):
        shown = [_shown(key) for key, _ in zip(keys, range(20))]
        text = '%d keys: %s' % (len(keys), ', '.join(shown))
    else:
        text = _shown(keys)
    return text if len(text) <= MAXIMUM_KEYS else text[:MAXIMUM_KEYS] + '…'


def _keyword(keywords: dict) -> object:
    for name in ('key', 'keys', 'data'):
        if name in keywords:
            return keywords[name]
    return None


def _shown(key: object) -> str:
    text = str(key)
    return SECRET_PREFIX + '…' if text.startswith(SECRET_PREFIX) else text
