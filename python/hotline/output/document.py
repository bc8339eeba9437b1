"""Content of a profile: speedscope JSON with one more top-level object, `hotline`.

https://www.speedscope.app/file-format-schema.json (speedscope 1.25.0) knows nothing of that object
and lets it be; `schema/hotline-profile.schema.json` describes both.
"""

from __future__ import annotations

import os
import socket
import sys

from .. import __version__, user_code
from ..spans import template_lines
from . import source_hashes

VERSION = 1

SCHEMA = 'https://www.speedscope.app/file-format-schema.json'

EXPORTER = 'hotline-profiler@'

#: Members that hold places in source files; `functions` are in files that `lines` names too.
_WITH_FILES = ('lines', 'templates', 'queries', 'spans', 'memory')


def document(recording, descriptions: list[dict[str, object]]) -> dict[str, object]:
    """The whole file of a finished recording.

    `descriptions` are what its collectors tell: the sampler's has `shared`, `profiles`,
    `stackLines` and `waitingTime` (s), the members of the others belong to `hotline`.
    """
    members: dict[str, object] = {}
    for description in descriptions:
        members.update(description)
    shared = members.pop('shared', None)
    profiles = members.pop('profiles', None)
    if not shared or not profiles:
        shared, profiles, members['stackLines'] = _without_samples(recording)
    hotline = _hotline(recording, members)
    sources = source_hashes.of(_user_files(shared['frames'], hotline))
    return {
        '$schema': SCHEMA,
        'exporter': EXPORTER + __version__,
        'name': title(recording.request),
        'activeProfileIndex': 0,
        'shared': shared,
        'profiles': profiles,
        'hotline': _filled(dict(hotline, sources=sources)),
    }


def title(request) -> str:
    """What people know the request by: `GET /shop/ 200`."""
    parts = (request.method, request.path, request.status)
    return ' '.join(str(part) for part in parts if part is not None)


def _hotline(recording, members: dict[str, object]) -> dict[str, object]:
    waiting = members.pop('waitingTime', None)
    hotline = {
        'version': VERSION,
        'mode': recording.mode,
        'request': _request(recording, waiting),
        'process': _process(recording.request),
    }
    hotline.update(members)
    begun = recording.started
    hotline.update(
        templates=_templates(template_lines.of(recording)) + list(members.get('templates', ())),
        queries=[_query(query, begun) for query in list(recording.queries)],
        spans=[_span(span, begun) for span in list(recording.spans)],
        warnings=list(recording.warnings) + list(members.get('warnings', ())),
    )
    return hotline


def _request(recording, waiting: float | None) -> dict[str, object]:
    request = recording.request
    return _known(
        method=request.method,
        path=request.path,
        query=request.query,
        status=request.status,
        started=recording.started_at,
        duration=_seconds(recording.duration or 0),
        cpuTime=_seconds(recording.cpu_time),
        waitingTime=waiting,
        bytesSent=request.bytes_sent,
        route=request.route,
        view=request.view,
        userAgent=request.user_agent,
        remoteAddress=request.remote_address,
        id=request.identifier,
        error=request.error,
    )


def _process(request) -> dict[str, object]:
    return _known(
        python='%d.%d.%d' % sys.version_info[:3],
        implementation=sys.implementation.name,
        framework=_software(request.framework),
        server=_software(request.server),
        hostname=socket.gethostname(),
        pid=os.getpid(),
        thread=request.thread,
    )


def _software(known: tuple[str, str] | None) -> dict[str, str] | None:
    return known and _known(name=known[0], version=known[1])


def _query(query, begun: int) -> dict[str, object]:
    return _known(
        statement=query.statement,
        duration=_seconds(query.duration),
        start=_seconds(query.started - begun),
        rows=query.rows,
        database=query.database,
        file=query.file,
        line=query.line,
        parameters=query.parameters,
        many=query.many,
    )


def _span(span, begun: int) -> dict[str, object]:
    return _known(
        kind=span.kind,
        name=span.name,
        start=_seconds(span.started - begun),
        duration=_seconds(span.duration),
        file=span.file,
        line=span.line,
    )


def _templates(lines: dict[tuple[str, int], list[int]]) -> list[dict[str, object]]:
    return [
        {
            'file': file,
            'line': line,
            'hits': hits,
            'time': _seconds(time),
            'self': _seconds(own),
        }
        for (file, line), (hits, time, own) in sorted(lines.items())
    ]


def _without_samples(recording):
    """What stands for the stacks of a request that was not sampled."""
    seconds = _seconds(recording.duration or 0)
    profile = {
        'type': 'sampled',
        'name': title(recording.request),
        'unit': 'seconds',
        'startValue': 0,
        'endValue': seconds,
        'samples': [[0]],
        'weights': [seconds],
    }
    return {'frames': [{'name': '[not sampled]'}]}, [profile], [[0]]


def _user_files(frames: list[dict[str, object]], hotline: dict[str, object]) -> set[str]:
    """The user's own files that the profile names: their code's, and those of templates."""
    places = [place for name in _WITH_FILES for place in hotline.get(name, ())]
    files = {place['file'] for place in places if 'file' in place}
    for frame in frames:
        file = frame.get('file')
        if file and user_code.user_path(file):
            files.add(file)
    return files


def _filled(members: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in members.items() if value != []}


def _known(**members: object) -> dict[str, object]:
    return {name: value for name, value in members.items() if value is not None}


def _seconds(nanoseconds: int) -> float:
    return nanoseconds / 1e9
