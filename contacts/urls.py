from django.urls import path

from contacts import views

app_name = "contacts"

# /contacts/
urlpatterns = [
    path("", views.contact_list, name="list"),
    path("quick-add/", views.quick_add, name="quick_add"),
    path("new/", views.create, name="create"),
    path("from-alum/<int:alum_pk>/", views.from_alum, name="from_alum"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/delete/", views.delete, name="delete"),
    path("<int:pk>/log/", views.log, name="log"),
    path("interactions/<int:pk>/edit/", views.edit_interaction, name="edit_interaction"),
    path("interactions/<int:pk>/delete/", views.delete_interaction, name="delete_interaction"),
    path("interactions/<int:pk>/call-made/", views.call_made, name="call_made"),
]
