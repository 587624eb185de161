from django.urls import path

from records import views

app_name = "records"

# /record/
urlpatterns = [
    path("", views.search, name="search"),
    path("tree/", views.tree, name="tree"),
    path("cards/", views.cards, name="cards"),
    path("cards.pdf", views.cards_pdf, name="cards_pdf"),
    path("binder/", views.binder, name="binder"),
    path("binder.pdf", views.binder_pdf, name="binder_pdf"),
    path("contacts.csv", views.export_csv, name="export_csv"),
    path("contacts.vcf", views.export_vcards, name="export_vcards"),
    path("take-away.zip", views.take_away, name="take_away"),
]
