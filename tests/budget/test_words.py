"""Amounts in words: how they are worded, how words are read, and what a printed phrase is to its amount."""

import itertools
import unicodedata
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from budget.words import MalformedWords, Match, WordStyle, from_words, judge, parse_style, to_words

TY: tuple[Literal["tỷ", "tỉ"], ...] = ("tỷ", "tỉ")
NGHIN: tuple[Literal["nghìn", "ngàn"], ...] = ("nghìn", "ngàn")
STYLES = [WordStyle(*choice) for choice in itertools.product(TY, NGHIN, (False, True), (False, True))]
styles = st.sampled_from(STYLES)
LIMIT = 10**18
# Uniform integers are nearly never round: half of the amounts are a few digits with zeros among them.
digits = st.lists(st.sampled_from("00000123456789"), min_size=1, max_size=18).map(lambda drawn: int("".join(drawn)))
amounts = st.one_of(digits, st.integers(0, LIMIT)).flatmap(lambda amount: st.sampled_from([amount, -amount]))

# Every amount in words that the five reference decisions print, and the style they print it in.
PLAIN = WordStyle()
EVEN = WordStyle(ty="tỉ", even=True)
COMMA = WordStyle(comma=True)
COMMA_EVEN = WordStyle(comma=True, even=True)
REFERENCES = [
    ("Sáu tỷ, tám trăm sáu mươi triệu đồng chẵn", 6_860_000_000, COMMA_EVEN),
    ("Ba tỷ, bảy trăm tám mươi lăm triệu đồng chẵn", 3_785_000_000, COMMA_EVEN),
    ("Ba tỷ, không trăm bảy mươi lăm triệu đồng chẵn", 3_075_000_000, COMMA_EVEN),
    ("Năm tỷ năm trăm triệu đồng", 5_500_000_000, PLAIN),
    ("Một tỷ đồng", 1_000_000_000, PLAIN),
    ("Bốn tỷ đồng", 4_000_000_000, PLAIN),
    ("Năm trăm triệu đồng", 500_000_000, PLAIN),
    ("Ba tỉ không trăm năm mươi triệu đồng chẵn", 3_050_000_000, EVEN),
    ("Mười lăm tỷ tám trăm triệu đồng", 15_800_000_000, PLAIN),
    ("Mười lăm tỷ, tám trăm triệu đồng", 15_800_000_000, COMMA),
    ("Năm tỷ tám trăm mười triệu đồng", 5_810_000_000, PLAIN),
    ("Chín tỷ chín trăm chín mươi triệu đồng", 9_990_000_000, PLAIN),
]


@pytest.mark.parametrize(("words", "amount", "style"), REFERENCES)
def test_reference_phrases(words: str, amount: int, style: WordStyle) -> None:
    assert to_words(amount, style) == words
    assert from_words(words) == amount
    assert judge(words, amount) is Match.EQUAL


def test_the_reference_phrase_that_is_misspelt() -> None:
    printed = "Năm tỷ hai trăm bốn mươi một triệu năm trăm nghìn đồng"
    assert to_words(5_241_500_000) == "Năm tỷ hai trăm bốn mươi mốt triệu năm trăm nghìn đồng"
    assert from_words(printed) == 5_241_500_000
    assert judge(printed, 5_241_500_000) is Match.VARIANT


@pytest.mark.parametrize("printed", ["Ba tři không trăm năm mươi triệu đồng chẵn", "Ba tis không trăm năm mươi triệu"])
def test_the_reference_phrase_that_is_damaged(printed: str) -> None:
    assert judge(printed, 3_050_000_000) is Match.UNREADABLE


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (1, "Một đồng"),
        (4, "Bốn đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (11, "Mười một đồng"),
        (14, "Mười bốn đồng"),
        (15, "Mười lăm đồng"),
        (20, "Hai mươi đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (25, "Hai mươi lăm đồng"),
        (55, "Năm mươi lăm đồng"),
        (100, "Một trăm đồng"),
        (101, "Một trăm linh một đồng"),
        (104, "Một trăm linh bốn đồng"),
        (105, "Một trăm linh năm đồng"),
        (110, "Một trăm mười đồng"),
        (111, "Một trăm mười một đồng"),
        (999, "Chín trăm chín mươi chín đồng"),
        (1_000, "Một nghìn đồng"),
        (1_001, "Một nghìn không trăm linh một đồng"),
        (1_010, "Một nghìn không trăm mười đồng"),
        (10_500, "Mười nghìn năm trăm đồng"),
        (523_056, "Năm trăm hai mươi ba nghìn không trăm năm mươi sáu đồng"),
        (1_000_005, "Một triệu không trăm linh năm đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (1_000_000_005, "Một tỷ không trăm linh năm đồng"),
        (10**12, "Một nghìn tỷ đồng"),
        (15 * 10**11, "Một nghìn năm trăm tỷ đồng"),
        (25 * 10**14, "Hai triệu năm trăm nghìn tỷ đồng"),
        (10**15, "Một triệu tỷ đồng"),
        (1_001_000_000_000, "Một nghìn không trăm linh một tỷ đồng"),
        (10**12 + 1, "Một nghìn tỷ không trăm linh một đồng"),
        (10**18, "Một tỷ tỷ đồng"),
        (-15_000, "Âm mười lăm nghìn đồng"),
        (Decimal("1.5E+10"), "Mười lăm tỷ đồng"),
        (Decimal("13646269000"), "Mười ba tỷ sáu trăm bốn mươi sáu triệu hai trăm sáu mươi chín nghìn đồng"),
    ],
)
def test_words(amount: int | Decimal, words: str) -> None:
    assert to_words(amount) == words
    assert from_words(words) == amount


@pytest.mark.parametrize(
    ("amount", "style", "words"),
    [
        (
            13_646_269_000,
            WordStyle(nghin="ngàn"),
            "Mười ba tỷ sáu trăm bốn mươi sáu triệu hai trăm sáu mươi chín ngàn đồng",
        ),
        (1_500_200_300_400, COMMA, "Một nghìn năm trăm tỷ, hai trăm triệu, ba trăm nghìn, bốn trăm đồng"),
        (2_000_000, COMMA_EVEN, "Hai triệu đồng chẵn"),
        (2_500_000, COMMA_EVEN, "Hai triệu, năm trăm nghìn đồng"),
        (0, EVEN, "Không đồng"),
        (-3_000_000_000, EVEN, "Âm ba tỉ đồng chẵn"),
        (10**18, EVEN, "Một tỉ tỉ đồng chẵn"),
    ],
)
def test_styles(amount: int, style: WordStyle, words: str) -> None:
    assert to_words(amount, style) == words


def test_a_pure_number_has_neither_currency_nor_chan() -> None:
    assert to_words(3_000_000, EVEN, currency=False) == "Ba triệu"


@pytest.mark.parametrize("amount", [Decimal("0.5"), Decimal("1436.3"), Decimal("NaN"), Decimal("Infinity")])
def test_a_fraction_has_no_words(amount: Decimal) -> None:
    with pytest.raises(ValueError, match="not a whole number of đồng"):
        to_words(amount)


@pytest.mark.parametrize("amount", [LIMIT + 1, -LIMIT - 1, Decimal("1E+19")])
def test_beyond_the_limit_there_are_no_words(amount: int | Decimal) -> None:
    with pytest.raises(ValueError, match="beyond"):
        to_words(amount)


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("", WordStyle()),
        ("tỷ, nghìn", WordStyle()),
        ("tỉ", WordStyle(ty="tỉ")),
        ("dấu phẩy, chẵn", WordStyle(comma=True, even=True)),
        (" Tỉ ,ngàn,  Dấu  phẩy, chẵn", WordStyle(ty="tỉ", nghin="ngàn", comma=True, even=True)),
        (unicodedata.normalize("NFD", "tỉ, chẵn"), WordStyle(ty="tỉ", even=True)),
    ],
)
def test_named_styles(text: str, style: WordStyle) -> None:
    assert parse_style(text) == style
    assert hash(parse_style(text)) == hash(style)


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(ValueError, match="“lẻ” is not a way to word amounts"):
        parse_style("tỷ, lẻ")


@pytest.mark.parametrize("text", ["tỷ, tỉ", "ngàn, nghìn"])
def test_contradicting_styles_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="two spellings"):
        parse_style(text)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (5_500_000_000, "(bằng chữ: Năm tỷ năm trăm triệu đồng);"),
        (15_800_000_000, "(Bằng chữ: Mười lăm tỷ tám trăm triệu đồng)."),
        (15_800_000_000, "**Số tiền bằng chữ:** _Mười lăm tỷ, tám trăm triệu đồng chẵn_./."),
        (15_800_000_000, "Viết bằng chữ là: MƯỜI LĂM TỶ TÁM TRĂM TRIỆU ĐỒNG"),
        (3_000_000_000, "- Ba tỉ đồng Việt Nam"),
        (3_000_000_000, "“Ba tỉ\u00a0đồng”"),
        (24_000, "Hai mươi bốn ngàn đồng"),
        (24_000, unicodedata.normalize("NFD", "Hai mươi bốn ngàn đồng")),
        (107, "Một trăm lẻ bẩy"),
        (0, "Không"),
    ],
)
def test_accepted_spellings(amount: int, text: str) -> None:
    assert from_words(text) == amount


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (41, "Bốn mươi một đồng"),
        (25, "Hai mươi năm đồng"),
        (25, "Hai mươi nhăm đồng"),
        (15, "Mười năm đồng"),
        (11, "Mười mốt đồng"),
        (14, "Mười tư đồng"),
        (204, "Hai trăm linh tư đồng"),
        (1_000_000_000, "Một tỷ"),
        (1_000_000_000, "Một tỷ chẵn"),
        (1_000_000_000, "Một tỷ đồng Việt Nam"),
        (1_500, "Một nghìn năm trăm đồng chẵn"),  # not a round sum
        (3_000_000_000, "Ba tỷ không trăm triệu đồng"),
        (3_075_000_000, "Ba tỷ bảy mươi lăm triệu đồng"),
        (1_002_000_000, "Một tỷ hai triệu đồng"),
        (1_001, "Một nghìn lẻ một đồng"),
        (1_010, "Một nghìn mười đồng"),
        (5, "Không trăm linh năm đồng"),
    ],
)
def test_variant_spellings(amount: int, text: str) -> None:
    assert from_words(text) == amount
    assert judge(text, amount) is Match.VARIANT


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("ba tỷ, không trăm bẩy mươi LĂM triệu đồng", 3_075_000_000),
        ("Ba tỉ không trăm bảy mươi lăm triệu đồng chẵn.", 3_075_000_000),
        ("Hai mươi bốn đồng", 24),
        ("Hai mươi tư đồng", 24),
        ("Một trăm lẻ năm ngàn đồng", 105_000),
        ("Năm tỷ đồng", Decimal("5000000000")),
        ("Không đồng", 0),
        ("Âm năm đồng", -5),
    ],
)
def test_accepted_phrases_are_equal(text: str, amount: int | Decimal) -> None:
    assert judge(text, amount) is Match.EQUAL


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Năm tỷ đồng", 5_000_000_001),
        ("Năm tỷ đồng", -5_000_000_000),
        ("Năm tỷ đồng", Decimal("5000000000.5")),
        ("Năm triệu đồng", 5_000_000_000),
        ("Năm tỷ đồng", 10**20),
    ],
)
def test_another_amount_is_wrong(text: str, amount: int | Decimal) -> None:
    assert judge(text, amount) is Match.WRONG


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("no number is stated", ""),
        ("no number is stated", "(Bằng chữ: ... đồng)"),
        ("no number is stated", "Âm đồng"),
        ("“tři” is no word of a number", "Ba tři không trăm năm mươi triệu đồng"),
        ("“đồng” is no word of a number", "Ba đồng triệu"),
        ("“3” is no word of a number", "3 tỷ đồng"),
        ("“rưỡi” is no word of a number", "Hai tỷ rưỡi"),
        ("“triệu” has no number before it", "Triệu đồng"),
        ("“tỷ” has no number before it", "Tỷ năm trăm triệu"),
        ("“ba triệu” has the classes tỷ, triệu, nghìn out of order", "Hai triệu ba triệu đồng"),
        ("“năm nghìn ba” has the classes tỷ, triệu, nghìn out of order", "Năm nghìn ba triệu đồng"),
        ("“năm tỷ hai trăm” has the classes tỷ, triệu, nghìn out of order", "Năm tỷ hai trăm tỷ đồng"),
        ("“hai ba” is no number from 0 to 999", "Hai ba triệu đồng"),
        ("“hai mốt” is no number from 0 to 999", "Hai mốt triệu đồng"),
        ("“một mươi” is no number from 0 to 999", "Một mươi đồng"),
        ("“không mươi năm” is no number from 0 to 999", "Một trăm không mươi năm đồng"),
        ("“mười không” is no number from 0 to 999", "Mười không đồng"),
        ("“linh không” is no number from 0 to 999", "Một trăm linh không đồng"),
        ("“linh năm” is no number from 0 to 999", "Linh năm đồng"),
        ("“trăm” is no number from 0 to 999", "Trăm triệu đồng"),
        ("“mười lăm trăm” is no number from 0 to 999", "Mười lăm trăm đồng"),
        ("“hai trăm năm” can be understood in two ways", "Hai trăm năm đồng"),
        ("“hai” can be understood in two ways", "Một triệu hai"),
        ("“hai” can be understood in two ways", "Một nghìn hai tỷ"),
        ("the number is too large (beyond 10^18)", "Hai tỷ tỷ đồng"),
        ("“một tỷ” has the classes tỷ, triệu, nghìn out of order", "Một tỷ tỷ tỷ đồng"),
    ],
)
def test_nonsense_is_refused_and_says_why(reason: str, text: str) -> None:
    with pytest.raises(MalformedWords) as caught:
        from_words(text)
    assert (caught.value.text, caught.value.reason.en) == (text, reason)
    assert isinstance(caught.value, ValueError)
    assert judge(text, 0) is Match.UNREADABLE


def test_a_refusal_speaks_vietnamese() -> None:
    with pytest.raises(MalformedWords) as caught:
        from_words("Ba tři đồng")
    assert caught.value.reason["vi"] == "“tři” không phải là chữ số"


def test_endless_words_are_refused_too() -> None:
    assert judge("tỷ " * 10_000, 0) is Match.UNREADABLE
    assert judge("một nghìn " * 10_000, 0) is Match.UNREADABLE


@given(amounts, styles, st.booleans())
@example(LIMIT, STYLES[0], True)
def test_what_is_worded_reads_back(amount: int, style: WordStyle, currency: bool) -> None:
    assert from_words(to_words(amount, style, currency=currency)) == amount


@given(amounts, styles)
def test_every_style_is_judged_equal(amount: int, style: WordStyle) -> None:
    assert judge(to_words(amount, style), amount) is Match.EQUAL


@given(amounts, amounts, styles)
def test_the_words_of_another_amount_are_wrong(amount: int, other: int, style: WordStyle) -> None:
    assume(amount != other)
    assert judge(to_words(amount, style), other) is Match.WRONG


def test_every_group_of_three_digits_reads_back_inside_and_alone() -> None:
    for group in range(1000):
        assert from_words(to_words(group)) == group
        assert from_words(to_words(7_000_000 + group)) == 7_000_000 + group


SPELLINGS = {
    "một": ["một", "Một", "MỘT"],
    "mốt": ["mốt", "một"],
    "tư": ["tư", "bốn"],
    "lăm": ["lăm", "năm", "nhăm", "Lăm"],
    "linh": ["linh", "lẻ"],
    "bảy": ["bảy", "bẩy"],
    "nghìn": ["nghìn", "ngàn", "nghìn,", "NGÀN;"],
    "tỷ": ["tỷ", "tỉ", "tỷ,", "Tỉ ,"],
    "đồng": ["đồng", "đồng chẵn", "đồng./.", "Đồng Việt Nam", ""],
}


@given(amounts, st.data())
def test_any_mixture_of_spellings_is_the_same_amount(amount: int, data: st.DataObject) -> None:
    words = to_words(amount).lower().split()
    text = " ".join(data.draw(st.sampled_from(SPELLINGS.get(word, [word]))) for word in words)
    assert from_words(text) == amount
    assert judge(text, amount) in (Match.EQUAL, Match.VARIANT)


WORDS = [
    "không",
    "một",
    "hai",
    "năm",
    "tư",
    "lăm",
    "mươi",
    "mười",
    "trăm",
    "linh",
    "nghìn",
    "triệu",
    "tỷ",
    "âm",
    "đồng",
]


@given(st.lists(st.sampled_from(WORDS), max_size=9))
def test_any_words_are_an_amount_or_refused(words: list[str]) -> None:
    text = " ".join(words)
    try:
        amount = from_words(text)
    except MalformedWords:
        return
    assert judge(text, amount) is not Match.WRONG
    assert judge(text, amount + 1) is Match.WRONG
