"""Lines that announce amounts in words, as they are printed."""

from __future__ import annotations

import unicodedata

import pytest

from budget.word_lines import Line, Wording, habit, read_line
from budget.words import WordStyle

PLAIN = WordStyle()


@pytest.mark.parametrize(
    ("text", "lead", "words", "tail", "amount"),
    [
        ("Bằng chữ: Một tỷ đồng", "Bằng chữ: ", "Một tỷ đồng", "", 10**9),
        ("(Bằng chữ: Một tỷ đồng.)", "(Bằng chữ: ", "Một tỷ đồng", ".)", 10**9),
        ("Số tiền viết bằng chữ: Một tỷ đồng ./.", "Số tiền viết bằng chữ: ", "Một tỷ đồng", " ./.", 10**9),
        ("Số tiền (bằng chữ): Một tỷ đồng", "Số tiền (bằng chữ): ", "Một tỷ đồng", "", 10**9),
        ("Tổng số tiền bằng chữ là: Một tỷ đồng", "Tổng số tiền bằng chữ là: ", "Một tỷ đồng", "", 10**9),
        ("Bằng chữ: (Một tỷ đồng)", "Bằng chữ: (", "Một tỷ đồng", ")", 10**9),
        ("Bằng chữ: “Một tỷ đồng”", "Bằng chữ: “", "Một tỷ đồng", "”", 10**9),
        ("BẰNG CHỮ: MỘT TỶ ĐỒNG", "BẰNG CHỮ: ", "MỘT TỶ ĐỒNG", "", 10**9),
        ("Bằng chữ Một tỷ đồng", "Bằng chữ ", "Một tỷ đồng", "", 10**9),
        ("Bằng chữ: hai tram trieu", "Bằng chữ: ", "hai tram trieu", "", None),
        (
            "Bằng chữ: Ba triệu đồng (đã gồm VAT 10%); nguồn: NSNN",
            *("Bằng chữ: ", "Ba triệu đồng", " (đã gồm VAT 10%); nguồn: NSNN", 3 * 10**6),
        ),
        (
            "(Bằng chữ: Ba triệu đồng chẵn) Trong đó vốn sự nghiệp một triệu đồng",
            *("(Bằng chữ: ", "Ba triệu đồng chẵn", ") Trong đó vốn sự nghiệp một triệu đồng", 3 * 10**6),
        ),
        (
            "Bằng chữ: Ba triệu rưỡi đồng (đã gồm VAT)",
            *("Bằng chữ: ", "Ba triệu rưỡi đồng", " (đã gồm VAT)", None),
        ),
        ("Bằng chữ: ba trieu; nguồn: NSNN", "Bằng chữ: ", "ba trieu", "; nguồn: NSNN", None),
        ("Bằng chữ: …… đồng (đã gồm VAT)", "Bằng chữ: ", "", "(đã gồm VAT)", None),
        ("Bằng chữ: ………………… đồng", "Bằng chữ: ", "", "", None),
        ("(Viết bằng chữ: ......)", "(Viết bằng chữ: ", "", ")", None),
        ("Bằng chữ:", "Bằng chữ: ", "", "", None),
        ("Bằng chữ", "Bằng chữ: ", "", "", None),
    ],
)
def test_lines(text: str, lead: str, words: str, tail: str, amount: int | None) -> None:
    for form in ("NFC", "NFD"):
        line = read_line(unicodedata.normalize(form, text), PLAIN)
        assert line is not None
        assert (line.wording.lead, line.words, line.wording.tail, line.amount) == (lead, words, tail, amount)


@pytest.mark.parametrize(
    "text", ["", "Tổng cộng", "bằng chữ số", "Ghi chú: viết bằng chữ in", "Số bằng chữ nêu trong văn bản: “Sáu tỷ”"]
)
def test_other_texts(text: str) -> None:
    assert read_line(text, PLAIN) is None


def test_the_style_of_the_words_is_kept() -> None:
    line = read_line("Bằng chữ: một tỉ, hai trăm ngàn đồng chẵn.", PLAIN)
    style = WordStyle(ty="tỉ", nghin="ngàn", comma=True, even=True)
    wording = Wording("Bằng chữ: ", ".", style, capital=False)
    assert line == Line(wording, "một tỉ, hai trăm ngàn đồng chẵn", 1_000_200_000)
    assert wording.around("Hai tỉ đồng chẵn") == "Bằng chữ: hai tỉ đồng chẵn."
    dotted = read_line("Bằng chữ: .....", style)
    assert dotted is not None
    assert dotted.wording == Wording("Bằng chữ: ", "", style)


def test_habit_of_a_book() -> None:
    texts = ["Kinh phí", "Bằng chữ:", "(Bằng chữ: Một tỉ đồng)", "Bằng chữ: Một tỷ đồng"]
    assert habit(texts) == WordStyle(ty="tỉ")
    assert habit(["Kinh phí"]) == PLAIN
