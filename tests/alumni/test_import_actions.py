"""Lists that meet a directory: who is who, what is written, and how it is taken back."""

import os
import signal
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection, connections

from alumni import actions
from alumni.actions import running
from alumni.actions.answers import TOLD_THE_OFFICE
from alumni.importing import newcomers, progress
from alumni.importing.mapping import Mapping
from alumni.importing.reader import UnreadableFile
from alumni.models import Alum, Consent, Import, ImportRow, Removal, Request
from alumni.removal import digests_of
from tests.factories import AlumFactory, ContactFactory, RequestFactory, UserFactory

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)


def check(text: str, *, consent: str = Consent.UNKNOWN) -> Import:
    """A list as it stands after a person matched its columns."""
    uploaded = actions.upload_list(
        by=None, file_name="list.csv", content=text.encode(), at=AT, consent=consent
    )
    actions.set_mapping(uploaded, mapping=Mapping.from_json(uploaded.mapping))
    actions.check_import(uploaded.pk, at=AT)
    uploaded.refresh_from_db()
    return uploaded


def run(text: str, *, consent: str = Consent.UNKNOWN, at: datetime = AT) -> Import:
    checked = check(text, consent=consent)
    actions.run_import(checked.pk, at=at)
    checked.refresh_from_db()
    return checked


def counts(done: Import) -> tuple[int, int, int, int]:
    return done.created_count, done.updated_count, done.unchanged_count, done.rejected_count


def problems(done: Import) -> list[str]:
    return [problem for row in done.rows.order_by("number") for problem in row.problems]


@pytest.fixture(params=["read first", "written ahead"])
def either_way(request, monkeypatch):
    """A first list is written when it is read, or while it is."""
    monkeypatch.setattr(newcomers, "LONG", 1 << 30 if request.param == "read first" else 0)


def test_upload_keeps_the_list_and_a_first_guess(staff):
    uploaded = actions.upload_list(
        by=staff, file_name="alumni.csv", content=b"Name,E-mail\nAnn Lee,a@x.edu\n", at=AT
    )

    assert (uploaded.state, uploaded.row_count) == (Import.State.UPLOADED, 1)
    assert uploaded.mapping["columns"] == {"0": "full_name", "1": "email"}
    assert uploaded.mapping["header_row"] == 1


@pytest.mark.parametrize("content", [b"", b"Name,E-mail\n"], ids=["empty", "headings only"])
def test_upload_of_nobody_is_refused_and_keeps_nothing(content):
    with pytest.raises(UnreadableFile):
        actions.upload_list(by=None, file_name="alumni.csv", content=content, at=AT)

    assert not Import.objects.exists()


def test_check_counts_and_writes_nobody():
    checked = check("Name,Class year\nAnn Lee,2011\nBen Ray,189\n")

    assert (checked.state, counts(checked)) == (Import.State.CHECKED, (1, 0, 0, 1))
    assert not Alum.objects.exists()
    assert [row.number for row in ImportRow.objects.all()] == [3]


def test_check_of_a_list_that_was_imported_is_refused():
    done = run("Name\nAnn Lee\n")

    with pytest.raises(actions.ImportUnderWay):
        actions.set_mapping(done, mapping=Mapping({0: "full_name"}))


def test_import_writes_people_and_what_became_of_each_row():
    done = run("Name,E-mail,Class year,Major\nAnn Lee,a@x.edu,2011,Art; Film\nBen Ray,b@,2012,\n")

    ann = Alum.objects.get()
    assert (ann.name, ann.email, ann.class_year, ann.majors) == (
        "Ann Lee", "a@x.edu", 2011, ["Art", "Film"],
    )  # fmt: skip
    assert list(done.rows.order_by("number").values_list("number", "outcome", "alum")) == [
        (2, "CREATED", ann.pk),
        (3, "REJECTED", None),
    ]
    assert (done.state, done.rows_done, done.finished_at) == (Import.State.DONE, 2, AT)


def test_same_list_again_changes_nothing():
    text = "Name,E-mail,Class year,City\nAnn Lee,a@x.edu,2011,Hadley\nBen Ray,,2012,\n"
    run(text, consent=Consent.YES)
    before = list(Alum.objects.order_by("pk").values())

    again = run(text, consent=Consent.YES, at=LATER)

    assert counts(again) == (0, 0, 2, 0)
    assert list(Alum.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("known", "row"),
    [
        ({"external_id": "0042"}, "0042,Ann Lee,new@x.edu,2011"),
        ({"email": "Ann@X.edu"}, ",Ann Lee,ann@x.edu,2012"),
        ({"class_year": 2011}, ",ann lee,ann@x.edu,2011"),
    ],
    ids=["number", "e-mail in any case", "name and class year"],
)
def test_row_finds_its_person(known, row):
    ann = AlumFactory(name="Ann Lee", **known)

    done = run(f"ID,Name,E-mail,Class year\n{row}\n")

    assert counts(done) == (0, 1, 0, 0)
    assert done.rows.get().alum == ann


@pytest.mark.parametrize(
    ("known", "row"),
    [
        ({"email": "other@x.edu", "class_year": 2011}, ",Ann Lee,ann@x.edu,2011"),
        ({"external_id": "7", "class_year": 2011}, "8,Ann Lee,,2011"),
        ({"class_year": 2010}, ",Ann Lee,,2011"),
        ({"class_year": None}, ",Ann Lee,,2011"),
    ],
    ids=["another e-mail", "another number", "another year", "no year"],
)
def test_row_of_a_namesake_brings_somebody_new(known, row):
    AlumFactory(name="Ann Lee", **known)

    done = run(f"ID,Name,E-mail,Class year\n{row}\n")

    assert counts(done) == (1, 0, 0, 0)


def test_row_that_could_mean_two_people_is_left_out():
    AlumFactory(name="Ann Lee", class_year=2011)
    AlumFactory(name="Ann Lee", class_year=2011)

    done = run("Name,Class year\nAnn Lee,2011\n")

    assert counts(done) == (0, 0, 0, 1)
    assert problems(done)[0].startswith("2 people are called Ann Lee")


def test_number_of_one_and_email_of_another_are_a_conflict():
    AlumFactory(name="Ann Lee", external_id="1")
    AlumFactory(name="Ben Lee", email="ben@x.edu")

    done = run("ID,Name,E-mail\n1,Ann Lee,ben@x.edu\n")

    assert problems(done) == [
        "The number 1 belongs to Ann Lee, but the e-mail ben@x.edu to Ben Lee. Correct one of them."
    ]


def test_email_of_somebody_with_another_name_is_a_conflict():
    AlumFactory(name="Ann Lee", email="a@x.edu")

    done = run("Name,E-mail\nBob Ray,a@x.edu\n")

    assert counts(done) == (0, 0, 0, 1)
    assert Alum.objects.get().name == "Ann Lee"


@pytest.mark.parametrize("row", ["7,Ann Lee,", ",Ann Lee,ANN@x.edu"], ids=["number", "e-mail"])
def test_who_asked_to_be_removed_is_not_brought_back(row):
    for digest in digests_of(email="Ann@X.edu", external_id="7"):
        Removal.objects.create(digest=digest, removed_at=AT)

    done = run(f"ID,Name,E-mail\n{row}\n8,Ben Ray,b@x.edu\n")

    assert counts(done) == (1, 0, 0, 1)
    assert problems(done) == [
        "This person asked to be removed from the directory, so the row is left out."
    ]


def test_two_rows_with_one_email_leave_the_second_out():
    done = run("Name,E-mail,City\nAnn Lee,a@x.edu,Hadley\nAnn B. Lee,A@X.edu,Boston\n")

    assert counts(done) == (1, 0, 0, 1)
    assert problems(done)[0].startswith("Row 3 has the same e-mail as row 2.")


def test_same_row_twice_is_harmless():
    done = run("Name,E-mail\nAnn Lee,a@x.edu\nAnn Lee,a@x.edu\n")

    assert counts(done) == (1, 0, 1, 0)
    assert len(set(done.rows.values_list("alum", flat=True))) == 1


def test_same_changed_row_twice_changes_once():
    AlumFactory(name="Ann Lee", email="a@x.edu", city="Hadley")

    done = run("Name,E-mail,City\nAnn Lee,a@x.edu,Boston\nAnn Lee,a@x.edu,Boston\n")

    assert counts(done) == (0, 1, 1, 0)


def test_email_may_move_on_to_a_new_owner_only_by_hand():
    """Ann's new address is Ben's present one: nothing is written that the database would refuse."""
    AlumFactory(name="Ann Lee", external_id="1", email="a@x.edu")
    AlumFactory(name="Ben Ray", external_id="2", email="b@x.edu")

    done = run("ID,Name,E-mail\n1,Ann Lee,b@x.edu\n2,Ben Ray,c@x.edu\n")

    assert (done.state, counts(done)) == (Import.State.DONE, (0, 1, 0, 1))


def test_blank_cell_never_erases():
    AlumFactory(name="Ann Lee", email="a@x.edu", class_year=2011, city="Hadley", majors=["Art"])

    run("Name,E-mail,Class year,City,Major,Employer\nAnn Lee,a@x.edu,,,,NEPM\n")

    ann = Alum.objects.get()
    assert (ann.class_year, ann.city, ann.majors, ann.employer) == (2011, "Hadley", ["Art"], "NEPM")


@pytest.mark.parametrize(
    ("stands", "says", "becomes"),
    [("NO", "yes", "NO"), ("YES", "no", "NO"), ("UNKNOWN", "yes", "YES"), ("UNKNOWN", "no", "NO"),
     ("YES", "", "YES"), ("NO", "", "NO")],
)  # fmt: skip
def test_strictest_consent_stands(stands, says, becomes):
    AlumFactory(name="Ann Lee", email="a@x.edu", consent=stands)

    run(f"Name,E-mail,Consent\nAnn Lee,a@x.edu,{says}\n")

    assert Alum.objects.get().consent == becomes


def test_no_of_a_list_answers_whoever_waits():
    refusing = AlumFactory(name="Ann Lee", email="a@x.edu", consent=Consent.YES)
    willing = AlumFactory(name="Bo Elm", email="b@x.edu", consent=Consent.YES)
    asked = [RequestFactory(alum=alum, asked_at=AT) for alum in (refusing, willing)]

    run("Name,E-mail,City,Consent\nAnn Lee,a@x.edu,Rome,no\nBo Elm,b@x.edu,Rome,yes\n", at=LATER)

    for request in asked:
        request.refresh_from_db()
    assert [request.state for request in asked] == [Request.State.DECLINED, Request.State.PENDING]
    assert asked[0].reply == TOLD_THE_OFFICE
    assert asked[0].answered_at == LATER


def test_word_for_the_whole_list_never_overrules_a_no():
    AlumFactory(name="Ann Lee", email="a@x.edu", class_year=None, consent=Consent.NO)

    done = run("Name,E-mail\nAnn Lee,a@x.edu\nBen Ray,b@x.edu\n", consent=Consent.YES)

    assert Alum.objects.get(email="a@x.edu").consent == Consent.NO
    assert Alum.objects.get(email="b@x.edu").consent == Consent.YES
    assert problems(done) == ["They asked not to be contacted before, and that stands."]


def test_second_run_of_one_import_does_nothing():
    done = run("Name\nAnn Lee\n")

    actions.run_import(done.pk, at=LATER)

    done.refresh_from_db()
    assert (Alum.objects.count(), done.rows.count(), done.finished_at) == (1, 1, AT)


def test_start_is_the_first_click_alone():
    checked = check("Name\nAnn Lee\n")

    assert [actions.start_import(checked, at=at) for at in (AT, LATER)] == [True, False]
    assert (checked.state, checked.started_at) == (Import.State.RUNNING, AT)
    assert actions.waiting_imports() == [(checked.pk, "RUNNING")]


def test_list_that_was_not_checked_is_not_imported():
    uploaded = actions.upload_list(by=None, file_name="l.csv", content=b"Name\nAnn Lee\n", at=AT)

    actions.run_import(uploaded.pk, at=AT)

    uploaded.refresh_from_db()
    assert uploaded.state == Import.State.UPLOADED
    assert not Alum.objects.exists()


def test_import_whose_worker_died_is_begun_again():
    checked = check("Name\nAnn Lee\n")
    Import.objects.filter(pk=checked.pk).update(state=Import.State.RUNNING, rows_done=1)

    actions.run_import(checked.pk, at=AT)

    checked.refresh_from_db()
    assert (checked.state, Alum.objects.count()) == (Import.State.DONE, 1)


def test_unexpected_error_writes_nothing_and_says_so(monkeypatch):
    """It breaks on purpose after the last step: what was written before must be gone."""
    apply_plan = running.apply_plan

    def broken(*args, **kwargs):
        apply_plan(*args, **kwargs)
        raise RuntimeError("boom")

    monkeypatch.setattr(running, "apply_plan", broken)

    failed = run("Name\nAnn Lee\n")

    assert failed.state == Import.State.FAILED
    assert failed.problem.startswith("Something went wrong on our side. Nothing of this list")
    assert not Alum.objects.exists()


def test_database_that_went_away_leaves_the_import_to_the_next_try(monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError

    checked = check("Name\nAnn Lee\n")
    with monkeypatch.context() as broken:
        broken.setattr(running, "apply_plan", gone)
        with pytest.raises(OperationalError):
            actions.run_import(checked.pk, at=AT)

    actions.run_import(checked.pk, at=AT)

    checked.refresh_from_db()
    assert checked.state == Import.State.DONE


def test_edit_between_plan_and_write_makes_the_plan_anew(monkeypatch):
    ann = AlumFactory(name="Ann Lee", email="a@x.edu", city="Hadley", employer="")
    plan, plans = running.plan, []

    def edited_after_planning(newcomers=None):
        plans.append(plan(newcomers))
        if len(plans) == 2:  # the first was made by the check
            Alum.objects.get(pk=ann.pk).save()
        return plans[-1]

    monkeypatch.setattr(running, "plan", edited_after_planning)

    done = run("Name,E-mail,City\nAnn Lee,a@x.edu,Boston\n")

    assert (done.state, len(plans)) == (Import.State.DONE, 3)
    assert Alum.objects.get().city == "Boston"


def test_undo_removes_newcomers_and_puts_back_what_was_replaced():
    ann = AlumFactory(
        name="Ann Lee", email="a@x.edu", city="Hadley", majors=["Art"], class_year=2011
    )
    before = Alum.objects.filter(pk=ann.pk).values(
        "name", "city", "majors", "class_year", "consent"
    )
    standing = before.get()
    done = run(
        "Name,E-mail,City,Major,Class year\nAnn B. Lee,a@x.edu,Boston,Film,2012\nBen Ray,,,,\n"
    )
    assert counts(done) == (1, 1, 0, 0)

    actions.undo_import(done, at=LATER)

    assert done.state == Import.State.UNDONE
    assert before.get() == standing
    assert Alum.objects.count() == 1


def test_undo_leaves_what_somebody_changed_since():
    ann = AlumFactory(name="Ann Lee", email="a@x.edu", city="Hadley", employer="NEPM")
    done = run("Name,E-mail,City,Employer\nAnn Lee,a@x.edu,Boston,WGBH\nBen Ray,b@x.edu,,\n")
    ann.refresh_from_db()
    ann.city = "Amherst"
    ann.save()
    Alum.objects.get(name="Ben Ray").save()

    actions.undo_import(done, at=LATER)

    ann.refresh_from_db()
    assert (ann.city, ann.employer) == ("Amherst", "NEPM")
    assert Alum.objects.filter(name="Ben Ray").exists()


def test_undo_leaves_newcomers_whom_a_student_knows_or_a_later_list_names():
    done = run("Name,E-mail\nAnn Lee,a@x.edu\nBen Ray,b@x.edu\nCal Wu,c@x.edu\n")
    ContactFactory(student=UserFactory(), alum=Alum.objects.get(name="Ann Lee"))
    run("Name,E-mail\nBen Ray,b@x.edu\n", at=LATER)

    actions.undo_import(done, at=LATER)

    assert set(Alum.objects.values_list("name", flat=True)) == {"Ann Lee", "Ben Ray"}


def test_undo_leaves_an_email_that_somebody_else_has_by_now():
    ann = AlumFactory(name="Ann Lee", external_id="1", email="old@x.edu")
    done = run("ID,Name,E-mail\n1,Ann Lee,new@x.edu\n")
    AlumFactory(name="Ben Ray", email="OLD@x.edu")

    actions.undo_import(done, at=LATER)

    ann.refresh_from_db()
    assert ann.email == "new@x.edu"


def test_undo_happens_once_and_only_after_an_import():
    done = run("Name\nAnn Lee\n")
    actions.undo_import(done, at=LATER)

    for other in (done, check("Name\nBen Ray\n")):
        with pytest.raises(actions.NotUndoable):
            actions.undo_import(other, at=LATER)


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_by_others_while_the_rows_are_not(monkeypatch):
    monkeypatch.setattr(progress, "SECONDS_BETWEEN", 0)
    checked = check("Name\n" + "".join(f"Ann Lee{letters}\n" for letters in words(6000)))
    seen = []

    def look():
        now = Import.objects.get(pk=checked.pk)
        waiting = len(actions.waiting_imports())
        seen.append((now.state, now.rows_done, Alum.objects.count(), waiting))
        connection.close()

    apply_plan = running.apply_plan

    def watched(*args, **kwargs):
        apply_plan(*args, **kwargs)
        other = threading.Thread(target=look)
        other.start()
        other.join()

    monkeypatch.setattr(running, "apply_plan", watched)

    actions.run_import(checked.pk, at=AT)

    assert seen == [("RUNNING", 6000, 0, 0)]
    checked.refresh_from_db()
    assert (checked.state, checked.rows_done, Alum.objects.count()) == ("DONE", 6000, 6000)


def words(count: int) -> list[str]:
    """As many words of three letters, each another."""
    return [chr(97 + n % 26) + chr(97 + n // 26 % 26) + chr(97 + n // 676) for n in range(count)]


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_one_import_make_each_person_once(either_way):
    checked = check("Name\n" + "".join(f"Ann Lee{letters}\n" for letters in words(300)))
    start = threading.Barrier(2)

    def work():
        start.wait()
        actions.run_import(checked.pk, at=AT)
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    checked.refresh_from_db()
    assert (checked.state, Alum.objects.count(), checked.rows.count()) == ("DONE", 300, 300)


@pytest.mark.django_db(transaction=True)
def test_two_lists_with_the_same_people_in_opposite_order_make_each_once(either_way):
    people = [f"Ann Lee{letters}\n" for letters in words(300)]
    lists = [check("Name\n" + "".join(people)), check("Name\n" + "".join(reversed(people)))]
    start = threading.Barrier(2)

    def work(of_import):
        start.wait()
        actions.run_import(of_import.pk, at=AT)
        connections.close_all()

    workers = [threading.Thread(target=work, args=[of_import]) for of_import in lists]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert Alum.objects.count() == 300
    assert {of.state for of in Import.objects.all()} == {"DONE"}


@pytest.mark.django_db(transaction=True)
def test_worker_killed_in_the_middle_leaves_nothing_half_and_the_next_try_finishes(either_way):
    checked = check("Name\n" + "".join(f"Ann Lee{letters}\n" for letters in words(9000)))
    actions.start_import(checked, at=AT)
    worker = os.fork()
    if not worker:
        connections.close_all()
        actions.run_import(checked.pk, at=AT)
        os._exit(0)
    connections.close_all()

    _wait_until(lambda: Import.objects.get(pk=checked.pk).backend_pid is not None)
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)

    assert Alum.objects.count() == 0
    _wait_until(lambda: actions.waiting_imports() == [(checked.pk, "RUNNING")])
    actions.run_import(checked.pk, at=LATER)
    checked.refresh_from_db()
    assert (checked.state, checked.created_count, Alum.objects.count()) == ("DONE", 9000, 9000)
    assert checked.rows.count() == 9000


@pytest.mark.django_db(transaction=True)
def test_killed_database_connection_leaves_nothing_half_and_the_next_try_finishes(
    either_way, monkeypatch
):
    checked = check("Name\n" + "".join(f"Ann Lee{letters}\n" for letters in words(300)))
    apply_plan = running.apply_plan

    def cut_off(*args, **kwargs):
        apply_plan(*args, **kwargs)
        aside = connection.copy()
        with aside.cursor() as cursor:
            pid = Import.objects.get(pk=checked.pk).backend_pid
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
        aside.close()

    with monkeypatch.context() as broken:
        broken.setattr(running, "apply_plan", cut_off)
        with pytest.raises(OperationalError):
            actions.run_import(checked.pk, at=AT)
    connection.close()

    assert Alum.objects.count() == 0
    assert actions.waiting_imports() == [(checked.pk, "RUNNING")]
    actions.run_import(checked.pk, at=LATER)
    checked.refresh_from_db()
    assert (checked.state, Alum.objects.count(), checked.rows.count()) == ("DONE", 300, 300)


@pytest.mark.django_db(transaction=True)
def test_stopped_import_leaves_nothing_and_can_be_started_again(either_way, monkeypatch):
    checked = check("Name\nAnn Lee\n")
    actions.start_import(checked, at=AT)
    plan = running.plan

    def told_to_stop_in_a_long_statement(newcomers):
        other = threading.Thread(target=_stop_after_a_moment, args=[checked])
        other.start()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(20)")
        return plan(newcomers)

    with monkeypatch.context() as slow:
        slow.setattr(running, "plan", told_to_stop_in_a_long_statement)
        actions.run_import(checked.pk, at=AT)

    checked.refresh_from_db()
    assert (checked.state, checked.stop_wanted, Alum.objects.count()) == ("CHECKED", False, 0)
    actions.run_import(checked.pk, at=LATER)
    assert Alum.objects.count() == 1


def _stop_after_a_moment(of_import: Import) -> None:
    time.sleep(0.5)
    assert actions.stop_import(of_import)
    connections.close_all()


def _wait_until(is_so) -> None:
    for _ in range(300):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError("It did not happen within 30 seconds.")


def test_corrected_cells_are_used_in_place_of_the_files():
    checked = check("Name,E-mail,Class year\nAnn Lee,a@x.edu,189\nBen Ray,b@,2011\nCal Wu,,2010\n")
    assert counts(checked) == (1, 0, 0, 2)

    actions.correct_row(checked, number=2, cells={0: "Ann Lee", 2: "2011"})
    actions.check_import(checked.pk, at=AT)
    actions.correct_row(checked_again := Import.objects.get(), number=3, cells=None)
    actions.check_import(checked_again.pk, at=AT)
    actions.run_import(checked.pk, at=AT)

    checked.refresh_from_db()
    assert counts(checked) == (2, 0, 0, 1)
    assert problems(checked) == ["You left this row out."]
    assert Alum.objects.get(email="a@x.edu").class_year == 2011


def test_clear_empties_fields_and_undoing_brings_them_back():
    ann = AlumFactory(
        name="Ann Lee", email="a@x.edu", class_year=2011, city="Hadley", majors=["Art"]
    )

    done = run("Name,E-mail,Class year,City,Major\nAnn Lee,a@x.edu,[clear],[clear],[clear]\n")
    ann.refresh_from_db()
    assert (ann.class_year, ann.city, ann.majors) == (None, "", [])

    actions.undo_import(done, at=LATER)
    ann.refresh_from_db()
    assert (ann.class_year, ann.city, ann.majors) == (2011, "Hadley", ["Art"])


def test_file_is_forgotten_once_its_rows_are_in():
    checked = check("Name,E-mail\nImani Brooks,imani@example.org\n")
    assert checked.parts.exists()
    assert checked.preview

    actions.run_import(checked.pk, at=AT)

    checked.refresh_from_db()
    assert (checked.state, checked.parts.count()) == (Import.State.DONE, 0)
    assert (checked.preview, checked.corrections) == ({}, {})
    actions.undo_import(checked, at=LATER)
    assert not Alum.objects.exists()
