"""The lint lets through what goes through the door, and names what does not."""

import pytest

from lints.views_door import mistakes_in, views_of

GREEN = {
    "chain": "Contact.objects.visible_to(user).newest_first()",
    "chain over lines": "(\n    Contact.objects\n    .visible_to(user)\n    .filter(pk=1)\n)",
    "shortcut over a chain": "get_object_or_404(Contact.objects.visible_to(user), pk=pk)",
    "shortcut over a name": "get_object_or_404(contacts, pk=pk)",
    "related rows of one seen": "contact.interactions.filter(outcome='')",
    "reason": "Question.objects.all()  # door: the bank of questions is for everyone",
    "class view": "class List(ListView):\n    model = Contact\n    def get_queryset(self):\n"
    "        return Contact.objects.visible_to(self.request.user)",
}
RED = {
    "all": "Contact.objects.all()",
    "filtered later": "Contact.objects.filter(pk=1).visible_to(user)",
    "default manager": "Contact._default_manager.get(pk=1)",
    "model from elsewhere": "models.Contact.objects.count()",
    "manager kept": "rows = Contact.objects",
    "shortcut over a model": "get_object_or_404(Contact, pk=pk)",
    "shortcut of a module": "shortcuts.get_list_or_404(models.Contact, pk=pk)",
    "class view": "class List(ListView):\n    model = Contact",
    "queryset of a class": "class List(ListView):\n    queryset = Contact.objects.all()",
    "no reason": "Question.objects.all()  # door: ",
}


@pytest.mark.parametrize("source", GREEN.values(), ids=GREEN)
def test_door_lets_through(source):
    assert mistakes_in(source) == []


@pytest.mark.parametrize("source", RED.values(), ids=RED)
def test_door_stops(source):
    assert len(mistakes_in(source)) == 1


def test_door_names_line_and_rows():
    (mistake,) = mistakes_in("import x\n\nrows = Contact.objects.filter(pk=1)\n")

    assert mistake == (3, "Contact.objects is reached without visible_to(user)")


def test_door_watches_files_and_packages_of_apps(tmp_path):
    for name in ("one/apps.py", "one/views.py", "two/apps.py", "two/views/a.py", "three/views.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    names = [str(path.relative_to(tmp_path)) for path in views_of(tmp_path)]

    assert names == ["one/views.py", "two/views/a.py"]
