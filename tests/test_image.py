"""The image holds every app of the project: what .dockerignore forgets, a server would miss."""

from pathlib import Path

from django.apps import apps
from django.conf import settings


def test_the_image_holds_every_app():
    kept = (settings.BASE_DIR / ".dockerignore").read_text().splitlines()
    ours = {
        Path(app.path).name
        for app in apps.get_app_configs()
        if Path(app.path).parent == settings.BASE_DIR
    }
    assert {f"!{name}" for name in ours} <= set(kept)
