from importlib import import_module

from django.apps import AppConfig


class RosterConfig(AppConfig):
    name = "roster"

    def ready(self) -> None:
        """The roster lies above the post: it brings it its own box."""
        import_module("roster.box")
