"""Tokens in the cells of a form: `{name}`, `{name:argument}`, `{text:key|default}`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

#: Tokens whose text follows from figures, so that a cell holding one becomes a formula.
LIVE = frozenset({"amount", "words", "Words", "dong", "share", "quantity_text", "price_text"})

_TOKEN = re.compile(r"\{([A-Za-z_]+)(?::([A-Za-z_ ]+))?(?:\|([^{}]*(?:\{[a-z_]+\}[^{}]*)*))?\}")


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its name, what stands after the colon, and the default wording after the bar."""

    name: str
    argument: str = ""
    default: str = ""


Part = str | Token


def parse(text: str) -> tuple[Part, ...]:
    """The parts of a cell's text, literals and tokens in order. Raises ValueError on a stray brace."""
    parts: list[Part] = []
    end = 0
    for match in _TOKEN.finditer(text):
        parts.append(text[end : match.start()])
        parts.append(Token(match[1], match[2] or "", match[3] or ""))
        end = match.end()
    parts.append(text[end:])
    for part in parts:
        if isinstance(part, str) and ("{" in part or "}" in part):
            raise ValueError(part)
    return tuple(part for part in parts if part != "")


def tokens(parts: tuple[Part, ...]) -> tuple[Token, ...]:
    """The tokens among parts, those inside a default wording included."""
    found: list[Token] = []
    for part in parts:
        if isinstance(part, Token):
            found += [part, *tokens(parse(part.default))]
    return tuple(found)


class HasParts(Protocol):
    """Anything with the parts of a text."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts in order."""
        ...


def sole_token(cell: HasParts) -> Token | None:
    """The token that a cell holds alone, if it does."""
    return cell.parts[0] if len(cell.parts) == 1 and isinstance(cell.parts[0], Token) else None
