"""The tree of categories, built by recursion."""

from collections import defaultdict

from .models import Category


def category_tree():
    """The categories without a parent, each with its branches."""
    children_of = defaultdict(list)
    for category in Category.objects.order_by('name'):
        children_of[category.parent_id].append(category)
    return [branch(category, children_of) for category in children_of[None]]


def branch(category, children_of):
    """A category with everything below it and the number of products in all of that."""
    branches = [branch(child, children_of) for child in children_of[category.id]]
    own = category.products.count()
    return {
        'category': category,
        'branches': branches,
        'products': own + sum(below['products'] for below in branches),
    }
