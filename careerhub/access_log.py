"""gunicorn's logs, without what people wrote or looked for: `--logger-class` names this class."""

import os
from typing import Any

from django.conf import settings
from gunicorn.glogging import Logger

from core.logs import JsonFormatter, WordlessFormatter
from core.masking import masked_atoms

# gunicorn asks for its logger before it loads the application, which would set it.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerhub.settings")
FORMATTERS = {"line": WordlessFormatter, "json": JsonFormatter}


class AccessLog(Logger):
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(FORMATTERS[settings.LOG_FORMAT]())

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        return masked_atoms(super().atoms(resp, req, environ, request_time))
