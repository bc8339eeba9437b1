"""Running activations of the user's functions, as far as their events tell. Times are net seconds
(see `tracker`)."""

from __future__ import annotations

from typing import Dict, List, NamedTuple, Optional

from . import journal
from .costs import CodeCost, LineCost
from .watched import watched_codes

#: Flags of code whose suspension is waiting: coroutines and asynchronous generators.
COROUTINE = 0x80 | 0x200

#: The flag of a generator.
GENERATOR = 0x20


class Activation:
    """One call of a function that has not returned; a generator or coroutine, also suspended."""

    __slots__ = (
        'below',
        'code',
        'cost',
        'epoch',
        'line',
        'outer',
        'since',
        'started',
        'suspended',
        'watched',
    )

    def __init__(self, code: object, cost: Optional[CodeCost]) -> None:
        self.code = code
        self.cost = cost
        #: The next one further out that works for the same recording.
        self.below: Optional[Activation] = None
        self.watched = cost and cost.watched
        #: The line it stands on, since when, and the epoch at that time if all events were on.
        self.line: Optional[LineCost] = None
        self.since = 0.0
        self.epoch = -1
        #: When it was called or resumed.
        self.started = 0.0
        #: The clock when it was suspended.
        self.suspended = 0.0
        #: The next activation of the same function further out, if it recurses.
        self.outer: Optional[Activation] = None

    def close(self, now: float) -> None:
        """Credits the time since the last event to its line, if no other can have been hit."""
        line = self.line
        if line is None:
            # Called since its first lines were switched off.
            if self.watched.off:
                self.cost.dark += now - self.since
        elif not line.outer:
            # What another request has switched off hides lines of this one, but there is no telling.
            if self.epoch == self.watched.epoch or self.cost.before is None:
                line.time += now - self.since
            else:
                self.cost.dark += now - self.since

    def waited(self, elapsed: float) -> None:
        """Credits the time for which it was suspended to the line that waits."""
        if self.cost.newest is None:
            self.cost.time += elapsed
        if self.line is not None and not self.line.outer:
            self.line.time += elapsed
            self.line.waiting += elapsed


class Prices(NamedTuple):
    """Seconds that events take."""

    #: Of one that is followed at once, what its callback does not see by its own clock.
    residual: float = 0.0
    #: Of one that is written down, all.
    written: float = 0.0


class ThreadState:
    """What one thread does for one recording."""

    __slots__ = (
        'chunk',
        'costs',
        'ended',
        'entries',
        'journal',
        'left_at',
        'overhead',
        'peers',
        'previous',
        'prices',
        'residual',
        'room',
        'started',
        'suspended',
        'top',
    )

    def __init__(
        self,
        started: float,
        chunk: int,
        prices: Prices,
        peers: Dict[int, ThreadState],
        suspended: Dict[int, Activation],
    ) -> None:
        #: Clock at which the request began, and at which it ended.
        self.started = started
        self.ended: Optional[float] = None
        #: Free hits of a line.
        self.chunk = chunk
        #: All threads that work for the recording.
        self.peers = peers
        #: id(frame) -> generators and coroutines of the request that have yielded.
        self.suspended = suspended
        #: What the callbacks of this thread took, and what each takes outside of its own clock.
        self.overhead = 0.0
        self.prices = prices
        self.residual = prices.residual
        self.costs: Dict[int, CodeCost] = {}
        #: Events that are not followed yet; the same while more are written; how many items fit in.
        self.journal: Optional[list] = None
        self.entries: Optional[list] = None
        self.room = 0
        #: The innermost activation; below the outermost one there is one of nothing.
        self.top = Activation(None, None)
        #: The clock when the thread stopped to work for the request for a while.
        self.left_at = 0.0
        #: What the thread worked on before.
        self.previous: Optional[ThreadState] = None

    def cost_of(self, code: object) -> Optional[CodeCost]:
        """The books of a code object; `None` if it is not the user's."""
        cost = self.costs.get(id(code))
        if cost is None:
            watched = watched_codes.get(id(code))
            if watched is None:
                return None
            cost = self.costs[id(code)] = CodeCost(watched, self.chunk)
        return cost

    def call(self, cost: CodeCost, now: float) -> Activation:
        """Puts a new activation on the stack."""
        activation = cost.spare
        if activation is None:
            activation = Activation(cost.watched.code, cost)
        else:
            cost.spare = None
            activation.line = None
        self.push(activation, now)
        return activation

    def push(self, activation: Activation, now: float) -> None:
        """Puts an activation on the stack, which goes on with its line if it has one."""
        activation.started = activation.since = now
        cost = activation.cost
        outer = activation.outer = cost.newest
        if outer is not None and outer.line is not None:
            outer.line.outer += 1
            outer.line.recurses = True
        cost.newest = activation
        activation.below = self.top
        self.top = activation

    def pop(self, now: float) -> Activation:
        """Takes the innermost activation off the stack, all time credited."""
        activation = self.top
        activation.close(now)
        self.top = activation.below
        outer = activation.outer
        cost = activation.cost
        cost.newest = outer
        if outer is None:
            cost.time += now - activation.started
        else:
            activation.outer = None
            if outer.line is not None:
                outer.line.outer -= 1
        return activation

    def reach(self, code: object, now: float) -> Optional[Activation]:
        """The activation that an event came from, though it is not known as the innermost.

        Those above it have returned unseen. One that is not on the stack was called unseen.
        """
        if self.uncover(code, now):
            return self.top
        cost = self.cost_of(code)
        return cost and self.call(cost, now)

    def uncover(self, code: object, now: float) -> bool:
        """Takes off what has returned unseen above the code object; false if it is not there."""
        activation = self.top
        while activation.code is not code:
            activation = activation.below
            if activation is None:
                return False
        while self.top is not activation:
            self.pop(now)
        return True

    def stack(self) -> List[Activation]:
        """All activations, the innermost first."""
        found = []
        activation = self.top
        while activation.below is not None:
            found.append(activation)
            activation = activation.below
        return found

    def suspend(self, frame: int, entered: float) -> Activation:
        """The innermost activation, whose frame has that identity, is suspended."""
        activation = self.pop(entered - self.overhead)
        activation.suspended = entered
        self.suspended[frame] = activation
        return activation

    def go_on(self, code: object, frame: int, entered: float) -> Optional[CodeCost]:
        """A suspended activation goes on; returns its books, `None` if it is not the user's.

        Of one that no thread has seen being suspended, this is the first that is seen.
        """
        if frame not in self.suspended:
            for peer in list(self.peers.values()):
                journal.follow(peer)
        now = entered - self.overhead
        activation = self.suspended.pop(frame, None)
        if activation is not None and activation.code is code:
            if code.co_flags & COROUTINE:
                activation.waited(entered - activation.suspended)
            self.push(activation, now)
            cost = activation.cost
        else:
            cost = self.cost_of(code)
            if cost is None:
                return None
            self.call(cost, now)
        cost.entries += 1
        return cost

    def left(self, moment: float) -> None:
        """The thread stops to work for the request for a while."""
        self.left_at = moment

    def came_back(self, moment: float) -> None:
        """The thread works for the request again."""
        away = moment - self.left_at
        if self.entries:
            self.entries += (journal.CAME_BACK, away, moment)
            return
        if self.journal:
            journal.follow(self)
        self.was_away(away)

    def was_away(self, elapsed: float) -> None:
        """What is on the stack has been suspended for so long.

        That is a greenlet, or a coroutine or generator of a rewritten module, whose yields are not
        told. What waits goes on to be charged, but not a generator until it is asked for more.
        """
        stack = self.stack()
        is_generator = stack and stack[0].code.co_flags & GENERATOR
        for activation in stack:
            if is_generator:
                activation.since += elapsed
                activation.started += elapsed
            elif activation.line is not None:
                activation.line.waiting += elapsed

    def finish(self, moment: float) -> None:
        """The request has ended. What is written down is left for `close_books`."""
        self.ended = moment
        if len(self.peers) == 1:
            self.peers = {}  # Which refers to this, and would wait for the collector.
        if self.journal is None:
            self.close_books()
        else:
            journal.close(self)

    def close_books(self) -> None:
        """Follows what is written down and closes what still ran when the request ended."""
        if self.journal is not None:
            journal.follow(self)
        while self.top.below is not None:
            self.pop(self.ended - self.overhead)
        for cost in self.costs.values():
            cost.spare = None  # Or they would refer to each other, and wait for the collector.
