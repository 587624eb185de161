"""What the server of ours answers: all of CareerHub, and one line."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


@login_not_required
def one_line(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Everybody is well.")


urlpatterns = [path("one-line/", one_line), path("", include("careerhub.urls"))]
