"""What a request has to carry to be recorded: a cookie, a header or a parameter of its query."""

from __future__ import annotations

import re
from typing import Callable, List, Optional, Tuple

from . import log, settings

#: Gives the value of a request header by its lower-case name, `None` where it is missing.
Header = Callable[[str], Optional[str]]

_TRIGGER = re.compile(r'(cookie|header|query):([^=]+)(?:=(.*))?', re.DOTALL)

#: Where a secret may stand when no place was chosen for it.
_PLACES_OF_SECRET = (('cookie', 'hotline'), ('header', 'X-Hotline'), ('query', 'hotline'))


class Trigger:
    """Asks for a value in one of some places."""

    def __init__(self, places: Tuple[Tuple[str, str], ...], wanted: Optional[str]) -> None:
        """`places` are kinds and names; any value will do where none is wanted."""
        self._places = places
        self._wanted = None if wanted is None else wanted.encode('utf-8', 'surrogateescape')

    def is_carried(self, query_string: str, header: Header) -> bool:
        """Whether a request carries it. The time that this takes tells nothing of the value."""
        found = [
            value
            for kind, name in self._places
            for value in _VALUES[kind](name, query_string, header)
        ]
        wanted = self._wanted
        if wanted is None:
            return bool(found)
        import hmac

        return sum([hmac.compare_digest(value, wanted) for value in found]) > 0


def trigger(chosen: settings.Settings) -> Optional[Trigger]:
    """What the settings ask for; `None` where they ask for nothing."""
    place, value = _place(chosen.trigger)
    secret = chosen.trigger_secret
    if secret is None:
        return None if place is None else Trigger((place,), value)
    if not secret:
        log.once('secret', 'no request is profiled: the secret that it has to carry is empty.')
        return Trigger((), None)
    return Trigger(_PLACES_OF_SECRET if place is None else (place,), secret)


def hides(parameter: str, secret: Optional[str]) -> bool:
    """Whether a parameter of a query string holds the secret, be it as a part of something."""
    if not secret:
        return False
    from urllib.parse import unquote_plus

    return secret in unquote_plus(parameter)


def _place(text: Optional[str]) -> Tuple[Optional[Tuple[str, str]], Optional[str]]:
    """Kind and name, and the value; nothing of a text that cannot be read."""
    if text is None:
        return None, None
    match = _TRIGGER.fullmatch(text)
    if match is None:
        sentence = 'HOTLINE_TRIGGER is %r; it can be cookie:NAME, header:NAME or query:NAME.'
        log.once('HOTLINE_TRIGGER', sentence % text)
        return None, None
    kind, name, value = match.groups()
    return (kind, name), value


def _headers(name: str, query_string: str, header: Header) -> List[bytes]:
    value = header(name.lower())
    return [] if value is None else [_received(value)]


def _cookies(name: str, query_string: str, header: Header) -> List[bytes]:
    pairs = (pair.strip().partition('=') for pair in (header('cookie') or '').split(';'))
    return [_received(value.strip('"')) for key, _, value in pairs if key == name]


def _parameters(name: str, query_string: str, header: Header) -> List[bytes]:
    from urllib.parse import parse_qsl

    pairs = parse_qsl(query_string, keep_blank_values=True)
    return [value.encode('utf-8', 'surrogateescape') for key, value in pairs if key == name]


def _received(value: str) -> bytes:
    """A header's bytes, which servers hand on as Latin-1."""
    return value.encode('latin-1', 'backslashreplace')


_VALUES = {'cookie': _cookies, 'header': _headers, 'query': _parameters}
