"""Fills the database of a fresh process."""

from __future__ import annotations

from django.core.management import call_command

from .listing import OPENING, ROOMS
from .models import Booking, Film, Guest, Showing

FILM_COUNT = 18
GUEST_COUNT = 30


def fill() -> None:
    call_command('migrate', run_syncdb=True, verbosity=0)
    guests = [make_guest(number) for number in range(GUEST_COUNT)]
    for number in range(FILM_COUNT):
        film = Film.objects.create(title='Film %d' % number, minutes=84 + 7 * number)
        room = ROOMS[number % len(ROOMS)]
        showing = Showing.objects.create(film=film, starts=OPENING, room=room, seats=80)
        Booking.objects.bulk_create(
            Booking(showing=showing, guest=guest, places=guest.pk % 4 + 1) for guest in guests
        )


def make_guest(number: int) -> Guest:
    mail = 'guest%d@example.com' % number
    return Guest.objects.create(name='Guest %d' % number, mail=mail, since=OPENING.date())
