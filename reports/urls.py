from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("terms/", views.terms, name="terms"),
    path("terms/<int:pk>/", views.term, name="term"),
    path("terms/<int:pk>/remove/", views.remove_term, name="remove_term"),
]
