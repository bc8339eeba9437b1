"""Requests for stacks: what may be asked, and by whom."""

from __future__ import annotations

import hmac
from typing import Dict, List, Optional, Tuple
from urllib.parse import parse_qs

from .addresses import is_own_name

OWN_FORM = 'application/vnd.hotline.stacks+json'

#: From where a browser says that a request comes, if not from another site.
_OWN_SITES = ('none', 'same-origin')


class Refused(Exception):
    """A request that is not answered with stacks; the message tells the client why."""

    def __init__(self, status: str, sentence: str, *headers: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.headers: Tuple[str, ...] = headers


class Order:
    """What a request asks for."""

    def __init__(self, is_reset: bool, is_own_form: bool) -> None:
        #: Whether counting begins anew; `reset=1` or `reset=true`, as the stacksampler reads it.
        self.is_reset = is_reset
        self.is_own_form = is_own_form


def read_order(head: bytes, token: Optional[str], is_loopback: bool) -> Order:
    """Reads the head of an HTTP request, up to the empty line. Raises Refused."""
    method, target, headers = _parse(head)
    path, _, query = target.partition('?')
    parameters = parse_qs(query)
    if is_loopback and any(not is_own_name(host) for host in headers.get('host', ())):
        raise Refused('403 Forbidden', 'Ask by address or as localhost, not by another name.')
    if any(site not in _OWN_SITES for site in headers.get('sec-fetch-site', ())):
        raise Refused('403 Forbidden', 'Pages of other sites are not answered.')
    if token is not None and not _has_token(token, headers, parameters):
        raise Refused(
            '401 Unauthorized', 'The token is missing or wrong.', 'WWW-Authenticate: Bearer'
        )
    if method != 'GET':
        raise Refused('405 Method Not Allowed', 'Only GET is answered.', 'Allow: GET')
    if path != '/':
        raise Refused('404 Not Found', 'The stacks are at /.')
    return Order(
        parameters.get('reset', [''])[0] in ('1', 'true'),
        any(OWN_FORM in accepted for accepted in headers.get('accept', ())),
    )


def _parse(head: bytes) -> Tuple[str, str, Dict[str, List[str]]]:
    """Method, target and the values of each header by its lower-case name."""
    lines = head.decode('latin-1').split('\r\n')
    words = lines[0].split(' ')
    if len(words) != 3 or not words[2].startswith('HTTP/1.') or not words[1].startswith('/'):
        raise Refused('400 Bad Request', 'This is no HTTP request.')
    headers: Dict[str, List[str]] = {}
    for line in lines[1:]:
        name, _, value = line.partition(':')
        headers.setdefault(name.lower(), []).append(value.strip())
    return words[0], words[1], headers


def _has_token(token: str, headers: Dict[str, List[str]], parameters: Dict[str, List[str]]) -> bool:
    given = list(parameters.get('token', ()))
    for value in headers.get('authorization', ()):
        scheme, _, credentials = value.partition(' ')
        if scheme.lower() == 'bearer':
            # As the parameters: what stands there in UTF-8.
            given.append(credentials.strip().encode('latin-1').decode('utf-8', 'replace'))
    wanted = token.encode()
    # All are compared, so that the time tells nothing.
    return sum(hmac.compare_digest(one.encode('utf-8', 'replace'), wanted) for one in given) > 0
