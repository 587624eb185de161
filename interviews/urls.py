from django.urls import path

from interviews.views import deeds, talks

app_name = "interviews"

# /interviews/
urlpatterns = [
    path("", talks.interview_list, name="list"),
    path("new/<int:contact_pk>/", talks.create, name="create"),
    path("<int:pk>/", talks.detail, name="detail"),
    path("<int:pk>/agree/", deeds.Agree.as_view(), name="agree"),
    path("<int:pk>/move/", talks.move, name="move"),
    path("<int:pk>/hold/", deeds.Hold.as_view(), name="hold"),
    path("<int:pk>/thank/", deeds.Thank.as_view(), name="thank"),
    path("<int:pk>/follow-up/", deeds.FollowUp.as_view(), name="follow_up"),
    path("<int:pk>/notes/", talks.notes, name="notes"),
]
