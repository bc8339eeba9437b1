"""The pages of the benchmark, written as such pages are: nothing is done for its sake."""

from __future__ import annotations

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from .listing import FILMS
from .loops import LOOPS
from .models import Booking, Showing


def programme(request: HttpRequest) -> HttpResponse:
    """A page that only renders: inheritance, loops, an include and filters."""
    films = sorted(FILMS, key=lambda film: film['rating'], reverse=True)
    best = films[0]['rating']
    for position, film in enumerate(films, 1):
        film['position'] = position
        film['share'] = film['rating'] / best
    return render(request, 'cinema/programme.html', {'films': films, 'visitor': None})


def seats(request: HttpRequest) -> JsonResponse:
    """Twenty queries: a total, the showings with their films, and one more for each showing."""
    sold = Booking.objects.aggregate(places=Sum('places'))['places']
    rooms = {}
    for showing in Showing.objects.select_related('film').order_by('pk'):
        entry = describe(showing)
        rooms.setdefault(showing.room, []).append(entry)
    fullest = max((entry for room in rooms.values() for entry in room), key=occupancy)
    return JsonResponse({'sold': sold, 'rooms': rooms, 'fullest': fullest['film']})


def describe(showing: Showing) -> dict[str, object]:
    taken = 0
    guests = []
    for booking in showing.booking_set.select_related('guest').order_by('guest__name'):
        taken += booking.places
        if booking.places > 1:
            guests.append('%s and %d more' % (booking.guest.name, booking.places - 1))
        else:
            guests.append(booking.guest.name)
    return {
        'film': showing.film.label(),
        'starts': showing.starts.isoformat(),
        'free': showing.seats - taken,
        'occupancy': taken / showing.seats,
        'guests': guests,
    }


def occupancy(entry: dict[str, float]) -> float:
    return entry['occupancy']


def loop(request: HttpRequest, name: str) -> JsonResponse:
    return JsonResponse({'result': LOOPS[name]()})


def kind(request: HttpRequest, name: str, rounds: int) -> JsonResponse:
    import kinds  # Beside the website, and so only to be had where a benchmark serves it.

    getattr(kinds, name)(rounds)
    return JsonResponse({'rounds': rounds})
