"""Addresses to listen on: `HOST:PORT`, a port alone, `[::1]:16384`."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Tuple

DEFAULT = '127.0.0.1:16384'

_LOOPBACK = '127.0.0.1'

_ADDRESS = re.compile(r'(?:(?:\[([^\[\]]+)\]|([^:\[\]/]*)):)?(\d{1,5})')


def parse(text: str) -> Tuple[str, int]:
    """Host and port; without a host, this machine alone. Raises ValueError with a sentence."""
    match = _ADDRESS.fullmatch(text.strip())
    if match is None or int(match.group(3)) > 65535:
        raise ValueError('%r is no address to listen on; it can be %s.' % (text, DEFAULT))
    bracketed, plain, port = match.groups()
    return bracketed or plain or _LOOPBACK, int(port)


def written(host: str, port: int) -> str:
    """The address as it stands in a URL."""
    return '%s:%d' % ('[%s]' % host if ':' in host else host, port)


def is_loopback(host: str) -> bool:
    """Whether only this machine can connect to it."""
    if host == 'localhost':
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_own_name(host_header: str) -> bool:
    """Whether a request names an address or `localhost`, and no name that anybody may have chosen.

    A page of another site whose name has been made to mean this machine (DNS rebinding) still asks
    by that name.
    """
    host = host_header.strip().lower()
    if host.startswith('['):
        host = host[1:].partition(']')[0]
    else:
        host = host.partition(':')[0]
    try:
        ip_address(host)
    except ValueError:
        return host == 'localhost'
    return True
