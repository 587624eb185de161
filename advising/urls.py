from django.urls import path

from advising import views

app_name = "advising"

urlpatterns = [
    path("students/<int:pk>/", views.student, name="student"),
]
