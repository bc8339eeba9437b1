"""How much measuring may cost. All times are seconds."""

from __future__ import annotations

#: What an event costs about, from leaving the user's line until the next one goes on.
EVENT_COST = 450e-9

#: Events may take one in so many parts of the time, of a line and of the request.
SHARE = 40

#: A line whose events take less than one in so many parts of the request's time is never dear.
RARE = 1000

#: Part that all events may take where functions are looked at that were switched off, and for how
#: long such a function must have been running.
BURST_SHARE = 32
UNOBSERVED = 10e-3

#: Such looks are kept until the request has ended: they come at most so often in all, and the
#: rarer the longer it lasts, each after that part of its time.
MOST_BURSTS = 500
INTERVALS = 100

#: What they may take in any request, however short.
FREE = 30e-6

#: Hits after which it is asked whether more can be afforded; the first ones are always free.
CHUNK = 10

#: From so many on, only what pays for itself is measured further.
HITS = 100

#: Hits before a window, for the interpreter to get used to the events again.
WARMING = 12

#: Events in a window, at least and at most: it should last for a few rounds of the outermost loop.
EVENTS = 400
MOST_EVENTS = 1_600

#: Cycles of a loop that are compared with and without events.
CYCLES = 32

#: More hits than a line ever has: there is no budget.
UNLIMITED = 1 << 62
