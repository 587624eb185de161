from django.urls import path

from contacts import views
from contacts.views import own_imports, requests

app_name = "contacts"

# /contacts/
urlpatterns = [
    path("", views.contact_list, name="list"),
    path("quick-add/", views.quick_add, name="quick_add"),
    path("brainstorm/", views.brainstorm, name="brainstorm"),
    path("duplicates/", views.duplicates, name="duplicates"),
    path("not-the-same/<int:pk>/undo/", views.maybe_the_same, name="maybe_the_same"),
    path("merges/<int:pk>/undo/", views.undo_merge, name="undo_merge"),
    path("new/", views.create, name="create"),
    path("from-alum/<int:alum_pk>/", views.from_alum, name="from_alum"),
    path("imports/", own_imports.import_list, name="import_list"),
    path("imports/new/", own_imports.import_upload, name="import_upload"),
    path("imports/<int:pk>/", own_imports.import_detail, name="import_detail"),
    path("imports/<int:pk>/choose/", own_imports.import_choose, name="import_choose"),
    path("imports/<int:pk>/add/", own_imports.import_add, name="import_add"),
    path("imports/<int:pk>/done/", own_imports.import_done, name="import_done"),
    path("imports/<int:pk>/undo/", own_imports.import_undo, name="import_undo"),
    path("imports/<int:pk>/forget/", own_imports.import_forget, name="import_forget"),
    path("imports/<int:pk>/left-out/", own_imports.import_left_out, name="import_left_out"),
    path("requests/", requests.request_list, name="requests"),
    path("requests/<uuid:pk>/", requests.request_detail, name="request"),
    path("requests/<uuid:pk>/take-back/", requests.request_withdraw, name="request_withdraw"),
    path("requests/<uuid:pk>/time/", requests.request_take_time, name="request_take_time"),
    path("requests/<uuid:pk>/named/", requests.request_named, name="request_named"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/delete/", views.delete, name="delete"),
    path("<int:pk>/name-permission/", views.name_permission, name="name_permission"),
    path("<int:pk>/merge/<int:other_pk>/", views.merge, name="merge"),
    path("<int:pk>/not-the-same/<int:other_pk>/", views.not_the_same, name="not_the_same"),
    path("<int:pk>/log/", views.log, name="log"),
    path("interactions/<int:pk>/edit/", views.edit_interaction, name="edit_interaction"),
    path("interactions/<int:pk>/delete/", views.delete_interaction, name="delete_interaction"),
    path("interactions/<int:pk>/call-made/", views.call_made, name="call_made"),
]
