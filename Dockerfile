# One image for web, worker and beat; docker-compose.yml says which is which.
FROM python:3.11.14-slim-trixie

ENV PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    CAREERHUB_VAR=/srv/var

WORKDIR /srv/careerhub

COPY requirements/server.txt requirements/
RUN pip install --require-hashes --only-binary=:all: --requirement requirements/server.txt

# pg_dump and pg_restore, for `manage.py backup`: of the version of docker-compose.yml's server,
# with whatever repairs Debian has made to it.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --system --uid 10001 --no-create-home careerhub \
    && install --directory --owner=careerhub /srv/var /srv/var/uploads
COPY . .

USER 10001
# No server is asked and nothing is kept of these values; the settings only want them to be there.
RUN DATABASE_URL=postgres://nobody@nowhere/none SECRET_KEY=only-for-this-line \
    python manage.py collectstatic --no-input

EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz/', timeout=4)"]

CMD ["gunicorn", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--workers=2", "--threads=8", \
     "--logger-class=careerhub.access_log.AccessLog", "--no-control-socket", "careerhub.wsgi"]
