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
    path("rules/", views.rules_preview, name="rules_preview"),
    path("wording/", views.wording_list, name="wording_list"),
    path("wording/<str:key>/", views.wording_edit, name="wording_edit"),
    path("wording/<str:key>/restore/", views.wording_restore, name="wording_restore"),
]
