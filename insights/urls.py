from django.urls import path

from insights import views

app_name = "insights"

urlpatterns = [
    path("", views.by_field, name="by_field"),
    path("mine/", views.own, name="own"),
    path("mine/<int:pk>/", views.share, name="share"),
    path("mine/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("review/", views.queue, name="queue"),
    path("review/<int:pk>/", views.review, name="review"),
]
