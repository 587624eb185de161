from django.urls import path

from alumni.views import desk

app_name = "desk"

# /desk/
urlpatterns = [
    path("", desk.start, name="start"),
    path("sent/", desk.sent, name="sent"),
    path("removed/", desk.removed, name="removed"),
    path("<str:token>/", desk.home, name="home"),
    path("<str:token>/yes/", desk.accept, name="accept"),
    path("<str:token>/call/", desk.call, name="call"),
    path("<str:token>/no/", desk.decline, name="decline"),
    path("<str:token>/pause/", desk.pause, name="pause"),
    path("<str:token>/how/", desk.terms, name="terms"),
    path("<str:token>/record/", desk.record, name="record"),
    path("<str:token>/directory/", desk.consent, name="consent"),
    path("<str:token>/remove/", desk.remove, name="remove"),
    path("<str:token>/fresh/", desk.fresh, name="fresh"),
    path("<str:token>/unsubscribe/", desk.unsubscribe, name="unsubscribe"),
]
