from django.urls import path

from books import views

urlpatterns = [
    path('shelf/<int:count>/', views.shelf),
    path('first/', views.first),
    path('second/', views.second),
    path('fails/', views.fails),
    path('stream/', views.stream),
    path('await/<str:name>/', views.await_twice),
]
