"""A student's résumé: put up by the student, read by the advisor, seen by nobody else (G32)."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions import note_look
from accounts.http import AuthenticatedHttpRequest, get_for
from accounts.models import User
from core.localtime import local_date
from letters.actions import resumes as deeds
from letters.models import Resume
from letters.resume_forms import ResumeForm, ReviewResumeForm
from letters.resumes import KINDS
from letters.views.doors import check_student

page_with_form = require_http_methods(["GET", "HEAD", "POST"])


@page_with_form
def resume(request: AuthenticatedHttpRequest) -> HttpResponse:
    check_student(request.user)
    is_posted = request.method == "POST"
    form = ResumeForm(*((request.POST, request.FILES) if is_posted else ()))
    if form.is_valid():
        deeds.keep_resume(request.user, **form.cleaned_data, at=timezone.now())
        messages.success(request, "Your résumé is here. Now ask your advisor to read it.")
        return redirect("letters:resume")
    context = {
        "form": form,
        "resume": _own(request.user),
        "today": local_date(timezone.now(), request.user.time_zone),
    }
    status = 422 if form.is_bound else 200
    return render(request, "letters/resume.html", context, status=status)


@page_with_form
def resume_delete(request: AuthenticatedHttpRequest) -> HttpResponse:
    check_student(request.user)
    if request.method == "POST":
        deeds.delete_resume(request.user)
        messages.success(request, "Your résumé is deleted.")
        return redirect("letters:resume")
    own = _own(request.user)
    if own is None:
        return redirect("letters:resume")
    return render(request, "letters/resume_delete.html", {"resume": own})


@require_GET
def resume_file(request: AuthenticatedHttpRequest, student_pk: int) -> FileResponse:
    found = get_object_or_404(Resume.objects.visible_to(request.user), student=student_pk)
    try:
        opened = found.file.open()
    except FileNotFoundError as gone:
        raise Http404 from gone
    student = get_object_or_404(User.objects.visible_to(request.user), pk=student_pk)
    note_look(request.user, student, page="Résumé", at=timezone.now())
    kind = KINDS[found.file.name.rpartition(".")[2]]
    response = FileResponse(
        opened, as_attachment=True, filename=found.file_name, content_type=kind.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@page_with_form
def resume_review(request: AuthenticatedHttpRequest, student_pk: int) -> HttpResponse:
    """404 to all but the student and the advisor; the student is told 403."""
    visible = User.objects.visible_to(request.user)
    student = get_for(request.user, visible, "letters.answer_review", student_pk)
    found = Resume.objects.visible_to(request.user).filter(student=student).first()
    now = timezone.now()
    note_look(request.user, student, page="Résumé", at=now)
    context = {
        "student": student,
        "resume": found,
        "today": local_date(now, request.user.time_zone),
    }
    if found is None:
        return render(request, "letters/resume_review.html", context)
    form = ReviewResumeForm(
        request.POST if request.method == "POST" else None,
        initial={"comment": found.comment, "version": deeds.version_of(found)},
    )
    if form.is_valid() and _answered(request, form, found):
        return redirect("letters:resume_review", student_pk)
    context["form"] = form
    status = 422 if form.is_bound else 200
    return render(request, "letters/resume_review.html", context, status=status)


def _answered(request: AuthenticatedHttpRequest, form: ReviewResumeForm, found: Resume) -> bool:
    try:
        deeds.review_resume(found, by=request.user, **form.cleaned_data, at=timezone.now())
    except deeds.NewerFile as newer:
        # What was written stays in the form, beside the file that is there now.
        form.data = request.POST.copy()
        form.data["version"] = deeds.version_of(found)
        form.add_error(None, str(newer))
        return False
    except Resume.DoesNotExist as gone:
        raise Http404 from gone
    messages.success(request, "Saved. The student sees it on the page of their résumé.")
    return True


def _own(student: User) -> Resume | None:
    return Resume.objects.visible_to(student).select_related("reviewed_by").first()
