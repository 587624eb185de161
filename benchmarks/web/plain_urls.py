"""The same list as a tutorial writes it: a view of a class, a template, rows with two joins."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.urls import path
from django.views.generic import ListView

from contacts.models import Contact


class ContactList(LoginRequiredMixin, ListView):
    template_name = "as_it_comes.html"
    paginate_by = 25
    login_url = "/nobody/"

    def get_queryset(self) -> QuerySet[Contact]:
        mine = Contact.objects.filter(student_id=self.request.user.pk)
        return mine.select_related("alum", "referred_by").order_by("name")


urlpatterns = [path("contacts/", ContactList.as_view())]
