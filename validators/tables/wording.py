"""Words of appendices, folded so that capitals, spacing, accents' places and Unicode forms do not matter.

What is told of a text is kept: every pass over a table asks again, and all files of a folder use the same words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_MARKS = re.compile(r"[\u0300-\u036f]")
_WORDS = re.compile(r"[^\w%]+")
_MOST_KEPT = 16_384  # texts


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """Small letters, composed, single spaces, nothing of punctuation at either end."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).lower()).strip(" .:;,*-–—_•")


@lru_cache(maxsize=65_536)
def bare(text: str) -> str:
    """Small letters without accents, words parted by single spaces: what misspelt accents do not change."""
    letters = _MARKS.sub("", unicodedata.normalize("NFD", text.lower())).replace("đ", "d")
    return _WORDS.sub(" ", letters).strip()


_OUTLINE = r"(?:[ivx]+|[a-h]|\d+)(?:\s*[+,]\s*(?:[ivx]+|[a-h]|\d+|\.{2,}|…))*"  # what a total adds up: "I + II"
_TOTAL = re.compile(
    rf"""[(\[]?\s*(?:
        tổng\ (?:cộng|công)\b(?!\ (?:tác|ty|trình|đoàn|viên|nghệ|nghiệp|chứng|chức|bố|khai))
      | tổng\ (?:số|kinh\ phí|dự\ toán|nhu\ cầu|vốn|nguồn|mức|tiền|giá|chi|thu|toàn|chung|hợp\ kinh\ phí)\b
      | tổng\ (?:ngân\ sách|(?:cả\ )?giai\ đoạn|(?:từng\ |các\ )?năm|các\ nguồn|\d+\ năm|trước|sau)\b
      | (?:tổng|cộng)\s*[:(=]?\s*(?:\(.*\)|{_OUTLINE}\)?)?$
      | cộng\ (?:trước|sau|[ivx]+|[a-h])\b
      | (?:cộng|tổng)\ (?:mục|nhóm|phần|tiểu\ mục|chương|khoản)\b
      | cộng\ (?:trang|dồn|chung|lũy|luỹ|tiền|thành\ tiền|giá|chi\ phí|kinh\ phí)\b
      | toàn\ bộ\ (?:kinh\ phí|chi\ phí|dự\ toán|nhu\ cầu|số\ tiền)\s*(?:[:(]|$)
      | \(?(?:[ivx]+|[a-h]|\d{{1,2}})\)?(?:\s*\+\s*\(?(?:[ivx]+|[a-h]|\d{{1,2}}|\.{{2,}}|…)\)?)+$
      | (?:toàn\ tỉnh|toàn\ thành\ phố|toàn\ ngành|cả\ nước)$
      | (?:grand\ |sub-?)?total\b
    )""",
    re.VERBOSE,
)
_SUBTOTAL = re.compile(
    r"(?:giá|giá trị|chi phí|thành tiền|kinh phí)\b.*\b(?:trước|sau) (?:thuế|giảm|chiết khấu|vat)|giá trị hợp đồng$"
)


@lru_cache(maxsize=_MOST_KEPT)
def is_total_row(label: str) -> bool:
    """Whether a row of that label adds up others: a total, or what is left after taxes and discounts."""
    return is_total(label) or bool(_SUBTOTAL.match(folded(label)))


_OF_A_GROUP = re.compile(r"cộng\b|tổng (?:mục|nhóm|phần|tiểu mục|chương|khoản)\b")


@lru_cache(maxsize=_MOST_KEPT)
def is_group_total(label: str) -> bool:
    """Whether a total of that label ends a group: Cộng, Cộng mục I, Tổng mục I."""
    return bool(_OF_A_GROUP.match(folded(label)))


_NO_TOTAL = re.compile(r"tổng (?:số lượng|mức độ|số (?:người|hộ|lao động) )|tổng chi cục")


@lru_cache(maxsize=_MOST_KEPT)
def is_total(label: str) -> bool:
    """Whether a row or a column of that label adds up others: Tổng cộng, Tổng số, Cộng, Tổng kinh phí."""
    text = folded(label)
    return bool(_TOTAL.match(text)) and not _NO_TOTAL.match(text)


_MEMO = re.compile(
    r"(?:trong đó|trong do|bao gồm|gồm có|gồm|chia ra|cơ cấu nguồn|phân theo|chia theo|theo nguồn)\b|"
    r"(?:nguồn kinh phí|nguồn vốn)\s*(?:[:(]|$)"
)


@lru_cache(maxsize=_MOST_KEPT)
def is_memo(label: str) -> bool:
    """Whether a row of that label opens a breakdown of the row above: "Trong đó:", "Nguồn kinh phí:"."""
    return bool(_MEMO.match(folded(label)))


_SECOND_VIEW = re.compile(
    r"(?:(?:co cau|tong hop|phan bo|du kien|cac) )*"
    r"(?:nguon (?:von|kinh phi)|(?:kinh phi|von) (?:phan|chia) theo nguon)\b"
)


@lru_cache(maxsize=_MOST_KEPT)
def is_second_view(label: str) -> bool:
    """Whether a group of that label tells once more what others come to: "Phân theo nguồn vốn", "Nguồn kinh phí"."""
    return is_memo(label) or bool(_SECOND_VIEW.match(bare(label)))


_NAME = r"(?:[ivxlc]+|[a-hđ]|\d{1,3}(?:\.\d{1,3})*)"  # a number of four digits is a year: "giai đoạn 2016-2020"
_LONGEST_LABEL = 300  # characters
_STATED = re.compile(rf"(?<![\w.])\(?\s*(?:{_NAME}\s*=|=)?\s*({_NAME}(?:\s*[-+–,]\s*{_NAME})+)\s*\)?$")
_TERM = re.compile(rf"([-+–,]?)\s*({_NAME})")


def stated_terms(label: str) -> list[tuple[int, str]]:
    """What a label says that its row adds up: "Tổng cộng (I+II-III)" is +i, +ii, -iii; else nothing."""
    return list(_stated_terms(label))


@lru_cache(maxsize=_MOST_KEPT)
def _stated_terms(label: str) -> tuple[tuple[int, str], ...]:
    if len(label) > _LONGEST_LABEL or not (found := _STATED.search(folded(label).rstrip(")") + ")")):
        return ()
    return tuple((-1 if sign in ("-", "–") else 1, name) for sign, name in _TERM.findall(found[1]))


def stated_names(label: str) -> set[str]:
    """The numbers of the rows that a label names."""
    return {name for _, name in stated_terms(label)}


_SOURCE = re.compile(
    r"\b(?:ngan sach|ns|nstw|nsdp|nsnn|nst|nsh|nsx|nsth|nguon|xa hoi hoa|xhh|trung uong|tw|dia phuong|dp|tai tro|oda|"
    r"von|doi ung|hop phap|doanh nghiep|dn|dong gop|huy dong|vien tro|tin dung|tu co|cap tinh|cap huyen|cap xa|"
    r"tinh ho tro|ho tro tu|su nghiep|dau tu phat trien|dan gop|nhan dan|xo so|xskt|trai phieu|tpcp|"
    r"(?:tien|thu) su dung dat)\b"
)
_FUND = re.compile(  # with accents: neither "quý" nor "quy hoạch"; nor what one has of land, houses, wages or time
    r"(?:(?:trong đó|bao gồm|gồm|chia ra)\W+)?(?:từ )?(?:các )?quỹ\b"
    r"(?! (?:đất|nhà|căn hộ|lương|tiền (?:lương|công|mặt|thưởng)|phụ cấp|biên chế|đạo|thời gian)\b)"
)


@lru_cache(maxsize=_MOST_KEPT)
def is_source(label: str) -> bool:
    """Whether a label reads like a funding source."""
    return bool(_SOURCE.search(bare(label)) or _FUND.match(folded(label)))


_SOURCE_LINE = re.compile(
    r"(?:(?:trong do|bao gom|gom|chia ra) )?(?:(?:kinh phi )?tu )?"
    r"(?:nguon|(?:ngoai )?ngan sach|ns|nstw|nsdp|nsnn|nst|nsh|nsx|von|xa hoi hoa|xhh|trung uong|tw|dia phuong|dp|"
    r"tai tro|oda|doi ung|huy dong|vien tro|tin dung|cap (?:tinh|huyen|xa)|dan gop|"
    r"(?:nguoi dan|nhan dan|ho dan|cong dong|hoi vien|phu huynh) dong gop|doanh nghiep (?:dong gop|tu|doi ung)|"
    r"kinh phi (?:nsnn|ngan sach|doi ung|xa hoi|tai tro|trung uong|tw|dia phuong|huy dong)|"
    r"chuong trinh .* quoc gia|chuong trinh muc tieu|(?:tinh|huyen|trung uong) ho tro|xo so|xskt|trai phieu|tpcp|"
    r"(?:thu )?tien su dung dat|thu su dung dat)\b"
)


_CHARGE = re.compile(r"(?:thue|du phong|giam|chiet khau|phi|le phi|chi phi|vat|bao hiem|lai)\b")
_SHARE = re.compile(r"\(\s*\d{1,3}(?:[,.]\d+)?\s*%\s*\)\s*$")


@lru_cache(maxsize=_MOST_KEPT)
def is_source_line(label: str) -> bool:
    """Whether a row of that label is a line of one funding source: it begins with its name, or ends with its share."""
    words = bare(label)
    named = _SOURCE_LINE.match(words) or _FUND.match(folded(label))
    return bool(named or (_SHARE.search(label) and not _CHARGE.match(words)))


_AGENCY = re.compile(  # with capitals: "Ban Dân tộc" is an agency, "Ban hành văn bản" is none
    r"(?:Sở|Cục|Chi cục|Tổng cục|Ủy ban|Uỷ ban|UBND|HĐND|Công an|Văn phòng|Thanh tra|Kho bạc|Viện|Bệnh viện|Trường|"
    r"Đài Phát thanh|Báo|Mặt trận|Liên minh|Liên đoàn|Tỉnh ủy|Thành ủy|Tỉnh đoàn|Thành đoàn|Huyện ủy|Đảng ủy|"
    r"Ban (?:Quản lý|Dân tộc|Tuyên giáo|Tổ chức|Dân vận|Nội chính)|Bộ (?:Chỉ huy|Tư lệnh)|Hội (?:Nông|Liên|Cựu|Chữ)|"
    r"Trung tâm|Phòng (?:Kinh|Tài|Văn|Giáo|Nội|Nông|Lao|Tư|Y)|"
    r"(?:Huyện|Xã|Phường|Thị xã|Thị trấn|Thành phố) [A-ZĐÂĂÊÔƠƯ]\w)"
)
_AGENCY_IN_CAPITALS = re.compile(r"(?:SỞ|CỤC|CHI CỤC|ỦY BAN|UBND|CÔNG AN|HUYỆN|XÃ|PHƯỜNG|THỊ XÃ|THÀNH PHỐ) \w")


@lru_cache(maxsize=_MOST_KEPT)
def is_agency(label: str) -> bool:
    """Whether a label is the name of an agency: "Sở Công Thương", "UBND huyện Tam Nông"."""
    return bool(_AGENCY.match(label) or _AGENCY_IN_CAPITALS.match(label))


_DITTO = re.compile(r"[-–—\s]*(?:n\.?\s?t\.?|như trên|[\"“”„″〃'´]{1,2}|//)[-–—\s.]*", re.IGNORECASE)


@lru_cache(maxsize=_MOST_KEPT)
def is_ditto(text: str) -> bool:
    """Whether a cell says what the one above says: "nt", "Như trên", "-nt-", a ditto mark."""
    return bool(_DITTO.fullmatch(text))


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:-|–|—|đến|den|->|÷)\s*(?:năm\s*)?((?:19|20)\d\d)(?!\d)")


@lru_cache(maxsize=_MOST_KEPT)
def years_in(text: str) -> tuple[int, ...]:
    """The years that a text names, spans filled: "2021-2023" is three."""
    found = [year for first, last in _SPAN.findall(text) for year in range(int(first), int(last) + 1)]
    found += map(int, _YEAR.findall(_SPAN.sub(" ", text)))
    return tuple(sorted(set(found)))
