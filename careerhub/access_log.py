"""gunicorn's access log, without links that open something: `--logger-class` names this class."""

from typing import Any

from gunicorn.glogging import Logger

from core.masking import masked_atoms


class AccessLog(Logger):
    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        return masked_atoms(super().atoms(resp, req, environ, request_time))
