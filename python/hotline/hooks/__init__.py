"""How the profiler gets into servers, frameworks and libraries."""

import sys

if '_hotline_importing' in sys.modules:
    # The bootstrap has loaded it before the package; there is one that watches imports.
    importing = sys.modules[__name__ + '.importing'] = sys.modules['_hotline_importing']
