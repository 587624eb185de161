from django.urls import path

from roster.views import rules, students

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
]
