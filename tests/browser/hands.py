"""The way in, and two ways to use a page: a finger on a phone, and a keyboard without a mouse."""

from __future__ import annotations

import re

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Locator, Page

MOST_STOPS = 300
Name = str | re.Pattern


def enter(page: Page, url: str, person) -> None:
    """Log in by a session of the database, as the log-in page would leave one."""
    if person is None:
        return
    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session.save()
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": session.session_key, "url": url}])


class Finger:
    """Taps what it sees."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def follows(self, name: Name) -> None:
        self.page.get_by_role("link", name=name).first.tap()

    def pushes(self, name: Name) -> None:
        self.page.get_by_role("button", name=name).first.tap()

    def opens(self, summary: Name) -> None:
        self.page.locator("summary", has_text=summary).first.tap()

    def fills(self, field: str, words: str) -> None:
        self._field(field).fill(words)

    def enters(self, field: str, value: str, keys: str) -> None:
        """A day or an hour; a phone offers a wheel for it, which sets the value."""
        self._field(field).fill(value)

    def checks(self, label: Name, *, within: str = "body") -> None:
        self.page.locator(within).get_by_label(label).first.check()

    def _field(self, field: str) -> Locator:
        return self.page.locator(f"[name='{field}']:not([type=hidden])").first


class Keyboard:
    """Reaches things by Tab alone; fails where Tab does not lead, or hides where one is."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def follows(self, name: Name) -> None:
        self._goes_to(self.page.get_by_role("link", name=name))
        self._presses("Enter")

    def pushes(self, name: Name) -> None:
        self._goes_to(self.page.get_by_role("button", name=name))
        self._presses("Enter")

    def opens(self, summary: Name) -> None:
        self._goes_to(self.page.locator("summary", has_text=summary))
        self._presses("Enter")

    def fills(self, field: str, words: str) -> None:
        """What stood there is typed over."""
        self._goes_to(self.page.locator(f"[name='{field}']:not([type=hidden])"))
        self._presses("ControlOrMeta+a")
        self.page.keyboard.insert_text(words)

    def enters(self, field: str, value: str, keys: str) -> None:
        """A day or an hour, digit by digit, in the order in which the field shows its parts."""
        self._goes_to(self.page.locator(f"[name='{field}']"))
        self.page.keyboard.type(keys)
        assert self.page.locator(f"[name='{field}']").first.input_value() == value

    def checks(self, label: Name, *, within: str = "body") -> None:
        box = self.page.locator(within).get_by_label(label).first
        box.wait_for()
        if box.get_attribute("type") == "radio":
            self._chooses(box)
        else:
            self._goes_to(box)
            self._presses("Space")
        assert box.is_checked()

    def _presses(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.page.wait_for_load_state()

    def _goes_to(self, target: Locator) -> None:
        target = target.first
        target.wait_for()
        for _ in range(MOST_STOPS):
            if target.evaluate("element => element === document.activeElement"):
                assert self._shows_focus(), f"the focus cannot be seen at {target}"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{MOST_STOPS} stops, and none of them was {target}")

    def _chooses(self, radio: Locator) -> None:
        """Tab leads to the group, the arrows walk through it."""
        name = radio.get_attribute("name")
        group = self.page.locator(f"input[type=radio][name='{name}']")
        for _ in range(MOST_STOPS):
            if group.evaluate_all("all => all.includes(document.activeElement)"):
                break
            self.page.keyboard.press("Tab")
        self._presses("Space")
        for _ in range(group.count()):
            if radio.is_checked():
                return
            self._presses("ArrowDown")

    def _shows_focus(self) -> bool:
        """Some outline, and at least a part of the element inside the window (WCAG 2.4.11)."""
        return self.page.evaluate(
            """() => {
              const here = document.activeElement, box = here.getBoundingClientRect();
              const isLined = style => style.outlineStyle !== "none" || style.boxShadow !== "none";
              const near = [here, here.nextElementSibling, here.closest("label, .card, li")];
              return near.some(e => e && isLined(getComputedStyle(e)))
                && box.bottom > 0 && box.top < innerHeight;
            }"""
        )
