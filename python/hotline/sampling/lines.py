"""Executing lines of code objects."""

from __future__ import annotations

from bisect import bisect_right
from types import CodeType
from typing import Dict, List, Tuple

_Table = Tuple[List[int], List[int]]


class LineTables:
    """Finds the line of an instruction; keeps the tables that it has read."""

    def __init__(self) -> None:
        self._tables: Dict[int, _Table] = {}

    def line(self, code: CodeType, instruction: int) -> int:
        """The line of the instruction at that offset (`f_lasti`), 0 where there is none."""
        table = self._tables.get(id(code))
        if table is None:
            table = self._tables[id(code)] = _table(code)
        offsets, lines = table
        at = bisect_right(offsets, max(0, instruction)) - 1
        return lines[at] if at >= 0 else code.co_firstlineno


def _table(code: CodeType) -> _Table:
    """Offsets at which lines start, and these lines."""
    if hasattr(code, 'co_lines'):
        starts = [(start, line or 0) for start, _, line in code.co_lines()]
    else:
        import dis

        starts = list(dis.findlinestarts(code))
    return [offset for offset, _ in starts], [line for _, line in starts]
