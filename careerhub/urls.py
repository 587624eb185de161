from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from careerhub import views
from careerhub.mail_events import mail_events
from reminders.feed.views import feed

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz/", views.healthz, name="healthz"),
    path("readyz/", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
    path("anymail/<slug:service>/tracking/", mail_events, name="mail_events"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/", include("accounts.urls")),
    path("alumni/", include("alumni.urls")),
    path("desk/", include("alumni.desk_urls")),
    path("contacts/", include("contacts.urls")),
    path("letters/", include("letters.urls")),
    path("interviews/", include("interviews.urls")),
    path("record/", include("records.urls")),
    path("today/", include("reminders.urls")),
    path("reminders/", include("reminders.post_urls")),
    path("calendar/<str:token>.ics", feed, name="calendar_feed"),
    path("advising/", include("advising.urls")),
    path("insights/", include("insights.urls")),
    path("roster/", include("roster.urls")),
    path("reports/", include("reports.urls")),
    path("admin/login/", views.admin_login, name="admin_login"),
    path("admin/", admin.site.urls),
]

if settings.MAIL_PAGE:
    from careerhub.embedded import mail_pages

    urlpatterns += [
        path("mail/", mail_pages.mail_list, name="mail_list"),
        path("mail/<slug:name>/", mail_pages.mail_detail, name="mail_detail"),
    ]
