"""The programme that the template page shows; made once, so that a request costs its rendering."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

OPENING = datetime(2026, 5, 1, 14, 0, tzinfo=timezone.utc)
ROOMS = ('Rialto', 'Astoria', 'Odeon')


def make_film(number: int) -> dict[str, object]:
    showings = [
        {'starts': OPENING + timedelta(hours=3 * turn), 'free': 12 * turn + number}
        for turn in range(3)
    ]
    return {
        'title': 'the long night of film %d' % number,
        'minutes': 84 + 7 * number,
        'rating': (number * 13) % 50 / 10,
        'room': ROOMS[number % len(ROOMS)],
        'summary': 'A film <in parts> about the %dth attempt to come home. ' % number * 4,
        'showings': showings,
    }


FILMS = [make_film(number) for number in range(9)]
