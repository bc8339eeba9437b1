"""The form of nylas-perftools' stacksampler (stacksampler.py of commit 2e9f72e).

    elapsed 1.9301843643188477
    granularity 0.01
    <module>(__main__);main(work);spin(work) 226

Seconds since the start, seconds of a count, and the stacks with the most counts first: of each
function the name and its module's, the outermost first.
"""

from __future__ import annotations

from collections import Counter
from types import CodeType
from typing import List

from .counts import Counts
from .reading import Reading

#: What ends a stack, or a function in it, for those who read this.
_SEPARATORS = {ord(';'): ':', **dict.fromkeys(map(ord, ' \t\r\n\v\f'), '-')}


def text(counts: Counts) -> str:
    """What threads have done; those that wait for something to do are left out, as by the original,
    which measures CPU time."""
    reading = Reading(counts)
    names = [_name(counts, node) for node in range(len(counts.nodes))]
    stacks: Counter = Counter()
    for (_, node), count in counts.counts.items():
        path = reading.path(node)
        if path and not reading.is_idle(node):
            stacks[';'.join(names[one] for one in path)] += count
    lines: List[str] = [
        f'elapsed {counts.elapsed}',
        f'granularity {counts.granularity}',
    ]
    lines += [f'{stack} {count}' for stack, count in stacks.most_common()]
    return '\n'.join(lines) + '\n'


def _name(counts: Counts, node: int) -> str:
    code = counts.nodes[node][1]
    if not isinstance(code, CodeType):
        name, module = code, 'hotline'
    else:
        name, module = code.co_name, counts.modules[id(code)]
    return f'{name}({module})'.translate(_SEPARATORS)
