import pytest

from alumni.searching import hits, many, search


@pytest.fixture(autouse=True)
def _statements_are_built_anew():
    """A test that changes how many are counted or weighed must not meet a statement that was
    built before it, nor leave one of its own behind."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    for module in (hits, many, search):
        for one in vars(module).values():
            if hasattr(one, "cache_clear"):
                one.cache_clear()
