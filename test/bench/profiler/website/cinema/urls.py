from django.urls import path

from . import views

urlpatterns = [
    path('programme/', views.programme, name='programme'),
    path('seats/', views.seats, name='seats'),
    path('kinds/<str:name>/<int:rounds>/', views.kind, name='kind'),
    path('loops/<str:name>/', views.loop, name='loop'),
]
