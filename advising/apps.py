from importlib import import_module

from django.apps import AppConfig

# Advising lies above the reminders: it brings them its own kinds.
KINDS = ("digest", "nudge")


class AdvisingConfig(AppConfig):
    name = "advising"

    def ready(self) -> None:
        for kind in KINDS:
            import_module(f"advising.{kind}")
