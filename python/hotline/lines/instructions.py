"""What can be told of a line's cost without measuring it."""

from __future__ import annotations

import dis
from types import CodeType
from typing import Dict

#: Seconds that a simple instruction takes about.
_INSTRUCTION = 3e-9

#: Part by which that may be wrong, for a line that calls nothing.
_DOUBT = 1.5

#: Variance of what is measured, in square seconds.
_COARSE = (16e-9) ** 2

#: In the names of instructions that may take any time.
_CALLS = (
    'ATTR',
    'CALL',
    'CONTAINS',
    'FORMAT',
    'IMPORT',
    'METHOD',
    'SEND',
    'SUBSCR',
    'UNPACK',
    'YIELD',
)


class Instructions:
    """The instructions of each line of a code object."""

    def __init__(self, code: CodeType) -> None:
        self._simple: Dict[int, float] = {}
        self._unknown = set()
        line = code.co_firstlineno
        starts = dict(dis.findlinestarts(code))
        for instruction in dis.get_instructions(code):
            line = starts.get(instruction.offset, line)
            if instruction.opname == 'FOR_ITER':
                # What comes before is done once, and not in every round.
                self._simple[line] = 0.0
                self._unknown.discard(line)
            self._simple[line] = self._simple.get(line, 0.0) + _INSTRUCTION
            if any(word in instruction.opname for word in _CALLS):
                self._unknown.add(line)

    def likely(self, line: int, measured: float) -> float:
        """The likely time of a hit: the shorter it is measured, the more its instructions count."""
        expected = self._simple.get(line, _INSTRUCTION)
        if line in self._unknown:
            return max(measured, expected)
        doubt = (_DOUBT * expected) ** 2 + (measured - expected) ** 2
        return max(expected / 2, expected + (measured - expected) * doubt / (doubt + _COARSE))
