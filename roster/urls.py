from django.urls import path

from roster.views import graduation, list_work, lists, mail, rules, students

app_name = "roster"

urlpatterns = [
    path("", students.overview, name="overview"),
    path("students/", students.student_list, name="students"),
    path("students/<int:pk>/", students.student, name="student"),
    path("assign/", students.assign, name="assign"),
    path("rules/", rules.rule_list, name="rules"),
    path("rules/new/", rules.rule_add, name="rule_add"),
    path("rules/preview/", rules.preview, name="preview"),
    path("rules/apply/", rules.apply, name="apply"),
    path("rules/<int:pk>/", rules.rule, name="rule"),
    path("rules/<int:pk>/move/", rules.rule_move, name="rule_move"),
    path("rules/<int:pk>/drop/", rules.rule_drop, name="rule_drop"),
    path("lists/", lists.list_of_lists, name="lists"),
    path("lists/new/", lists.upload, name="list_upload"),
    path("lists/<int:pk>/", list_work.detail, name="list"),
    path("lists/<int:pk>/match/", lists.match, name="list_match"),
    path("lists/<int:pk>/progress/", list_work.progress, name="list_progress"),
    path("lists/<int:pk>/keep/", list_work.keep, name="list_keep"),
    path("lists/<int:pk>/apply/", list_work.apply, name="list_apply"),
    path("lists/<int:pk>/stop/", list_work.stop, name="list_stop"),
    path("lists/<int:pk>/undo/", list_work.undo, name="list_undo"),
    path("lists/<int:pk>/left-out/", lists.left_out, name="list_left_out"),
    path("graduation/", graduation.classes, name="classes"),
    path("graduation/<int:year>/", graduation.preview, name="class"),
    path("graduation/<int:year>/go/", graduation.move_on, name="class_go"),
    path("graduation/past/<int:pk>/", graduation.past, name="graduation"),
    path("graduation/past/<int:pk>/undo/", graduation.undo, name="graduation_undo"),
    path("after/", graduation.after, name="after"),
    path("mail/", mail.mail_list, name="mail"),
    path("mail/<int:pk>/again/", mail.mail_again, name="mail_again"),
]
