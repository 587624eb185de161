"""Each rule of hiding, at its edge."""

import pytest

from reports import suppression
from reports.counting import College, Counts
from reports.helped import may_be_said
from reports.measures import Family
from reports.suppression import Part, Span, Table, decide

FAMILY = Family("active", ("active",))
SHARE = Family("replied", ("replied", "not_replied"))
ONE = Span(bits=1)


def college_of(*combinations: tuple[str, str, str]) -> College:
    names = {
        slice: {one[place]: one[place] for one in combinations}
        for place, slice in enumerate(("class", "major", "field"))
    }
    return College(frozenset(combinations), names)


def counted(college: College, people: dict, cell: str = "active") -> dict[str, Counts]:
    """`people[combination]` is a number of students, or {mask: students}."""
    found = {}
    for place, slice in enumerate(college.names):
        groups: dict = {}
        for one, number in people.items():
            masks = number if isinstance(number, dict) else {1: number}
            own = groups.setdefault(one[place], {})
            for mask, students in masks.items():
                own[mask] = own.get(mask, 0) + students
        found[slice] = Counts(college.groups(slice), {cell: groups}, {})
    return found


def by_class(**people) -> tuple[dict, College]:
    """Everybody of one major and field."""
    college = college_of(*((name, "m", "f") for name in people))
    return counted(college, {(name, "m", "f"): n for name, n in people.items()}), college


def classes_shown(people: dict, span: Span = ONE) -> set[str] | None:
    counts, college = by_class(**people)
    shown = decide(FAMILY, counts, college, span)
    return None if shown is None else set(shown["class"])


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ({"a": 5, "b": 5}, {"a", "b"}),
        ({"a": 4}, None),
        ({"a": 2, "b": 2}, None),
        # The smallest of the others keeps a small one company
        ({"a": 9, "b": 8, "c": 4}, {"a"}),
        # Two small ones are company enough when they are five together
        ({"a": 9, "b": 3, "c": 2}, {"a"}),
        ({"a": 9, "b": 8, "c": 2, "d": 2}, {"a"}),
        ({"a": 9, "b": 4}, set()),
        # Nobody is fewer than five, too
        ({"a": 9, "b": 8, "c": 0}, {"a"}),
    ],
)
def test_a_hidden_group_is_never_alone_nor_few(people, shown):
    assert classes_shown(people) == shown


@pytest.mark.parametrize(("others", "is_shown"), [(4, False), (5, True)])
def test_a_share_needs_enough_on_both_sides(others, is_shown):
    counts, college = by_class(a=20)
    for of in counts.values():
        group = next(iter(of.groups))
        of.people["replied"] = {group: {1: 15}}
        of.people["not_replied"] = {group: {1: others}}

    assert (decide(SHARE, counts, college, ONE) is not None) is is_shown


def test_a_share_is_hidden_with_what_it_is_a_share_of():
    counts, college = by_class(a=20, b=20, c=20)

    shown = decide(
        FAMILY, counts, college, ONE, within={"class": frozenset("a"), "major": frozenset("m"),
                                             "field": frozenset("f")},
    )  # fmt: skip

    assert shown["class"] == frozenset("a")


REST, FALL = 1, 2


def year(fall_shows: set[str] | None, pieces: tuple[int, ...] = ()) -> Span:
    shown = None if fall_shows is None else {
        "class": frozenset(fall_shows), "major": frozenset("m"), "field": frozenset("f"),
    }  # fmt: skip
    return Span(REST | FALL, REST, (REST, *(REST | one for one in pieces)), (Part(FALL, shown),))


@pytest.mark.parametrize(
    ("in_breaks", "shown"),
    [(0, {"a", "b", "c"}), (4, {"c"}), (5, {"a", "b", "c"})],
    ids=["nobody", "few", "enough"],
)
def test_a_year_without_its_terms_leaves_nobody_or_five(in_breaks, shown):
    """Of class a; b is hidden to keep it company."""
    people = {"a": {FALL: 10, REST: in_breaks}, "b": {FALL: 9, REST: 6}, "c": {FALL: 30, REST: 30}}

    assert classes_shown(people, year({"a", "b", "c"})) == shown


def test_a_year_whose_breaks_hold_few_says_nothing():
    assert classes_shown({"a": {FALL: 50, REST: 4}}, year({"a"})) is None


@pytest.mark.parametrize(("in_breaks", "shown"), [(0, {"c"}), (5, {"a", "b", "c"})])
def test_what_a_term_hides_its_year_hides_unless_the_breaks_mask_it(in_breaks, shown):
    """The term hides a; the year less the term would tell of it. b is hidden to keep it company."""
    people = {
        "a": {FALL: 9, FALL | REST: in_breaks},
        "b": {FALL: 10, FALL | REST: 20},
        "c": {FALL: 20, FALL | REST: 20},
    }

    assert classes_shown(people, year({"b", "c"})) == shown


def table(people: dict, span: Span) -> Table:
    """Of classes alone, without the company that the other slices ask for."""
    counts, _ = by_class(**people)
    return Table(counts["class"], FAMILY, span, "class")


def test_a_table_keeps_a_group_company_itself():
    """Its year hides a, which is not small; b is the smallest of the others."""
    people = {"a": {FALL: 9}, "b": {FALL: 10, FALL | REST: 20}, "c": {FALL: 20, FALL | REST: 20}}

    assert table(people, year({"b", "c"})).shown() == {"c"}


def test_those_that_are_hidden_leave_nobody_or_five_in_the_breaks():
    """Two people of a are all that the breaks had of a, b and c."""
    people = {"a": {REST: 2}, "b": {FALL: 6}, "c": {FALL: 20}, "d": {FALL: 20, FALL | REST: 20}}

    assert table(people, year({"b", "c", "d"})).shown() == set()


def test_those_that_are_hidden_are_not_told_by_one_that_a_term_hides():
    """The year less a, c, d and the term's c, d would be b; so a is hidden, whose breaks mask b."""
    people = {
        "a": {FALL: 9, FALL | REST: 6},
        "b": {FALL: 3},
        "c": {FALL: 10},
        "d": {FALL: 40, FALL | REST: 40},
    }

    assert table(people, year({"c", "d"})).shown() == {"d"}


def test_a_group_is_not_added_up_from_other_slices():
    """Classics and physics are small. Whoever studies law does English or classics, all know."""
    college = college_of(
        ("2027", "english", "law"), ("2027", "classics", "law"),
        ("2027", "physics", "film"), ("2027", "history", "film"),
    )  # fmt: skip
    people = dict(zip(sorted(college.combinations), (4, 30, 30, 3), strict=True))
    assert people["2027", "classics", "law"] == 4
    assert people["2027", "physics", "film"] == 3

    shown = decide(FAMILY, counted(college, people), college, ONE)

    # Law less English would be classics.
    assert not (shown["field"] and "english" in shown["major"])


def test_the_slices_are_left_alone_where_they_mix():
    college = college_of(
        ("2027", "english", "law"), ("2027", "classics", "law"), ("2027", "physics", "law"),
        ("2027", "physics", "film"), ("2027", "history", "film"),
    )  # fmt: skip
    people = dict.fromkeys(college.combinations, 30)
    people |= {("2027", "classics", "law"): 4, ("2027", "physics", "law"): 2,
               ("2027", "physics", "film"): 1}  # fmt: skip

    shown = decide(FAMILY, counted(college, people), college, ONE)

    assert shown["field"] == {"law", "film"}
    assert shown["major"] == {"english", "history"}


def test_another_hidden_group_may_be_further_away():
    """Classics in law for English in law, English in film for physics in film."""
    college = college_of(
        ("2027", "classics", "law"), ("2027", "english", "law"),
        ("2027", "english", "film"), ("2027", "physics", "film"),
    )  # fmt: skip
    people = dict.fromkeys(college.combinations, 30)
    people |= {("2027", "classics", "law"): 3, ("2027", "physics", "film"): 2}

    shown = decide(FAMILY, counted(college, people), college, ONE)

    assert shown["field"] == {"law", "film"}
    assert shown["major"] == {"english"}


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ({"1": 4}, {"times": {}}),
        ({"1": 9, "2": 8, "3": 7}, {"helped": 24, "times": {"1": 9, "2": 8, "3": 7}}),
        ({"1": 9, "2": 6, "3": 4}, {"helped": 19, "times": {"1": 9}}),
        ({"1": 9, "2": 3, "3": 2}, {"helped": 14, "times": {"1": 9}}),
        ({"1": 9, "2": 2, "3": 2}, {"helped": 13, "times": {}}),
    ],
)
def test_alumni_are_hidden_by_the_same_rule(times, said):
    from collections import Counter

    assert may_be_said(Counter(times)) == said


def test_five_is_the_number():
    assert suppression.LEAST == 5
