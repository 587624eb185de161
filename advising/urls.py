from django.urls import path

from advising.views import letters, nudging, remarks, student, words

app_name = "advising"

# /advising/
urlpatterns = [
    path("students/<int:pk>/", student.student, name="student"),
    path("students/<int:pk>/letters/", letters.letters, name="letters"),
    path("students/<int:pk>/people/", letters.people, name="people"),
    path("students/<int:pk>/spoken/", student.spoken, name="spoken"),
    path("students/<int:pk>/spoken/take-back/", student.unspoken, name="unspoken"),
    path("students/<int:pk>/remarks/", remarks.add, name="remark_add"),
    path("remarks/<int:pk>/", remarks.edit, name="remark"),
    path("remarks/<int:pk>/delete/", remarks.delete, name="remark_delete"),
    path("write/", nudging.write, name="write"),
    # A student's own page
    path("words/", words.words, name="words"),
    path("words/read/", words.read, name="words_read"),
]
