"""What `up` does before the web process: static files, migrations, and on first start a demo.

Writes the demo log-ins that exist to standard output, one a line; all else to standard error.
Runs in a process of its own, so that the supervisor needs no Django.
"""

import argparse
import os
import sys
from contextlib import redirect_stdout

import django
from django.core.management import CommandError, call_command


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--no-demo", action="store_true")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerhub.settings")
    django.setup()
    try:
        with redirect_stdout(sys.stderr):
            log_ins = prepare(demo=not parser.parse_args().no_demo)
    except CommandError as error:
        sys.exit(f"careerhub: {error}")
    print("\n".join(log_ins))


def prepare(*, demo: bool) -> list[str]:
    from django.conf import settings
    from django.contrib.auth import get_user_model

    from careerhub.embedded import static_files

    static_files.collect_if_changed()
    call_command("migrate", interactive=False, verbosity=0)
    users = get_user_model()._default_manager.all()
    if settings.EMBEDDED and demo and not users.exists():
        call_command("demo")
    ours = [f"{name}@demo.example" for name in ("student", "advisor", "staff", "admin")]
    exist = set(users.filter(email__in=ours).values_list("email", flat=True))
    return [email for email in ours if settings.EMBEDDED and email in exist]


if __name__ == "__main__":
    main()
