from zoneinfo import ZoneInfo

from django.utils import timezone


class LocalTimeMiddleware:
    """Shows every moment of a page in the zone of the person who reads it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.user.is_authenticated:
            return self.get_response(request)
        with timezone.override(ZoneInfo(request.user.time_zone)):
            return self.get_response(request)
