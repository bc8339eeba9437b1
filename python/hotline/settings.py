"""How requests are profiled, read once from the environment (`HOTLINE_*`)."""

from __future__ import annotations

import os

from . import log

MODES = ('lines', 'samples', 'exact', 'calls', 'memory')

#: What is kept at most of requests that others than the developer may trigger.
STAGING_FILES = 1000
STAGING_BYTES = 500_000_000

DEFAULT_FILE_NAME = '{path}.{duration:06d}ms.{time}'


class Settings:
    """All settings; what is not set has its default, what cannot be read is logged and ignored."""

    def __init__(self, environment: dict[str, str]) -> None:
        reader = _Reader(environment)
        #: Directory of the profiles; `None` where none is written on its own account.
        self.directory: str | None = environment.get('HOTLINE_DIRECTORY') or None
        self.file_name: str = environment.get('HOTLINE_FILE_NAME') or DEFAULT_FILE_NAME
        self.mode: str = reader.choice('HOTLINE_MODE', MODES)
        #: Absolute folders of the user's own code.
        self.source_roots: list[str] = reader.folders('HOTLINE_SOURCE_ROOTS') or [os.getcwd()]
        #: Patterns of URL paths, in the manner of `fnmatch`; an empty list includes all.
        self.include: list[str] = reader.words('HOTLINE_INCLUDE')
        self.exclude: list[str] = reader.words('HOTLINE_EXCLUDE')
        #: Whether requests of static and media files are recorded.
        self.static: bool = reader.flag('HOTLINE_STATIC')
        #: Milliseconds; shorter requests leave no file.
        self.minimum_duration: float = reader.number('HOTLINE_MINIMUM_DURATION', 0)
        #: Every n-th request is recorded.
        self.every: int = max(1, int(reader.number('HOTLINE_EVERY', 1)))
        #: How many files, and bytes of them, are kept at most; 0 is no limit.
        self.keep_files: int = int(reader.number('HOTLINE_KEEP_FILES', 0))
        self.keep_bytes: int = int(reader.number('HOTLINE_KEEP_BYTES', 0))
        #: `cookie:NAME`, `header:NAME` or `query:NAME`, each with an optional `=VALUE`.
        self.trigger: str | None = environment.get('HOTLINE_TRIGGER') or None
        #: What has to stand there; where it is empty, no request is recorded.
        self.trigger_secret: str | None = None
        if 'HOTLINE_TRIGGER_SECRET' in environment:
            self.require_secret(environment['HOTLINE_TRIGGER_SECRET'])
        #: Whether the response to a request with the secret tells the profile's identifier.
        self.trigger_answer: bool = reader.flag('HOTLINE_TRIGGER_ANSWER')
        #: Proxies between clients and this process that are known to extend X-Forwarded-For.
        self.trusted_proxies: int = int(reader.number('HOTLINE_TRUSTED_PROXIES', 0))
        self.sql_parameters: bool = reader.flag('HOTLINE_SQL_PARAMETERS')
        #: Milliseconds between two samples.
        self.interval: float = reader.number('HOTLINE_INTERVAL', 5) or 5

    def require_secret(self, secret: str) -> None:
        """Records only requests that carry the secret, and keeps what they leave within limits."""
        self.trigger_secret = secret
        self.keep_files = self.keep_files or STAGING_FILES
        self.keep_bytes = self.keep_bytes or STAGING_BYTES


class _Reader:
    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        value = self._environment.get(name) or choices[0]
        if value in choices:
            return value
        log.once(name, '%s is %r; it can be %s.' % (name, value, ', '.join(choices)))
        return choices[0]

    def number(self, name: str, default: float) -> float:
        text = self._environment.get(name)
        if not text:
            return default
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if 0 <= value < float('inf'):
            return value
        log.once(name, '%s is %r; it must be a number that is not negative.' % (name, text))
        return default

    def flag(self, name: str) -> bool:
        return self._environment.get(name, '').lower() in ('1', 'true', 'yes', 'on')

    def words(self, name: str) -> list[str]:
        return [word.strip() for word in self._environment.get(name, '').split(',') if word.strip()]

    def folders(self, name: str) -> list[str]:
        paths = self._environment.get(name, '').split(os.pathsep)
        return [os.path.abspath(path) for path in paths if path]


_current: Settings | None = None


def current() -> Settings:
    """The settings of this process."""
    global _current
    if _current is None:
        _current = Settings(dict(os.environ))
    return _current
