import os

from django.core.wsgi import get_wsgi_application

from careerhub import loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerhub.settings")

application = get_wsgi_application()
loaded.keep()
