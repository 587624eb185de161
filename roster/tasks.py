from celery import shared_task
from django.utils import timezone

from roster import actions


@shared_task
def deliver() -> int:
    """A door-bell: it may be lost, doubled or late, and carries nothing."""
    return actions.deliver(at=timezone.now())


@shared_task
def run_list(pk: int) -> None:
    """A door-bell likewise, with the key of a list and nothing else."""
    actions.run_list(pk, at=timezone.now())


@shared_task
def resume_lists() -> None:
    for pk in actions.waiting_lists():
        run_list.delay(pk)
