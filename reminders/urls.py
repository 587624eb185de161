from django.urls import path

from reminders import views
from reminders.feed import views as feed

app_name = "reminders"

# /today/
urlpatterns = [
    path("undeliverable/", views.undeliverable, name="undeliverable"),
    path("undeliverable/<int:recipient_pk>/", views.try_again, name="try_again"),
    path("calendar/", feed.page, name="calendar"),
    path("calendar/new/", feed.make, name="calendar_make"),
    path("calendar/stop/", feed.stop, name="calendar_stop"),
]
