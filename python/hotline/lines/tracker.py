"""Keeps the books of lines: what to do at each start, line and return of the user's functions.

The functions `on_...` are called by the interpreter with a code object, or whatever stands for one;
what they return is `SWITCH_OFF` where the event shall not fire again, else `None`.

Time is net: the clock less all that the callbacks of the thread have taken so far, so that neither
a line nor the lines that called it are charged for being measured. All times are seconds.
"""

from __future__ import annotations

import os
import sys
from sys import _getframe
from time import perf_counter as clock
from types import FrameType
from typing import Dict, Optional

from .. import log
from ..concurrency.originals import get_ident
from . import budget, journal
from .activation import Activation, ThreadState
from .costs import CodeCost, LineCost
from .watched import watched_codes

#: What a callback returns to have its event switched off.
SWITCH_OFF: object = getattr(getattr(sys, 'monitoring', None), 'DISABLE', True)

#: Thread ident -> what it works on. Threads that work for no request are not in it.
states: Dict[int, ThreadState] = {}

_state_of = states.get

if hasattr(os, 'register_at_fork'):
    os.register_at_fork(after_in_child=states.clear)

#: A callback that took longer was interrupted by another thread; that is not its own time.
_INTERRUPTED = 20e-6


def on_line(code: object, number: int) -> object:
    """The thread is about to execute the first instruction of a line, or jumped back to it."""
    try:
        state = _state_of(get_ident())
        if state is None:
            return _idle(code)
        if state.journal is not None:
            entries = state.entries
            if entries is not None:
                entries.append(code)
                entries.append(number)
                entries.append(clock())
                if len(entries) >= state.room:
                    journal.filled(state, budget.SHARE)
                return None
            journal.follow(state)
        entered = clock()
        now = entered - state.overhead
        top = state.top
        if top.code is not code:
            top = state.reach(code, now)
            if top is None:
                return SWITCH_OFF
        watched = top.watched
        line = top.line
        # As `top.close`, but without a call.
        if line is None:
            if watched.off:
                top.cost.dark += now - top.since
        elif not line.outer:
            if top.epoch == watched.epoch or top.cost.before is None:
                line.time += now - top.since
            else:
                top.cost.dark += now - top.since
        line = top.cost.lines.get(number)
        if line is None:
            line = top.cost.lines[number] = LineCost(number, state.chunk)
        top.line = line
        top.since = now
        line.hits = hits = line.hits + 1
        if hits <= line.limit and not watched.off:
            top.epoch = watched.epoch
            spent = clock() - entered
            state.overhead += state.residual + (
                spent if spent < _INTERRUPTED else budget.EVENT_COST
            )
            return None
        result = _out_of_the_ordinary(state, top, line, entered)
        top.epoch = -1 if watched.off else watched.epoch
        state.overhead += state.residual + clock() - entered
        return result
    except Exception as error:
        return _failed(error)


def on_start(code: object, offset: int) -> object:
    """A function was called, or a generator or coroutine makes its first step."""
    try:
        state = _state_of(get_ident())
        if state is None:
            return _idle(code)
        if state.journal is not None:
            entries = state.entries
            if entries is not None:
                entries.append(code)
                entries.append(journal.CALLED)
                entries.append(clock())
                if len(entries) >= state.room:
                    journal.filled(state, budget.SHARE)
                return None
            journal.follow(state)
        entered = clock()
        cost = state.costs.get(id(code)) or state.cost_of(code)
        if cost is None:
            return SWITCH_OFF
        cost.calls += 1
        now = entered - state.overhead
        activation = cost.spare
        if activation is None or cost.newest is not None:
            state.call(cost, now)
        else:
            # As `state.call`, but without one.
            cost.spare = activation.line = None
            cost.newest = activation
            activation.started = activation.since = now
            activation.below = state.top
            state.top = activation
        cost.entries = entries = cost.entries + 1
        result = None if entries <= cost.entries_limit else _entry_overdrawn(state, cost, entered)
        spent = clock() - entered
        state.overhead += state.residual + (spent if spent < _INTERRUPTED else budget.EVENT_COST)
        return result
    except Exception as error:
        return _failed(error)


def on_return(code: object, offset: int, value: object) -> object:
    """A function returns."""
    try:
        state = _state_of(get_ident())
        if state is None:
            return _idle(code)
        if state.journal is not None:
            entries = state.entries
            if entries is not None:
                entries.append(code)
                entries.append(journal.RETURNED)
                entries.append(clock())
                if len(entries) >= state.room:
                    journal.filled(state, budget.SHARE)
                return None
            journal.follow(state)
        entered = clock()
        now = entered - state.overhead
        top = state.top
        if top.code is not code:
            if not state.uncover(code, now):
                return _left(state, state.cost_of(code), entered)
            top = state.top
        cost = top.cost
        if top.outer is None:
            # As `state.pop`, but without a call.
            line = top.line
            if line is not None and not line.outer and top.epoch == top.watched.epoch:
                line.time += now - top.since
            else:
                top.close(now)
            cost.newest = None
            cost.time += now - top.started
            state.top = top.below
        else:
            state.pop(now)
        cost.spare = top
        spent = clock() - entered
        spent = spent if spent < _INTERRUPTED else budget.EVENT_COST
        state.overhead += state.residual + spent
        return SWITCH_OFF if cost.entries_off else None
    except Exception as error:
        return _failed(error)


def on_unwind(code: object, offset: int, error: BaseException) -> None:
    """An exception leaves a function; called for every function there is, so often."""
    if id(code) in watched_codes:
        state = _state_of(get_ident())
        if state is not None and (state.journal is not None or state.top.code is code):
            on_return(code, offset, None)


def on_yield(code: object, offset: int, value: object) -> object:
    """A generator or coroutine is suspended."""
    try:
        state = _state_of(get_ident())
        if state is None:
            return _idle(code)
        frame = _getframe(1)
        if state.journal is not None:
            if _written(state, code, journal.happened_in(frame, journal.YIELDED)):
                return None
            journal.follow(state)
        entered = clock()
        if state.top.code is not code:
            return _left(state, state.cost_of(code), entered)
        activation = state.suspend(id(frame), entered)
        if activation.epoch != activation.watched.epoch:
            activation.line = activation.cost.lines.get(frame.f_lineno)
        return _left(state, activation.cost, entered)
    except Exception as error:
        return _failed(error)


def on_resume(code: object, offset: int) -> object:
    """A generator or coroutine goes on."""
    return _resume(code, _getframe(1))


def on_throw(code: object, offset: int, error: BaseException) -> None:
    """An exception is thrown into a generator or coroutine; called for every one there is."""
    if id(code) in watched_codes and get_ident() in states:
        _resume(code, _getframe(1))


def _resume(code: object, frame: FrameType) -> object:
    try:
        state = _state_of(get_ident())
        if state is None:
            return _idle(code)
        if state.journal is not None:
            if _written(state, code, journal.happened_in(frame, journal.RESUMED)):
                return None
            journal.follow(state)
        entered = clock()
        cost = state.go_on(code, id(frame), entered)
        return SWITCH_OFF if cost is None else _entered(state, cost, entered)
    except Exception as error:
        return _failed(error)


def _written(state: ThreadState, code: object, happened: int) -> bool:
    """Whether the event is written down instead of being followed."""
    entries = state.entries
    if entries is None:
        return False
    entries += (code, happened, clock())
    if len(entries) >= state.room:
        journal.filled(state, budget.SHARE)
    return True


def _entered(state: ThreadState, cost: CodeCost, entered: float) -> object:
    over = cost.entries > cost.entries_limit
    result = _entry_overdrawn(state, cost, entered) if over else None
    spent = clock() - entered
    state.overhead += state.residual + (spent if spent < _INTERRUPTED else budget.EVENT_COST)
    return result


def _left(state: ThreadState, cost: Optional[CodeCost], entered: float) -> object:
    spent = clock() - entered
    state.overhead += state.residual + (spent if spent < _INTERRUPTED else budget.EVENT_COST)
    return SWITCH_OFF if cost is None or cost.entries_off else None


def _out_of_the_ordinary(
    state: ThreadState, top: Activation, line: LineCost, entered: float
) -> object:
    """A line has no hits left, or others are switched off.

    It takes part in a burst, gets more hits, is switched off, or has the others switched on again
    if that can be afforded, for their next event shows where it ends.
    """
    watched, cost = top.watched, top.cost
    price = line.hits * budget.EVENT_COST + line.rearms * watched.rearm_cost
    if line.hits > line.limit:
        if cost.generation != watched.generation:
            cost.begin_burst()
            return None
        if cost.burst is not None and cost.burst.goes_on(line, entered - state.overhead):
            return None
        if line.off or not _affordable(state, line.hits, price, line.time, entered):
            cost.switch_off(line)
            watched.switched_off()
            return SWITCH_OFF
        line.limit = line.hits + budget.CHUNK
    price += watched.rearm_cost
    # What others have switched off is no affair of this request; and once tells what the line takes.
    is_free = cost.before is None or not line.rearms
    if watched.off and (is_free or _affordable(state, line.hits, price, line.time, entered)):
        line.rearms += 1
        watched.rearm()
    return None


def _entry_overdrawn(state: ThreadState, cost: CodeCost, entered: float) -> object:
    """The same for calls."""
    watched = cost.watched
    if cost.generation != watched.generation:
        cost.begin_burst()
        return None
    events = 2 * cost.entries
    if _affordable(state, events, events * budget.EVENT_COST, cost.time, entered):
        cost.entries_limit = cost.entries + budget.CHUNK
        return None
    cost.burst = None
    cost.entries_off = cost.entries_missed = True
    watched.switched_off()
    return SWITCH_OFF


def _affordable(state: ThreadState, events: int, price: float, time: float, entered: float) -> bool:
    """Whether events that have cost `price` in `time` may go on.

    They may if they pay for themselves, if they are rare, or if they are among the first and the
    request can afford them.
    """
    elapsed = entered - state.started
    if time > price * budget.SHARE or price * budget.RARE < elapsed:
        return True
    return events <= budget.HITS and state.overhead < budget.FREE + elapsed / budget.SHARE


def _idle(code: object) -> object:
    """An event outside of any request."""
    watched = watched_codes.get(id(code))
    if watched is None:
        return SWITCH_OFF
    watched.idle_left -= 1
    if watched.idle_left >= 0:
        return None
    watched.switched_off()
    return SWITCH_OFF


def _failed(error: Exception) -> object:
    log.once('lines', 'could not follow a line: %r' % error)
    return SWITCH_OFF
