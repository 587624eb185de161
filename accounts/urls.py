from django.urls import path

from accounts import views

app_name = "accounts"

# /accounts/, beside allauth's own pages
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("looks/", views.looks, name="looks"),
    path("theme/", views.theme, name="theme"),
    path("office/", views.office_settings, name="office_settings"),
]
