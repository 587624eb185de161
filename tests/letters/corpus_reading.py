"""Letters of the corpus: a small header, an empty line, and the words as a student wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from letters.checks import Finding, Piece, examine, of_question

CORPUS = Path(__file__).parent / "corpus"


@dataclass(frozen=True)
class Sample:
    """One letter, and what the checks should find: check and words (none where it is missing)."""

    name: str
    piece: Piece
    is_list: bool
    expected: tuple[tuple[str, str], ...]
    near: tuple[str, ...]

    def findings(self) -> list[Finding]:
        if not self.is_list:
            return examine(self.piece)
        lines = self.piece.text.splitlines()
        return [finding for line in lines for finding in of_question(line)]


def samples(folder: str) -> list[Sample]:
    return [_read(path) for path in sorted((CORPUS / folder).glob("*.txt"))]


def _read(path: Path) -> Sample:
    head, _, text = path.read_text().partition("\n\n")
    fields: dict[str, list[str]] = {}
    for line in head.splitlines():
        name, _, value = line.partition(": ")
        fields.setdefault(name, []).append(value)
    contact, is_alum = _marked(fields.get("To", [""])[0], "(alum)")
    writer, is_graduate = _marked(fields.get("From", [""])[0], "(graduate)")
    referrer, _, permission = fields.get("Referrer", [""])[0].rpartition(", ")
    kind = fields["Kind"][0]
    piece = Piece(
        text=text.rstrip("\n"),
        kind=kind if kind != "questions" else "request",
        contact_name=contact,
        contact_is_alum=is_alum,
        writer_is_graduate=is_graduate,
        writer_name=writer,
        institution=fields.get("College", ["Alder College"])[0],
        referrer=referrer,
        referrer_permission=(permission or "not asked").replace(" ", "_"),
        questions=tuple(fields.get("Question", [])),
        call_on=date.fromisoformat(fields["Call on"][0]) if "Call on" in fields else None,
        attaches_resume=fields.get("Résumé") == ["attached"],
        known_words=frozenset(_listed(fields.get("Known words", []), ", ")),
    )
    return Sample(path.stem, piece, kind == "questions", tuple(_expected(fields)),
                  tuple(_listed(fields.get("Near", []), ", ")))  # fmt: skip


def _expected(fields: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for check in _listed(fields.get("Expect", []), ", "):
        yield check, ""
    for name, values in fields.items():
        if name.startswith("Found "):
            yield from ((name.removeprefix("Found "), said) for said in _listed(values, " | "))


def _listed(values: list[str], separator: str) -> list[str]:
    return [one for value in values for one in value.split(separator)]


def _marked(value: str, mark: str) -> tuple[str, bool]:
    return value.removesuffix(mark).strip(), value.endswith(mark)
