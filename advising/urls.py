from django.urls import path

from advising.views import goals, letters, nudging, remarks, student, words

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
    path("goals/", goals.goal_list, name="goals"),
    path("goals/new/", goals.create, name="goal_create"),
    path("goals/<int:pk>/", goals.goal, name="goal"),
    path("goals/<int:pk>/edit/", goals.edit, name="goal_edit"),
    path("goals/<int:pk>/delete/", goals.delete, name="goal_delete"),
    # A student's own page
    path("words/", words.words, name="words"),
    path("words/read/", words.read, name="words_read"),
]
