"""Views reach rows through `visible_to(user)` and by no other way.

In an app's views.py or views/, these are named as mistakes:

- `Model.objects` (or any manager) whose first call is not `visible_to`;
- `get_object_or_404(Model, …)` and `get_list_or_404(Model, …)`, which take all rows;
- a class view with `model = Model` and without `get_queryset`.

Where everybody may see every row, or a row belongs to nobody yet, the line ends with
`# door: <reason>`.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

DOOR = "visible_to"
MANAGERS = {"objects", "_default_manager", "_base_manager"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}
EXCUSE = "# door: "


class Mistake(NamedTuple):
    line: int
    sentence: str


def mistakes_in(source: str) -> list[Mistake]:
    lines = source.splitlines()
    found = sorted(set(_find(ast.parse(source))))
    return [mistake for mistake in found if not _is_excused(lines[mistake.line - 1])]


def _is_excused(line: str) -> bool:
    _, _, reason = line.partition(EXCUSE)
    return bool(reason.strip())


def _find(tree: ast.Module) -> Iterator[Mistake]:
    behind_the_door = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == DOOR
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            if id(node) not in behind_the_door:
                rows = ast.unparse(node)
                yield Mistake(node.lineno, f"{rows} is reached without {DOOR}(user)")
        elif isinstance(node, ast.Call):
            yield from _shortcut(node)
        elif isinstance(node, ast.ClassDef):
            yield from _class_view(node)


def _shortcut(call: ast.Call) -> Iterator[Mistake]:
    name = ast.unparse(call.func).rpartition(".")[2]
    rows = call.args[0] if call.args else None
    # A bare name that begins with a capital is a model, and a model stands for all its rows.
    if name in SHORTCUTS and isinstance(rows, ast.Name | ast.Attribute):
        model = ast.unparse(rows)
        if model.rpartition(".")[2][:1].isupper():
            yield Mistake(call.lineno, f"{name}({model}, …) looks at all rows")


def _class_view(view: ast.ClassDef) -> Iterator[Mistake]:
    if any(isinstance(part, ast.FunctionDef) and part.name == "get_queryset" for part in view.body):
        return
    for part in view.body:
        targets = part.targets if isinstance(part, ast.Assign) else []
        if any(isinstance(target, ast.Name) and target.id == "model" for target in targets):
            yield Mistake(part.lineno, f"{view.name} shows all rows: it has no get_queryset")


def views_of(repository: Path) -> list[Path]:
    apps = [path.parent for path in repository.glob("*/apps.py")]
    return sorted(
        path for app in apps for path in (*app.glob("views.py"), *app.glob("views/**/*.py"))
    )


def main() -> int:
    repository = Path(__file__).resolve().parent.parent
    found = 0
    for path in views_of(repository):
        for mistake in mistakes_in(path.read_text()):
            found += 1
            print(f"{path.relative_to(repository)}:{mistake.line}: {mistake.sentence}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
