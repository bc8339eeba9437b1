"""Names of profiles, by the template that `runprofileserver --prof-file` takes."""

from __future__ import annotations

import os
import sys

from .. import log
from ..settings import DEFAULT_FILE_NAME

FIELDS = ('path', 'duration', 'time', 'method', 'status', 'query', 'remote')

#: Bytes of a name that file systems take (NAME_MAX).
LONGEST = 255

#: Bytes kept free for the number of a collision, as in `.12345`.
_NUMBER = 6

#: What Windows refuses in names, with control characters; `/` and NUL nobody takes.
_ILLEGAL = {ord(character): '_' for character in '<>:"/\\|?*\x7f'}
_ILLEGAL.update(dict.fromkeys(range(32), '_'))

#: Windows' devices: a file cannot have one as the name before its first dot.
_RESERVED = frozenset(
    ['con', 'prn', 'aux', 'nul', 'conin$', 'conout$']
    + ['com%d' % number for number in range(10)]
    + ['lpt%d' % number for number in range(10)]
)


def file_name(template: str, facts: dict[str, object], suffix: str) -> str:
    """The name of a request's profile, safe on every system, with room for a collision's number.

    `facts` has all of `FIELDS`: `path` dotted, `duration` in ms, `time` in seconds since the epoch
    (both whole), `status` 0 and `remote` `unknown` where they are. A template that cannot be used is replaced by the
    default one.
    """
    problem = _problem(template, facts)
    if problem:
        log.once(
            'file name',
            'HOTLINE_FILE_NAME is %r: %s. Profiles are named %r instead.'
            % (template, problem, DEFAULT_FILE_NAME),
        )
        template = DEFAULT_FILE_NAME
    return _shortened(template, dict(facts), suffix)


def numbered(name: str, suffix: str, number: int) -> str:
    """The `number`-th file of that name, from 2 on: the number stands before the suffix."""
    return '%s.%d%s' % (name[: -len(suffix)], number, suffix)


def dotted_path(path: str) -> str:
    """A URL path in a name: `/shop/items/` as `shop.items`, `/` as `root`."""
    return path.strip('/').replace('/', '.') or 'root'


def _problem(template: str, facts: dict[str, object]) -> str | None:
    """Why the template cannot be used."""
    if '/' in template or os.sep in template:
        return 'all profiles lie in one directory, so a name has no slashes'
    try:
        template.format(**facts)
    except Exception as error:
        known = ', '.join('{%s}' % field for field in FIELDS)
        return '%s (%s); the fields are %s' % (type(error).__name__, error, known)
    return None


def _shortened(template: str, facts: dict[str, object], suffix: str) -> str:
    """Cuts query and path, in this order, until the name fits; then the name itself."""
    longest = LONGEST - _NUMBER - len(suffix)
    name = _safe(template.format(**facts))
    for field in ('query', 'path'):
        while len(os.fsencode(name)) > longest and facts[field]:
            excess = len(os.fsencode(name)) - longest
            facts[field] = _cut(str(facts[field]), excess)
            name = _safe(template.format(**facts))
    return _cut(name, len(os.fsencode(name)) - longest) + suffix


def _cut(text: str, excess: int) -> str:
    """The text without its last `excess` bytes, and without half a character at its new end."""
    if excess <= 0:
        return text
    return text.encode('utf-8', 'surrogatepass')[:-excess].decode('utf-8', 'ignore')


def _safe(name: str) -> str:
    # What cannot be encoded becomes a question mark, which Windows refuses.
    encoding = sys.getfilesystemencoding()
    name = name.encode(encoding, 'replace').decode(encoding).translate(_ILLEGAL)
    # A dot at the start hides a file.
    if name.startswith('.') or name.partition('.')[0].rstrip().lower() in _RESERVED:
        name = '_' + name
    return name
