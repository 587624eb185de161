from django.urls import path

from accounts import views

app_name = "accounts"

# /accounts/, beside allauth's own pages
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("looks/", views.looks, name="looks"),
    path("theme/", views.theme, name="theme"),
    path("address/<int:pk>/works/", views.address_works, name="address_works"),
    path("office/", views.office_settings, name="office_settings"),
]
