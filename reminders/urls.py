from django.urls import path

from reminders import views

app_name = "reminders"

# /today/
urlpatterns = [
    path("undeliverable/", views.undeliverable, name="undeliverable"),
    path("undeliverable/<int:recipient_pk>/", views.try_again, name="try_again"),
]
