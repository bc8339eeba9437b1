"""Names and versions of servers and frameworks."""

from __future__ import annotations

import os
import sys
from typing import Tuple

#: `(name, version)`; the version is empty where it cannot be told.
Product = Tuple[str, str]

_versions: dict[str, str] = {}


def product(name: str, package: str | None = None) -> Product:
    """A server or framework that is imported already, by the name people know it by."""
    package = package or name.lower()
    if package not in _versions:
        _versions[package] = _version(package)
    return name, _versions[package]


def _version(package: str) -> str:
    module = sys.modules.get(package)
    if module is None:
        return ''
    # Not by getattr: some packages warn there that they will not tell any longer.
    version = vars(module).get('__version__')
    return version if isinstance(version, str) else _installed_version(module)


def _installed_version(module) -> str:
    """As `importlib.metadata.version`, without the 20 ms that its import takes."""
    try:
        names = os.listdir(os.path.dirname(os.path.dirname(module.__file__)))
    except (OSError, TypeError):
        return ''
    for name in names:
        distribution, _, version = name.partition('-')
        if distribution.lower() == module.__name__ and version.endswith('.dist-info'):
            return version[: -len('.dist-info')]
    return ''
