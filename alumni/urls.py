from django.urls import path

from alumni.views import directory, exports, imports

app_name = "alumni"

# /alumni/
urlpatterns = [
    path("", directory.alum_list, name="list"),
    path("new/", directory.create, name="create"),
    path("<int:pk>/", directory.detail, name="detail"),
    path("<int:pk>/edit/", directory.edit, name="edit"),
    path("export/", exports.export, name="export"),
    path("exports/", exports.export_list, name="export_list"),
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/", imports.upload, name="import_upload"),
    path("imports/<uuid:pk>/", imports.detail, name="import_detail"),
    path("imports/<uuid:pk>/match/", imports.match, name="import_match"),
    path("imports/<uuid:pk>/check/", imports.check, name="import_check"),
    path("imports/<uuid:pk>/start/", imports.start, name="import_start"),
    path("imports/<uuid:pk>/progress/", imports.progress, name="import_progress"),
    path("imports/<uuid:pk>/left-out/", imports.rejected, name="import_rejected"),
    path("imports/<uuid:pk>/undo/", imports.undo, name="import_undo"),
]
