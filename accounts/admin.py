"""Administrators make accounts and caseloads here; the password is for its owner to choose."""

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.actions import announce_zone
from accounts.models import Caseload, Role, StudentProfile, User


class NewUserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["email", "name", "role", "time_zone"]

    def save(self, commit=True):
        # One that nobody knows: allauth writes no link to those who have none at all.
        self.instance.set_password(get_random_string(40))
        return super().save(commit)


class ProfileInline(admin.StackedInline):
    model = StudentProfile
    extra = 0


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["name", "email", "role", "is_active"]
    list_filter = ["role", "is_active"]
    search_fields = ["name", "email"]
    ordering = ["name"]

    def get_fields(self, request, obj=None):
        return [*NewUserForm.Meta.fields, *(["is_active"] if obj else [])]

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, **({} if obj else {"form": NewUserForm}), **kwargs)

    def save_model(self, request, obj, form, change):
        obj.is_superuser = obj.role == Role.ADMINISTRATOR
        super().save_model(request, obj, form, change)
        if not change:
            self._send_link(request, obj)
        elif "time_zone" in form.changed_data:
            announce_zone(obj, at=timezone.now())

    def _send_link(self, request, user: User) -> None:
        """A new person gets the mail with which they choose a password."""
        letter = ResetPasswordForm({"email": user.email})
        if letter.is_valid():
            letter.save(request)

    def get_inlines(self, request, obj):
        return [ProfileInline] if obj and obj.is_student else []


@admin.register(Caseload)
class CaseloadAdmin(admin.ModelAdmin):
    list_display = ["student", "advisor", "since", "until"]
    list_filter = ["advisor"]
    search_fields = ["student__name", "advisor__name"]
    autocomplete_fields = ["student", "advisor"]
