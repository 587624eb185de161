from django.urls import path

from letters.views import asking, building, listing, resume, reviewing, sending

app_name = "letters"

# /letters/
urlpatterns = [
    path("", listing.letter_list, name="list"),
    path("new/<int:contact_pk>/", listing.create, name="create"),
    path("ask/<int:alum_pk>/", asking.ask, name="ask"),
    path("<int:pk>/", building.detail, name="detail"),
    path("<int:pk>/delete/", listing.delete, name="delete"),
    path("<int:pk>/print/", listing.print_page, name="print"),
    path("<int:pk>/send/", sending.send, name="send"),
    path("<int:pk>/take-back/", sending.take_back, name="take_back"),
    path("<int:pk>/try-again/", sending.try_again, name="try_again"),
    path("<int:pk>/review/", reviewing.ask_review, name="ask_review"),
    path("<int:pk>/review/take-back/", reviewing.take_back_review, name="take_back_review"),
    path("reviews/", reviewing.review_list, name="reviews"),
    path("reviews/<int:pk>/", reviewing.review, name="review"),
    path("reviews/<int:pk>/passages/", reviewing.say_about, name="say_about"),
    path("passages/<int:pk>/delete/", reviewing.say_no_more, name="say_no_more"),
    path("resume/", resume.resume, name="resume"),
    path("resume/delete/", resume.resume_delete, name="resume_delete"),
    path("resume/<int:student_pk>/file/", resume.resume_file, name="resume_file"),
    path("resume/<int:student_pk>/review/", resume.resume_review, name="resume_review"),
]
