from django.urls import path

from advising.views import student

app_name = "advising"

# /advising/
urlpatterns = [
    path("students/<int:pk>/", student.student, name="student"),
    path("students/<int:pk>/spoken/", student.spoken, name="spoken"),
    path("students/<int:pk>/spoken/take-back/", student.unspoken, name="unspoken"),
]
