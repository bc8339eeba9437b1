"""Fills an empty shop with the same goods, customers and orders every time."""

import random
from datetime import datetime, timedelta, timezone

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.text import slugify

from shop.models import Category, Customer, Order, OrderLine, Product

CATEGORIES = {
    'Coffee': {'Espresso': {'Single origin': {}, 'Blends': {}}, 'Filter': {'Light roasts': {}}},
    'Tea': {'Green': {'Japan': {'Kyoto': {}}}, 'Black': {'Assam': {}, 'Darjeeling': {}}},
    'Kitchen': {'Grinders': {'Hand grinders': {}}, 'Kettles': {}, 'Cups': {}},
}
ORIGINS = ['Sidamo', 'Huila', 'Kilimanjaro', 'Uji', 'Mokka', 'Sumatra', 'Antigua', 'Lampang']
KINDS = ['Roast', 'Reserve', 'Harvest', 'Selection', 'Blend', 'Morning', 'Evening', 'Cup']
WORDS = [
    'Notes',
    'of',
    'cocoa,',
    'honey,',
    'citrus,',
    'walnut,',
    'jasmine,',
    'plum,',
    'caramel,',
    'malt,',
    'almond',
    'and',
    'vanilla.',
    'Hand',
    'picked,',
    'slowly',
    'dried,',
    'gently',
    'roasted,',
    'freshly',
    'packed,',
    'grown',
    'in',
    'the',
    'shade',
    'of',
    'old',
    'trees.',
]
CITIES = ['Bergen', 'Porto', 'Rostock', 'Galway', 'Genoa', 'Split']
FIRST_NAMES = ['Ada', 'Bruno', 'Chiara', 'Dag', 'Elif', 'Finn', 'Greta', 'Hugo']
LAST_NAMES = ['Berg', 'Costa', 'Duarte', 'Keller', 'Moreau']
DESCRIPTION_WORDS = 48
ORDERS = 24


class Command(BaseCommand):
    help = __doc__

    @transaction.atomic
    def handle(self, **options):
        if Product.objects.exists():
            self.stdout.write('The shop is filled already.')
            return
        self.random = random.Random(2004)
        self.add_categories(CATEGORIES, parent=None)
        products = self.add_products()
        self.add_orders(products)
        self.stdout.write(f'{len(products)} products and {ORDERS} orders.')

    def add_categories(self, names, parent):
        for name, below in names.items():
            category = Category.objects.create(name=name, parent=parent)
            self.add_categories(below, category)

    def add_products(self):
        categories = list(Category.objects.all())
        names = [f'{origin} {kind}' for origin in ORIGINS for kind in KINDS]
        return Product.objects.bulk_create(
            Product(
                name=name,
                slug=slugify(name),
                description=' '.join(self.random.choices(WORDS, k=DESCRIPTION_WORDS)),
                price=f'{self.random.randint(4, 60)}.90',
                grams=self.random.choice([100, 250, 500, 1000]),
                category=self.random.choice(categories),
            )
            for name in names
        )

    def add_orders(self, products):
        names = [f'{first} {last}' for first in FIRST_NAMES for last in LAST_NAMES]
        opening = datetime(2026, 1, 5, 9, tzinfo=timezone.utc)
        for number in range(ORDERS):
            customer = Customer.objects.create(
                name=names[number % len(names)], city=self.random.choice(CITIES)
            )
            order = Order.objects.create(
                customer=customer, placed=opening + timedelta(hours=7 * number)
            )
            for product in self.random.sample(products, k=3):
                OrderLine.objects.create(
                    order=order, product=product, quantity=self.random.randint(1, 4)
                )
