"""What is compared: the profiler in each of its modes, and the profilers people use today."""

from __future__ import annotations

import os
from typing import Dict, List, Optional

HERE = os.path.dirname(os.path.abspath(__file__))
WEBSITE = os.path.join(HERE, 'website')
PACKAGE = os.path.join(HERE, '..', '..', '..', 'python')

MODES = ('lines', 'samples', 'exact', 'calls', 'memory')


class Contender:
    """One row of the tables."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        mode: Optional[str] = None,
        inside: Optional[str] = None,
        rate: Optional[int] = None,
    ) -> None:
        self.name = name
        self.label = label
        #: Our own mode; the process gets it by its environment, as a user's server does.
        self.mode = mode
        #: Name of the profiler in `inside.py` that the process itself switches on and off.
        self.inside = inside
        #: Samples a second that py-spy, which watches the process from outside, is asked for.
        self.rate = rate

    def environment(self, profiles: str, roots: str) -> Dict[str, str]:
        """What a process needs in its environment.

        `profiles` is a directory of its own, `roots` are the folders of the user's own code.
        """
        if self.mode is None:
            return {'PYTHONPATH': WEBSITE}
        bootstrap = os.path.normpath(os.path.join(PACKAGE, 'bootstrap'))
        return {
            'PYTHONPATH': os.pathsep.join((bootstrap, WEBSITE)),
            'HOTLINE_DIRECTORY': profiles,
            'HOTLINE_MODE': self.mode,
            'HOTLINE_SOURCE_ROOTS': roots,
        }


PLAIN = Contender('plain', 'plain')

#: A second plain process: what it shows is the noise of the method.
CONTROL = Contender('control', 'plain again (control)')

OURS: List[Contender] = [
    Contender('hotline-' + mode, 'Hotline, mode `%s`' % mode, mode=mode) for mode in MODES
]

OTHERS: List[Contender] = [
    Contender('cprofile', 'cProfile', inside='cprofile'),
    Contender('pyinstrument', 'pyinstrument, 1 ms', inside='pyinstrument'),
    Contender('line_profiler', 'line_profiler, user code', inside='line_profiler'),
    Contender('py-spy', 'py-spy, 100/s', rate=100),
    Contender('yappi', 'yappi, wall', inside='yappi'),
    Contender('profile', 'profile', inside='profile'),
]

#: py-spy as fast as one asks for when lines matter.
PY_SPY_FAST = Contender('py-spy-fast', 'py-spy, 1000/s', rate=1000)

ALL = [CONTROL, *OURS, *OTHERS]


def named(name: str) -> Contender:
    """The contender of that name.

    Raises ValueError when there is none.
    """
    for contender in (PLAIN, *ALL, PY_SPY_FAST):
        if contender.name == name:
            return contender
    raise ValueError('there is no contender %r' % name)
