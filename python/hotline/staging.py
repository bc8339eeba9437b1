"""Requests that are recorded because they carry a secret: what is kept and told of them."""

from __future__ import annotations

import os
from typing import List, Optional

from . import log, selection, settings
from .request import Request
from .triggers import Header

#: Header of the response that tells the profile's identifier, a part of its file's name.
HEADER = 'X-Hotline-Profile'

#: Stands for a secret that nobody has spoken of; one that is empty lets no request be recorded.
NOT_GIVEN = object()


def configure(secret: object, trigger: Optional[str], answer: Optional[bool]) -> None:
    """Sets for the whole process what a caller of the package has given.

    `secret` is text or `None`, unless it is `NOT_GIVEN`; the others are as in the environment, and
    `None` leaves these as they are.
    """
    chosen = settings.current()
    if secret is not NOT_GIVEN:
        chosen.require_secret(str(secret or ''))
    if trigger is not None:
        chosen.trigger = trigger
    if answer is not None:
        chosen.trigger_answer = bool(answer)
    selection.forget()


def note(request: Request, remote_address: Optional[str], header: Header) -> None:
    """Notes who has sent a request that carried the secret, and how its profile will be known."""
    chosen = settings.current()
    if chosen.trigger_secret is None:
        return
    try:
        request.remote_address = _sender(remote_address, header, chosen.trusted_proxies)
    except Exception as error:
        log.once('sender', 'could not tell where a request came from: %r' % error)
    if chosen.trigger_answer:
        request.identifier = os.urandom(6).hex()


def _sender(remote_address: Optional[str], header: Header, proxies: int) -> Optional[str]:
    """The address that the outermost of so many trusted proxies has seen.

    Each proxy adds to the end of X-Forwarded-For whom it got the request from; what stands further
    in front may have been made up.
    """
    way: List[str] = []
    if proxies:
        way = [address for address in (header('x-forwarded-for') or '').split(',') if address]
    way.append(remote_address or '')
    return _address(way[max(0, len(way) - 1 - proxies)])


def _address(text: str) -> Optional[str]:
    """The address alone where it has a port; `None` for what is none."""
    from ipaddress import ip_address

    text = text.strip()
    if text.startswith('['):
        text = text[1:].partition(']')[0]
    elif text.count(':') == 1:
        text = text.partition(':')[0]
    try:
        return str(ip_address(text))
    except ValueError:
        return None
