"""gunicorn's logs, without what people wrote or looked for: `--logger-class` names this class."""

from typing import Any

from gunicorn.glogging import Logger

from core.logs import WordlessFormatter
from core.masking import masked_atoms


class AccessLog(Logger):
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(WordlessFormatter())

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        return masked_atoms(super().atoms(resp, req, environ, request_time))
