from importlib import import_module

from django.apps import AppConfig

from alumni.announcements import alum_merged, alum_parted


class RosterConfig(AppConfig):
    name = "roster"

    def ready(self) -> None:
        """The roster lies above the post: it brings it its own box."""
        import_module("roster.box")
        alum_merged.connect(_hear_merged, dispatch_uid="roster")
        alum_parted.connect(_hear_parted, dispatch_uid="roster")


def _hear_merged(*, kept, merged, **kwargs) -> dict:
    from roster.actions import graduation

    return {"roster": graduation.follow_merge(kept, merged)}


def _hear_parted(*, kept, back, told, **kwargs) -> None:
    from roster.actions import graduation

    graduation.follow_parting(kept, back, told.get("roster", []))
