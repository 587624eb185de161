from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("", views.students, name="students"),
    path("alumni/", views.alumni, name="alumni"),
    path("alumni/csv/", views.take_alumni, name="take_alumni"),
    path("csv/", views.take_csv, name="take_csv"),
    path("pack/", views.take_pack, name="take_pack"),
    path("taken/", views.taken, name="taken"),
    path("terms/", views.terms, name="terms"),
    path("terms/<int:pk>/", views.term, name="term"),
    path("terms/<int:pk>/remove/", views.remove_term, name="remove_term"),
]
