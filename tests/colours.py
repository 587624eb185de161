"""The colours of a style sheet, and how well one stands out from another (WCAG 1.4.3)."""

from __future__ import annotations

import re

RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
COLOUR = re.compile(r"(?<![-\w])(color|background):\s*(#[0-9a-f]{6})")


def colours_of(sheet: str, scheme: str) -> dict[str, dict[str, str]]:
    """Each selector's colour and background; a dark screen's stand over those of a light one."""
    light, _, dark = sheet.partition("@media (prefers-color-scheme: dark) {")
    found: dict[str, dict[str, str]] = {}
    for part in (light, dark) if scheme == "dark" else (light,):
        for selectors, body in RULE.findall(part):
            for selector in map(str.strip, selectors.split(",")):
                found.setdefault(selector, {}).update(COLOUR.findall(body))
    return found


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    ]
    return sum(
        share * weight for share, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True)
    )
