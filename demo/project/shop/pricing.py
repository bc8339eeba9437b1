"""What a cart costs, and what goes well with it."""

from decimal import Decimal

FREE_SHIPPING_FROM = Decimal('50.00')
SHIPPING = Decimal('4.90')


def cart_total(products):
    """The price of a cart, shipping included."""
    goods = sum((product.price for product in products), Decimal(0))
    return goods if goods >= FREE_SHIPPING_FROM else goods + SHIPPING


def suggest_products(cart, catalogue, count=5):
    """The products whose descriptions are most like those of what is in the cart."""
    scores = []
    for candidate in catalogue:
        if candidate in cart:
            continue
        score = sum(similarity(candidate.description, product.description) for product in cart)
        scores.append((score, candidate.name, candidate))
    scores.sort(reverse=True)
    return [candidate for _, _, candidate in scores[:count]]


def similarity(description, other_description):
    """How many pairs of words two descriptions have in common."""
    matches = 0
    for word in description.split():
        for other in other_description.split():
            if word.strip('.,').lower() == other.strip('.,').lower():
                matches += 1
    return matches
