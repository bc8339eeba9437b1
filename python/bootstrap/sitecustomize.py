"""Brings Hotline's profiler into every Python that finds this folder in PYTHONPATH.

Does nothing unless HOTLINE_DIRECTORY or HOTLINE_SAMPLER is set. Then the `sitecustomize` that Python
would have run without this folder is run in its place. Must load in any Python, also in one too old
to profile.
"""

import os
import sys

_here = os.path.dirname(os.path.abspath(__file__))


def _load(name, *path):
    """Loads a file of the package alone, not as a part of it: its name is free for the user's own."""
    import _frozen_importlib
    import _frozen_importlib_external

    file = os.path.join(os.path.dirname(_here), 'hotline', *path)
    spec = _frozen_importlib_external.spec_from_file_location(name, file)
    module = _frozen_importlib.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _install():
    importing = _load('_hotline_importing', 'hooks', 'importing.py')
    importing.install_package()
    if os.environ.get('HOTLINE_DIRECTORY'):
        importing.install()
    if os.environ.get('HOTLINE_SAMPLER'):
        _load('_hotline_starting', 'sampler', 'starting.py').install()


def _run_users_own():
    """Errors are left to Python, which reports them; that there is none is no error to it."""
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != _here]
    this = sys.modules.pop('sitecustomize')
    __import__('sitecustomize')
    del this


_is_asked = os.environ.get('HOTLINE_DIRECTORY') or os.environ.get('HOTLINE_SAMPLER')

if _is_asked and sys.version_info >= (3, 8):
    try:
        _install()
    except Exception:
        sys.stderr.write('hotline: cannot start, nothing is profiled: %r\n' % sys.exc_info()[1])

_run_users_own()
