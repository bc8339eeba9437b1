"""A finished recording becomes a file."""

from __future__ import annotations

from .. import log, settings
from . import profile_file
from .document import document
from .file_name import dotted_path, file_name
from .json_text import pieces
from .retention import PSTATS, PSTATS_MARK, SPEEDSCOPE, Retention

_retentions: dict[str, Retention] = {}


def save(recording) -> None:
    """Writes a recording into the directory of the settings. Never raises."""
    current = settings.current()
    if not current.directory:
        return
    try:
        content, suffix = _content(recording)
        if recording.request.identifier is not None:
            suffix = '.%s%s' % (recording.request.identifier, suffix)
        name = file_name(current.file_name, _facts(recording), suffix)
        written = profile_file.write(current.directory, name, suffix, content)
        _retention(current).written(written)
    except OSError as error:
        log.once(
            'disk %s' % error.errno,
            'profiles cannot be written to %s (%s). Requests go on without them.'
            % (current.directory, error.strerror or error),
        )
    except Exception as error:
        log.once('saving', 'a profile cannot be written (%r). Requests go on.' % error)


def _content(recording) -> tuple[bytes, str]:
    """The file's content, and the suffix of its name."""
    calls = recording.results.get('calls')
    statistics = calls.pstats() if calls is not None else b''
    if statistics:
        return statistics + PSTATS_MARK, PSTATS
    text = ''.join(pieces(document(recording, _descriptions(recording))))
    return text.encode('ascii'), SPEEDSCOPE


def _descriptions(recording) -> list[dict[str, object]]:
    """What the collectors tell; one that fails leaves a warning in the file."""
    descriptions = []
    for collector in recording.collectors:
        try:
            descriptions.append(collector.describe(recording))
        except Exception as error:
            recording.warnings.append(
                'What the profiler collected as %s is missing: it failed with %r.'
                % (collector.name, error)
            )
    return descriptions


def _facts(recording) -> dict[str, object]:
    request, duration = recording.request, recording.duration or 0
    return {
        'path': dotted_path(request.path),
        'duration': duration // 1_000_000,
        'time': int(recording.started_at + duration / 1e9),
        'method': request.method or 'JOB',
        'status': request.status or 0,
        'query': request.query or '',
        'remote': request.remote_address or 'unknown',
    }


def _retention(current: settings.Settings) -> Retention:
    directory = current.directory
    if directory not in _retentions:
        _retentions[directory] = Retention(directory, current.keep_files, current.keep_bytes)
    return _retentions[directory]
