"""The names that rewritten functions look up (see `rewriting`)."""

from __future__ import annotations

from typing import Dict, List

#: What stands for a line among the probes.
START = 0
END = -1


class Names:
    """The names that a function looks up."""

    def __init__(self) -> None:
        #: Gate of a probe -> its line, `START` or `END`.
        self.lines: Dict[str, int] = {}
        #: Gate of a run of statements, open while any of its probes is on -> the gates of these.
        self.runs: Dict[str, List[str]] = {}
