"""Words that state another amount than the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from budget.numbers import number_text, plain
from budget.words import LIMIT, to_words
from faults import Text
from validators.diagnosis.model import Diagnosis
from validators.equations.model import Relation
from validators.equations.phrases import amount_in_words, words_in_brackets
from validators.findings import Finding, Fix, Severity
from validators.rules._figures import finding, label_of, rule_of
from validators.rules._texts import texts
from validators.rules.base import Checked, Rule
from validators.tables.wording import folded

_ANNOUNCED = re.compile(r"bằng chữ[^:]{0,20}:", re.IGNORECASE)
_NUMBER_WORDS = re.compile(r"\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|trăm|nghìn|ngàn|triệu|tỷ|tỉ)\b")
_SAYS = Text("Số tiền bằng chữ", "The amount in words")


def _check(checked: Checked) -> Iterator[Finding]:
    for diagnosis in checked.diagnoses:
        if rule_of(checked, diagnosis) == "amount-in-words":
            known = finding(checked, diagnosis, "amount-in-words", _SAYS)
            yield _in_words(checked, diagnosis, known) if _is_text(diagnosis) else known
    for place, text in texts(checked, ":", "("):
        if _is_unreadable(text):
            yield Finding(
                "amount-in-words",
                Severity.WARNING,
                Text("Không đọc được số tiền bằng chữ", "The amount in words cannot be read"),
                place,
                label_of(checked, place),
                found=text,
            )
        for digits, words in words_in_brackets(text) if "(" in text else ():
            if digits.amount != words:
                right, wrong = number_text(digits.amount), number_text(Decimal(words))
                yield Finding(
                    "amount-in-words",
                    Severity.ERROR,
                    Text(
                        f"Số ghi {right.vi} đồng, chữ đọc ra {wrong.vi} đồng",
                        f"Digits say {right.en}, words {wrong.en} đồng",
                    ),
                    place,
                    label_of(checked, place),
                    _words(digits.amount),
                    text,
                    plain(words - digits.amount),
                )


def _is_unreadable(text: str) -> bool:
    """Whether a line that announces words holds some that state no amount."""
    announced = _ANNOUNCED.search(text)
    if announced is None or amount_in_words(text) is not None:
        return False
    return len(_NUMBER_WORDS.findall(folded(text[announced.end() :]))) > 1


def _is_text(diagnosis: Diagnosis) -> bool:
    return diagnosis.equation.relation is Relation.WORDS and diagnosis.equation.total == diagnosis.place


def _in_words(checked: Checked, diagnosis: Diagnosis, known: Finding) -> Finding:
    """What the words should be, and what they are."""
    place = diagnosis.place
    words = _words(diagnosis.expected)
    text = checked.book.sheet(place.sheet).value(place.row, place.column)
    return replace(known, expected=words, found=str(text), fix=Fix(words))


def _words(amount: Decimal) -> str | None:
    return to_words(amount) if amount == amount.to_integral_value() and abs(amount) <= LIMIT else None


RULE = Rule(
    name="amount-in-words",
    severity=Severity.ERROR,
    title=Text("Số tiền bằng chữ không khớp", "The amount in words does not agree"),
    explanation=Text(
        "Số tiền đọc bằng chữ phải đúng bằng số tổng (tính ra đồng). Cách viết khác nhau (tỷ/tỉ, nghìn/ngàn, tư/bốn, "
        "chẵn) không phải là lỗi.",
        "The amount in words must be the total, in đồng. Other spellings of the same number are no mistake.",
    ),
    example=Text(
        "Tổng cộng 15.800 triệu đồng; bằng chữ: Mười lăm tỷ tám mươi triệu đồng.",
        "The total is 15.800 triệu đồng; in words: Mười lăm tỷ tám mươi triệu đồng (15.080).",
    ),
    remedy=Text(
        "Sửa chữ theo số đúng, hoặc sửa số tổng nếu nó sai.", "Correct the words, or the total if that is wrong."
    ),
    check=_check,
)
