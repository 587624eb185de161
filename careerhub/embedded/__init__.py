"""PostgreSQL and Valkey from wheels, for a demo, the tests and a developer's machine.

Nothing here is imported where DATABASE_URL and REDIS_URL are set, but for the addresses in urls.py.
docs/adr/0001-embedded-servers.md says why these servers and not others.
"""
