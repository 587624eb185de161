import threading

import pytest

from careerhub.embedded import lock


def test_owner_is_one(var):
    with lock.owning(var), pytest.raises(lock.InUse), lock.owning(var):
        pass


def test_owner_makes_room_when_it_ends(var):
    with lock.owning(var):
        pass
    with lock.owning(var):
        pass


def test_owner_waits_for_its_guests(var):
    left = []
    with lock.visiting(var) as owner:
        guest = lock.visiting(var)
        guest.__enter__()

        def leave():
            left.append(True)
            guest.__exit__(None, None, None)

        threading.Timer(0.2, leave).start()
        owner.be_the_last()

    assert left == [True]


def test_folder_lets_others_through_but_not_in(tmp_path):
    lock.make_folder(tmp_path / "var")

    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o711
