from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def stars(rating: float) -> str:
    """A rating of 0 to 5 as stars."""
    full = round(rating)
    return '★' * full + '☆' * (5 - full)


@register.filter
def running_time(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return '%d min' % rest
    return '%d h %02d' % (hours, rest)
