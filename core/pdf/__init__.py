"""Documents on paper: data goes into a Typst template, a PDF comes out.

Personal words travel as data and never as markup: nothing a student writes can become a command.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

FONTS = Path(__file__).parent / "fonts"
TEMPLATES = settings.BASE_DIR / "templates" / "pdf"


def typeset(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of templates/pdf/`template`, which reads `data` with json(bytes(sys.inputs.data)).

    It is tagged, so that a screen reader finds its headings. Letters that our fonts lack come from
    the fonts of the machine.
    """
    return typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=[str(FONTS)],
        sys_inputs={"data": json.dumps(data)},
        format="pdf",
    )
