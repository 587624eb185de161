from django.contrib import admin

from alumni.models import Alum


@admin.register(Alum)
class AlumAdmin(admin.ModelAdmin):
    list_display = ["name", "class_year", "employer", "consent"]
    list_filter = ["consent"]
    search_fields = ["name", "email", "employer"]
