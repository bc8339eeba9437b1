from django.urls import path

from . import views

urlpatterns = [
    path('', views.home, name='home'),
    path('products/', views.product_list, name='products'),
    path('products/<slug:slug>/', views.product_detail, name='product'),
    path('products/<slug:slug>/shipping/', views.shipping, name='shipping'),
    path('categories/', views.categories, name='categories'),
    path('checkout/', views.checkout, name='checkout'),
    path('orders/', views.order_list, name='orders'),
    path('reports/refunds/', views.refund_report, name='refunds'),
    path('api/products/', views.api_products, name='api-products'),
    path('api/cart/', views.api_cart, name='api-cart'),
]
