from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: also an empty POST is an answer, and gets its errors."""
    return request.POST if request.method == "POST" else None
