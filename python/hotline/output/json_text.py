"""JSON of a large document, a piece at a time."""

from __future__ import annotations

import json

_encode = json.JSONEncoder(separators=(',', ':'), allow_nan=False, check_circular=False).encode

#: Items of a list that are encoded in one go. The encoder holds the interpreter's lock all the
#: while, and requests wait for it.
_AT_ONCE = 256


def pieces(value: object):
    """Yields the JSON text of a document, compact and in ASCII; its names need no escapes.

    Raises ValueError for numbers that are not finite, TypeError for what JSON cannot hold.
    """
    if isinstance(value, dict) and any(isinstance(m, (dict, list)) for m in value.values()):
        separator = '{'
        for name, member in value.items():
            yield '%s"%s":' % (separator, name)
            yield from pieces(member)
            separator = ','
        yield '}'
    elif isinstance(value, list) and len(value) == 1:
        yield '['
        yield from pieces(value[0])
        yield ']'
    elif isinstance(value, list) and len(value) > _AT_ONCE:
        separator = '['
        for start in range(0, len(value), _AT_ONCE):
            yield separator + _encode(value[start : start + _AT_ONCE])[1:-1]
            separator = ','
        yield ']'
    else:
        yield _encode(value)
