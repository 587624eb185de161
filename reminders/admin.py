"""Administrators keep the office's calendar here: breaks in which no mail goes out."""

from django.contrib import admin

from reminders import actions
from reminders.models import TermBreak


@admin.register(TermBreak)
class TermBreakAdmin(admin.ModelAdmin):
    list_display = ["name", "first_on", "last_on"]
    ordering = ["-first_on"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        actions.rules_changed()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        actions.rules_changed()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        actions.rules_changed()
