from django.urls import URLPattern

app_name = "letters"

# /letters/
urlpatterns: list[URLPattern] = []
