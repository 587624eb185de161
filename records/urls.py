from django.urls import URLPattern

app_name = "records"

# /record/
urlpatterns: list[URLPattern] = []
