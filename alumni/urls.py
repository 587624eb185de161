from django.urls import path

from alumni.views import (
    campaigns,
    desk_office,
    directory,
    exports,
    goodwill,
    import_check,
    imports,
    vocabulary,
)

app_name = "alumni"

# /alumni/
urlpatterns = [
    path("", directory.alum_list, name="list"),
    path("new/", directory.create, name="create"),
    path("<int:pk>/", directory.detail, name="detail"),
    path("<int:pk>/edit/", directory.edit, name="edit"),
    path("goodwill/", goodwill.goodwill, name="goodwill"),
    path("export/", exports.export, name="export"),
    path("exports/", exports.export_list, name="export_list"),
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/", imports.upload, name="import_upload"),
    path("imports/<uuid:pk>/", imports.detail, name="import_detail"),
    path("imports/<uuid:pk>/match/", imports.match, name="import_match"),
    path("imports/<uuid:pk>/check/", import_check.check, name="import_check"),
    path("imports/<uuid:pk>/check/<int:number>/", import_check.correct, name="import_correct"),
    path("imports/<uuid:pk>/start/", imports.start, name="import_start"),
    path("imports/<uuid:pk>/stop/", imports.stop, name="import_stop"),
    path("imports/<uuid:pk>/progress/", imports.progress, name="import_progress"),
    path("imports/<uuid:pk>/left-out/", import_check.rejected, name="import_rejected"),
    path("imports/<uuid:pk>/undo/", imports.undo, name="import_undo"),
    path("<int:pk>/desk/", desk_office.history, name="desk"),
    path("<int:pk>/desk/send/", desk_office.send_link, name="desk_send_link"),
    path("<int:pk>/desk/revoke/", desk_office.revoke, name="desk_revoke"),
    path("mail/<int:pk>/again/", campaigns.mail_again, name="mail_again"),
    path("campaign/", campaigns.campaign_list, name="campaign_list"),
    path("campaign/new/", campaigns.create, name="campaign_create"),
    path("campaign/<int:pk>/", campaigns.detail, name="campaign_detail"),
    path("campaign/<int:pk>/start/", campaigns.start, name="campaign_start"),
    path("campaign/<int:pk>/pause/", campaigns.pause, name="campaign_pause"),
    path("campaign/<int:pk>/go-on/", campaigns.go_on, name="campaign_go_on"),
    path("campaign/<int:pk>/stop/", campaigns.stop, name="campaign_stop"),
    path("vocabulary/", vocabulary.word_list, name="vocabulary"),
    path("vocabulary/new/", vocabulary.add, name="term_add"),
    path("vocabulary/<int:pk>/", vocabulary.term, name="term"),
    path("vocabulary/<int:pk>/remove/", vocabulary.remove, name="term_remove"),
    path("vocabulary/<int:pk>/merge/", vocabulary.merge, name="term_merge"),
    path("vocabulary/unknown/<int:pk>/", vocabulary.settle, name="unknown_word"),
]
