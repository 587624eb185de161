from zoneinfo import ZoneInfo

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.utils import timezone

from accounts import typed


class LogInFirstMiddleware(LoginRequiredMiddleware):
    """A session that ends in the middle of a form takes nothing along that was typed."""

    def handle_no_permission(self, request, view_func):
        if words := typed.typed_in(request):
            return typed.log_in_with(request, words)
        return super().handle_no_permission(request, view_func)


class LocalTimeMiddleware:
    """Shows every moment of a page in the zone of the person who reads it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.user.is_authenticated:
            return self.get_response(request)
        with timezone.override(ZoneInfo(request.user.time_zone)):
            return self.get_response(request)
