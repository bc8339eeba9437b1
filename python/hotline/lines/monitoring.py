"""Line events of `sys.monitoring` (PEP 669, Python 3.12 and later)."""

from __future__ import annotations

import sys
from functools import partial
from types import CodeType
from typing import Optional

from . import sources, tracker
from .watched import Watched, watched_codes

_NAME = 'hotline'

#: Tool ids 0, 1, 2 and 5 are for debuggers, coverage, profilers and optimizers.
_TOOL_IDS = (4, 3, 2, 5)

_tool: Optional[int] = None
_local_events = 0


def start() -> bool:
    """Has the lines of all of the user's functions tracked; false if other tools hold every id."""
    global _tool, _local_events
    if _tool is not None:
        return True
    _tool = _take_tool_id()
    if _tool is None:
        return False
    events = sys.monitoring.events
    callbacks = {
        events.LINE: tracker.on_line,
        events.PY_START: tracker.on_start,
        events.PY_RETURN: tracker.on_return,
        events.PY_YIELD: tracker.on_yield,
        events.PY_RESUME: tracker.on_resume,
    }
    for event, callback in callbacks.items():
        _local_events |= event
        sys.monitoring.register_callback(_tool, event, callback)
    sys.monitoring.register_callback(_tool, events.PY_UNWIND, tracker.on_unwind)
    sys.monitoring.register_callback(_tool, events.PY_THROW, tracker.on_throw)
    sys.monitoring.set_events(_tool, events.PY_UNWIND | events.PY_THROW)
    sources.watch(watch)
    return True


def watch(code: CodeType, path: str) -> None:
    """Has a code object's lines tracked."""
    if id(code) not in watched_codes:
        watched_codes[id(code)] = Watched(code, path, partial(switch_on, code))
        sys.monitoring.set_local_events(_tool, code, _local_events)


def switch_on(code: CodeType) -> None:
    """Has all events of a code object fire again, also those that returned `DISABLE`."""
    sys.monitoring.set_local_events(_tool, code, 0)
    sys.monitoring.set_local_events(_tool, code, _local_events)


def _take_tool_id() -> Optional[int]:
    for tool in _TOOL_IDS:
        if sys.monitoring.get_tool(tool) is None:
            try:
                sys.monitoring.use_tool_id(tool, _NAME)
            except ValueError:
                continue
            return tool
    return None
