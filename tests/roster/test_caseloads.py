"""Who looks after whom: rules, hands, history, and two people at once."""

from datetime import UTC, date, datetime
from threading import Barrier, Thread
from time import sleep

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import Caseload, Role
from roster import actions
from roster.actions import caseloads
from roster.matching import Facts, Matcher, digest, sizes_after
from roster.people import CAPACITY, advisors, counts
from tests.factories import (
    AssignmentRuleFactory,
    CaseloadFactory,
    StudentProfileFactory,
    UserFactory,
)

NOW = datetime(2026, 9, 2, 15, 0, tzinfo=UTC)


def facts(**said):
    known = {"class_year": 2027, "majors": frozenset({"english"}), "interests": frozenset()}
    return Facts(pk=1, name="Maya", **(known | said))


def a_student(**profile):
    return StudentProfileFactory(**profile).student


def advisor_named(name):
    return UserFactory(name=name, role=Role.ADVISOR)


def slowly(plan):
    """Long enough for the other to come in between, if nothing holds them."""

    def planned(*args, **said):
        found = plan(*args, **said)
        sleep(0.3)
        return found

    return planned


def apply_rules(*, also_decided=False):
    moves = actions.moves_by_rule(also_decided=also_decided)
    return actions.apply_rules(previewed=digest(moves), also_decided=also_decided, at=NOW)


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        ({}, True),
        ({"majors": ["ENGLISH", "Film"]}, True),
        ({"majors": ["Film"]}, False),
        ({"from_year": 2027, "to_year": 2027}, True),
        ({"from_year": 2028}, False),
        ({"to_year": 2026}, False),
        ({"from_year": 2020}, True),
        ({"interests": ["Journalism"]}, False),
        ({"majors": ["English"], "from_year": 2028}, False),
    ],
)
def test_a_rule_fits_when_all_of_it_does(rule, fits):
    matcher = Matcher([AssignmentRuleFactory.build(**rule)])

    assert (matcher.first_for(facts()) is not None) is fits


def test_a_rule_about_classes_leaves_out_who_has_none():
    assert (
        Matcher([AssignmentRuleFactory.build(to_year=2027)]).first_for(facts(class_year=None))
        is None
    )


def test_the_first_rule_that_fits_decides():
    film, english = (
        AssignmentRuleFactory(majors=["Film"]),
        AssignmentRuleFactory(majors=["English"]),
    )
    everybody = AssignmentRuleFactory()
    student, other = a_student(majors=["English", "Film"]), a_student(majors=["Music"])

    moves = {move.student_id: move.rule for move in actions.moves_by_rule(also_decided=False)}

    assert moves == {student.pk: film, other.pk: everybody}
    actions.move_rule(english, up=True)
    first = actions.moves_by_rule(also_decided=False)[0]
    assert first.student_id == student.pk
    assert first.rule == english


def test_a_preview_changes_nothing_and_applying_keeps_the_history(client, staff):
    before = CaseloadFactory(source="RULE", student=a_student(majors=["English"]))
    rule = AssignmentRuleFactory(majors=["English"])
    client.force_login(staff)

    page = client.get(reverse("roster:preview"))
    assert Caseload.objects.get() == before

    shown = page.context["previewed"]
    client.post(reverse("roster:apply"), {"previewed": shown})

    before.refresh_from_db()
    assert before.until is not None
    now = Caseload.objects.open().get()
    assert (now.advisor, now.student, now.source) == (rule.advisor, before.student, "RULE")
    assert now.since == before.until


@pytest.mark.parametrize("source", ["HAND", "LIST"])
def test_what_was_decided_stays_unless_told_otherwise(source):
    decided = CaseloadFactory(source=source)
    AssignmentRuleFactory()

    assert apply_rules() == 0
    assert Caseload.objects.open().get() == decided
    assert apply_rules(also_decided=True) == 1


def test_a_second_time_moves_nobody():
    AssignmentRuleFactory()
    a_student()

    assert (apply_rules(), apply_rules()) == (1, 0)


def test_whom_no_rule_fits_stays_where_they_are():
    there = CaseloadFactory(source="RULE")
    AssignmentRuleFactory(majors=["Falconry"])

    assert apply_rules() == 0
    assert Caseload.objects.open().get() == there


def test_a_rule_waits_while_its_advisor_cannot_log_in():
    rule = AssignmentRuleFactory()
    a_student()
    rule.advisor.is_active = False
    rule.advisor.save()

    assert apply_rules() == 0


@pytest.mark.parametrize("graduated_on", [date(2026, 6, 1), None])
def test_graduates_and_those_who_left_are_given_to_nobody(graduated_on):
    AssignmentRuleFactory()
    student = a_student(graduated_on=graduated_on)
    student.is_active = graduated_on is not None
    student.save()

    assert apply_rules() == 0


def test_a_plan_that_is_out_of_date_is_shown_again_and_not_done(client, staff):
    AssignmentRuleFactory()
    a_student()
    client.force_login(staff)
    shown = client.get(reverse("roster:preview")).context["previewed"]
    a_student()

    response = client.post(reverse("roster:apply"), {"previewed": shown})

    assert response.status_code == 409
    assert b"2 students would move" in response.content
    assert not Caseload.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_apply_the_same_rules_at_once_move_each_student_once(monkeypatch):
    monkeypatch.setattr(caseloads, "moves_by_rule", slowly(caseloads.moves_by_rule))
    AssignmentRuleFactory()
    for _ in range(20):
        a_student()
    shown = digest(actions.moves_by_rule(also_decided=False))
    start, came = Barrier(2), []

    def press():
        start.wait()
        try:
            came.append(actions.apply_rules(previewed=shown, also_decided=False, at=NOW))
        except actions.HasChanged:
            came.append("changed")
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(2)]
    [one.start() for one in threads]
    [one.join() for one in threads]

    assert sorted(came, key=str) == [20, "changed"]
    assert Caseload.objects.count() == 20


def test_by_hand_moves_pins_and_ends():
    student, ruth, noel = a_student(), advisor_named("Ruth"), advisor_named("Noel")
    CaseloadFactory(student=student, advisor=ruth, source="RULE", since=date(2026, 1, 1))

    assert actions.assign_by_hand([student.pk], ruth, at=NOW) == 0
    assert Caseload.objects.open().get().source == "HAND"
    assert actions.assign_by_hand([student.pk], noel, at=NOW) == 1
    assert Caseload.objects.open().get().advisor == noel
    assert actions.assign_by_hand([student.pk], None, at=NOW) == 1
    assert not Caseload.objects.open().exists()
    assert [one.until for one in Caseload.objects.order_by("pk")] == [date(2026, 9, 2)] * 2


def test_by_hand_is_for_students_alone():
    noel = advisor_named("Noel")
    staff = UserFactory(role=Role.STAFF)

    assert actions.assign_by_hand([staff.pk, noel.pk, 0], noel, at=NOW) == 0
    assert not Caseload.objects.exists()


def test_the_day_is_the_offices(settings):
    settings.OFFICE_TIME_ZONE = "America/New_York"
    student, noel = a_student(), advisor_named("Noel")

    actions.assign_by_hand([student.pk], noel, at=datetime(2026, 9, 3, 3, 59, tzinfo=UTC))

    assert Caseload.objects.get().since == date(2026, 9, 2)


def test_an_end_never_comes_before_the_beginning():
    ahead = CaseloadFactory(since=date(2026, 10, 1))

    actions.assign_by_hand([ahead.student_id], None, at=NOW)

    ahead.refresh_from_db()
    assert ahead.until == date(2026, 10, 1)


@pytest.mark.parametrize(("there", "more", "is_over"), [(399, 1, False), (400, 1, True)])
def test_above_the_capacity_there_is_a_warning(there, more, is_over):
    rule = AssignmentRuleFactory.build(advisor_id=7)
    moves = Matcher([rule]).moves([facts()] * more, also_decided=False)

    (size,) = sizes_after({7: there}, moves)

    assert (size.after > CAPACITY) is is_over


def test_the_overview_counts_as_sql_does():
    ruth = advisor_named("Ruth")
    for _ in range(3):
        CaseloadFactory(advisor=ruth, student=a_student())
    CaseloadFactory(advisor=ruth, student=a_student(), until=date(2026, 9, 1))
    a_student(graduated_on=date(2026, 6, 1))
    UserFactory(is_active=False)
    UserFactory()
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT count(*) FILTER (WHERE is_active AND graduated_on IS NULL),
                   count(*) FILTER (WHERE is_active AND graduated_on IS NULL AND c.id IS NULL),
                   count(*) FILTER (WHERE graduated_on IS NOT NULL)
            FROM accounts_user u
            LEFT JOIN accounts_studentprofile p ON p.student_id = u.id
            LEFT JOIN accounts_caseload c ON c.student_id = u.id AND c.until IS NULL
            WHERE u.role = 'STUDENT'""")
        assert tuple(counts()) == cursor.fetchone()
    assert [(one.user, one.size) for one in advisors()] == [(ruth, 3)]


def test_an_advisor_who_left_stands_there_while_students_are_with_them():
    gone = UserFactory(role=Role.ADVISOR, is_active=False)
    assert advisors() == []

    CaseloadFactory(advisor=gone)

    assert [one.user for one in advisors()] == [gone]


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_as_often_for_three_as_for_one(number, client, staff, django_assert_num_queries):
    for _ in range(number):
        CaseloadFactory(student=a_student(), source="RULE")
        AssignmentRuleFactory()
        a_student()
    client.force_login(staff)

    for page, queries in [("overview", 5), ("students", 5), ("rules", 3), ("preview", 7)]:
        with django_assert_num_queries(queries):
            client.get(reverse(f"roster:{page}"))


def test_the_list_finds_by_name_number_class_and_advisor(client, staff):
    maya = StudentProfileFactory(
        student=UserFactory(name="Maya Oyelaran"), student_number="007", class_year=2027
    ).student
    with_ruth = CaseloadFactory(student=a_student(class_year=2028))
    client.force_login(staff)

    def found(**said):
        return list(client.get(reverse("roster:students"), said).context["page_obj"])

    assert found(q="maya OYE") == [maya]
    assert found(q="007") == [maya]
    assert found(year=2027) == [maya]
    assert found(advisor="none") == [maya]
    assert found(advisor=with_ruth.advisor_id) == [with_ruth.student]
    assert len(found(advisor="x\x00", year="two", page="x")) == 2


def test_a_rule_page_keeps_and_explains(client, staff):
    noel = advisor_named("Noel")
    client.force_login(staff)
    said = {"majors": "English, Film", "from_year": 2027, "to_year": 2027, "advisor": noel.pk}

    assert client.post(reverse("roster:rule_add"), said).status_code == 302
    page = client.get(reverse("roster:rules"))
    assert "English or Film, class of 2027" in page.content.decode()

    for bad in ({"from_year": "soon"}, {"from_year": 2028}, {"advisor": staff.pk}, {"to_year": 9}):
        assert client.post(reverse("roster:rule_add"), said | bad).status_code == 422
