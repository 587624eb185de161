from django.urls import path

from reminders import views

app_name = "post"

# /reminders/
urlpatterns = [
    path("", views.notices, name="notices"),
    path("choices/", views.choices, name="choices"),
    path("breaks/", views.breaks, name="breaks"),
    path("breaks/preview/", views.break_preview, name="break_preview"),
    path("breaks/<int:pk>/drop/", views.drop_break, name="drop_break"),
    path("<str:token>/", views.act, name="act"),
    path("<str:token>/unsubscribe/", views.unsubscribe, name="unsubscribe"),
]
