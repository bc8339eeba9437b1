import json

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from . import carrier
from .categories import category_tree
from .models import Order, Product
from .pricing import cart_total, suggest_products

CART_SIZE = 6


def home(request):
    """Fast: nothing but a template."""
    return render(request, 'shop/home.html')


def product_list(request):
    """Fast: one query."""
    products = Product.objects.select_related('category').order_by('name')
    return render(request, 'shop/product_list.html', {'products': products})


def product_detail(request, slug):
    """Fast: one query by an index."""
    product = get_object_or_404(Product.objects.select_related('category'), slug=slug)
    return render(request, 'shop/product_detail.html', {'product': product})


def checkout(request):
    """Slow: compares descriptions word by word in Python."""
    catalogue = list(Product.objects.order_by('name'))
    cart = catalogue[:CART_SIZE]
    context = {
        'cart': cart,
        'total': cart_total(cart),
        'suggestions': suggest_products(cart, catalogue),
    }
    return render(request, 'shop/checkout.html', context)


def order_list(request):
    """Slow: asks the database again for every customer, line and product of every order."""
    return render(request, 'shop/order_list.html', {'orders': Order.objects.all()})


def categories(request):
    """A recursive function and one query for each category."""
    return render(request, 'shop/categories.html', {'tree': category_tree()})


def shipping(request, slug):
    """Slow without working: waits for the carrier, once for each offer."""
    product = get_object_or_404(Product, slug=slug)
    offers = {
        'standard': carrier.quote(product.grams, express=False),
        'express': carrier.quote(product.grams, express=True),
    }
    return render(request, 'shop/shipping.html', {'product': product, 'offers': offers})


def refund_report(request):
    """Fails: no order has been refunded, so there is nothing to divide by."""
    refunded = Order.objects.filter(refunded=True)
    average = sum(order.total() for order in refunded) / refunded.count()
    return JsonResponse({'average': average})


def api_products(request):
    """The catalogue for other programs."""
    fields = ('name', 'slug', 'price', 'grams')
    return JsonResponse({'products': list(Product.objects.values(*fields))})


@csrf_exempt  # For other programs: there is no session that a foreign page could abuse.
@require_POST
def api_cart(request):
    """The price of a cart that is sent as {"slugs": [...]}."""
    slugs = json.loads(request.body)['slugs']
    products = Product.objects.filter(slug__in=slugs)
    return JsonResponse({'total': cart_total(products)})
