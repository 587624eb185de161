"""The tables of tests/letters/test_corpus.py stand at the end of a plain run."""

from tests.letters.measuring import TABLES


def pytest_terminal_summary(terminalreporter):
    for title, lines in TABLES.items():
        terminalreporter.section(title)
        for line in lines:
            terminalreporter.write_line(line)
