"""Which requests are recorded, and what of a request may be kept."""

from __future__ import annotations

import functools
import re
from typing import Callable

from . import settings, triggers
from .triggers import Header

#: Words that are secret wherever they stand in a parameter's name, and those that must stand alone
#: in it: `apiKey` and `auth_code`, but not `keyword` and `postcode`.
_SECRET = re.compile(
    r'passw|pwd|token|secret|session|signature|credential|authori[sz]|api_?-?key|jwt'
    r'|(?:^|[^a-z])(?:api|auth|code|csrf|hmac|key|nonce|otp|pin|sid|sig|state|ticket)(?:$|[^a-z])',
    re.IGNORECASE,
)
_CAMEL = re.compile(r'(?<=[a-z0-9])(?=[A-Z])')

_CLIENTS = (
    ('bot', re.compile(r'bot\b|crawl|spider|slurp|preview|monitor|pingdom|uptime|probe', re.I)),
    (
        'script',
        re.compile(
            r'curl|wget|python|aiohttp|httpx|okhttp|go-http|java/|libwww|ruby|axios|node|postman'
            r'|insomnia|apachebench|k6/|locust|wrk',
            re.I,
        ),
    ),
    ('browser', re.compile(r'mozilla/|opera/', re.I)),
)

#: Beginnings of the paths of static and media files, as far as the frameworks have told.
static_prefixes: set[str] = set()


def selects(method: str, path: str, query_string: str, header: Header) -> bool:
    """Whether a request is to be recorded. `path` is decoded and starts with a slash."""
    global _selection
    if _selection is None:
        _selection = Selection(settings.current())
    return _selection.selects(path, query_string, header)


def forget() -> None:
    """Reads the settings anew at the next request."""
    global _selection
    _selection = None


def add_static(url: str | None) -> None:
    """Tells where static or media files are served: `/static/`. Everything is not a place."""
    if url and url.startswith('/') and url != '/':
        static_prefixes.add(url)


def masked(query_string: str) -> str:
    """The query string with `***` for values whose names promise a secret, and for the trigger's."""
    secret = settings.current().trigger_secret
    if '=' not in query_string and not secret:
        return query_string
    return '&'.join(_masked_parameter(one, secret) for one in query_string.split('&'))


@functools.lru_cache(maxsize=64)
def client_class(user_agent: str | None) -> str | None:
    """`browser`, `bot`, `script` or `other`; `None` where the client says nothing."""
    if not user_agent:
        return None
    return next((name for name, pattern in _CLIENTS if pattern.search(user_agent)), 'other')


def _masked_parameter(parameter: str, secret: str | None) -> str:
    name, _, value = parameter.partition('=')
    if triggers.hides(parameter, secret):
        return '***' if triggers.hides(name, secret) else name + '=***'
    plain = _CAMEL.sub('_', _unquoted(name))
    return name + '=***' if value and _SECRET.search(plain) else parameter


def _unquoted(text: str) -> str:
    if '%' not in text:
        return text
    from urllib.parse import unquote

    return unquote(text)


class Selection:
    """Decides by the settings of a process; counts for every n-th request."""

    def __init__(self, chosen: settings.Settings) -> None:
        self._include = _pattern(chosen.include)
        self._exclude = _pattern(chosen.exclude)
        self._static = chosen.static
        self._every = chosen.every
        self._trigger = triggers.trigger(chosen)
        #: Of the requests that all else speaks for.
        self._count = 0

    def selects(self, path: str, query_string: str, header: Header) -> bool:
        if self._include is not None and not self._include(path):
            return False
        if self._exclude is not None and self._exclude(path):
            return False
        if not self._static and path.startswith(tuple(static_prefixes)):
            return False
        if self._trigger is not None and not self._trigger.is_carried(query_string, header):
            return False
        self._count += 1
        return (self._count - 1) % self._every == 0


def _pattern(patterns: list[str]) -> Callable[[str], object] | None:
    """Matches a path that fits one of the patterns; a pattern may leave the first slash away."""
    if not patterns:
        return None
    from fnmatch import translate

    rooted = [text if text.startswith(('/', '*')) else '/' + text for text in patterns]
    return re.compile('|'.join('(?:%s)' % translate(text) for text in rooted)).match


_selection: Selection | None = None
