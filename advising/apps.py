from importlib import import_module

from django.apps import AppConfig


class AdvisingConfig(AppConfig):
    name = "advising"

    def ready(self) -> None:
        """Advising lies above the reminders: it brings them its own kind."""
        import_module("advising.digest")
