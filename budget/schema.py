"""The one schema of a plan on disk, as data: tables, columns, enumerations. `plans/README.md` documents it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from budget.money import Unit
from budget.plan import Axis, Basis, Kind, State, Status
from faults import Lang, Text


class Type(StrEnum):
    """What the cells of a column hold."""

    KEY = "key"  # the code of this row: begins with a letter, then letters, digits, "-", "_"
    REFERENCE = "reference"  # the code of another row
    KEYS = "keys"  # several codes, separated by commas
    NUMBERING = "numbering"  # a printed number: I, 2.10, đ
    TEXT = "text"  # short text, which a spreadsheet may take for a number or a date
    PROSE = "prose"  # running text
    LINES = "lines"  # several texts, one a line
    PAIRS = "pairs"  # several "key=value", one a line
    CHOICE = "choice"  # one of the column's choices
    FLAG = "flag"  # yes or no
    UNIT = "unit"  # a unit of money
    STYLE = "style"  # how amounts are worded
    AMOUNT = "amount"  # money: a number, a dash or nothing
    NUMBER = "number"  # any other number
    EXPRESSION = "expression"  # factors: "02 người x 2 buổi"
    DATE = "date"
    YEAR = "year"
    YEARS = "years"  # "2021-2025", "2024,2025" or "2026"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `choices` by stored value (CHOICE and FLAG only), `refers` the table whose codes it names."""

    key: str
    label: Text
    type: Type
    help: Text
    required: bool = False
    refers: str = ""
    choices: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `label` is the name of its sheet, `optional` whether a plan may do without it."""

    key: str
    label: Text
    help: Text
    columns: tuple[Column, ...]
    optional: bool = True

    def column(self, key: str) -> Column:
        """The column called `key`; KeyError if there is none."""
        return {column.key: column for column in self.columns}[key]


SPAN = "nt"  # "như trên": the cell above goes on
DASH = "-"
SPANNING = ("agency", "partners", "objective")  # the columns of items where a cell may go on

STATES: Mapping[str, Text] = MappingProxyType(
    {State.DRAFT: Text("dự thảo", "draft"), State.ISSUED: Text("đã ban hành", "issued")}
)
KINDS: Mapping[str, Text] = MappingProxyType(
    {Kind.GROUP: Text("nhóm", "group"), Kind.ITEM: Text("hạng mục", "item"), Kind.SUBITEM: Text("tiểu mục", "subitem")}
)
BASES: Mapping[str, Text] = MappingProxyType(
    {
        Basis.NORM: Text("định mức", "norm"),
        Basis.QUOTATION: Text("báo giá", "quotation"),
        Basis.DECISION: Text("quyết định", "decision"),
    }
)
STATUSES: Mapping[str, Text] = MappingProxyType(
    {
        Status.STATED: Text("nêu rõ", "stated"),
        Status.PROVEN: Text("suy ra được", "proven"),
        Status.UNREADABLE: Text("không đọc được", "unreadable"),
    }
)
FLAGS: Mapping[str, Text] = MappingProxyType({"true": Text("có", "yes"), "false": Text("không", "no")})
UNITS = tuple(unit.label for unit in Unit)


def _column(  # noqa: PLR0913 - a row of the schema, read as a table
    key: str, type_: Type, vi: str, en: str, help_vi: str, help_en: str,
    *, required: bool = False, refers: str = "", choices: Mapping[str, Text] = MappingProxyType({}),
) -> Column:  # fmt: skip
    return Column(key, Text(vi, en), type_, Text(help_vi, help_en), required, refers, choices)


PLAN = Table(
    "plan", Text("Kế hoạch", "Plan"),
    Text("Văn bản: mỗi dòng một mục.", "The document: an entry on each row."),
    (
        _column("version", Type.TEXT, "Phiên bản", "Version",
                "Dấu phiên bản của bản kế hoạch này, ghi tùy ý.",
                "Version stamp of this text of the plan, any text.", required=True),
        _column("title", Type.PROSE, "Tên kế hoạch", "Title",
                "Tên đầy đủ của kế hoạch.", "Title of the plan.", required=True),
        _column("period", Type.YEARS, "Giai đoạn", "Period",
                "Các năm được chi: 2021-2025 hoặc 2026.",
                "The years the plan may spend in: 2021-2025 or 2026.", required=True),
        _column("decision.kind", Type.PROSE, "Loại văn bản", "Kind of document",
                "Quyết định, Kế hoạch, ...", "Quyết định, Kế hoạch, ...", required=True),
        _column("decision.issuer", Type.PROSE, "Cơ quan ban hành", "Issuer",
                "Ví dụ: Ủy ban nhân dân thành phố Cần Thơ.", "Who issues it.", required=True),
        _column("decision.state", Type.CHOICE, "Tình trạng", "State",
                "Dự thảo: số và ngày in để trống.",
                "A draft prints its number and date as blanks.", required=True, choices=STATES),
        _column("decision.number", Type.TEXT, "Số", "Number",
                "Ví dụ: 1279/QĐ-UBND; dự thảo để trống được.", "E.g. 1279/QĐ-UBND; may be empty in a draft."),
        _column("decision.date", Type.DATE, "Ngày", "Date",
                "Ví dụ: 15/06/2021; dự thảo để trống được.", "E.g. 15/06/2021; may be empty in a draft."),
        _column("notes", Type.LINES, "Ghi chú", "Notes",
                "Giả định khi chép số liệu; mỗi ghi chú một dòng.", "Assumptions made in transcribing; a row each."),
    ),
    optional=False,
)  # fmt: skip

SOURCES = Table(
    "sources", Text("Nguồn kinh phí", "Sources"),
    Text("Mỗi dòng một nguồn kinh phí.", "A funding source on each row."),
    (
        _column("key", Type.KEY, "Mã nguồn", "Source code",
                "Bắt đầu bằng chữ cái, không dấu cách: nstw.",
                "Begins with a letter, without blanks: central.", required=True),
        _column("name", Type.PROSE, "Tên nguồn", "Source name",
                "Ví dụ: Ngân sách trung ương.", "E.g. Ngân sách trung ương.", required=True),
    ),
)  # fmt: skip

APPENDICES = Table(
    "appendices", Text("Phụ lục", "Appendices"),
    Text("Mỗi dòng một phụ lục được in.", "A printed appendix on each row."),
    (
        _column("key", Type.KEY, "Mã phụ lục", "Appendix code",
                "Bắt đầu bằng chữ cái: pl1.", "Begins with a letter: pl1.", required=True),
        _column("form", Type.TEXT, "Biểu mẫu", "Form",
                "Tên một biểu mẫu (lệnh phuluc forms liệt kê).",
                "Name of a form (phuluc forms lists them).", required=True),
        _column("sheet", Type.PROSE, "Tên trang", "Sheet name",
                "Không quá 31 ký tự, không có [ ] : * ? / \\.",
                "At most 31 characters, none of [ ] : * ? / \\.", required=True),
        _column("heading", Type.PROSE, "Số phụ lục", "Heading",
                "Ví dụ: Phụ lục I; để trống được.", "E.g. Phụ lục I; may be empty."),
        _column("title", Type.PROSE, "Tiêu đề", "Appendix title",
                "Tiêu đề dưới số phụ lục.", "The title under the heading.", required=True),
        _column("unit", Type.UNIT, "Đơn vị tính", "Unit",
                "Đơn vị của mọi số tiền trong phụ lục.", "The unit of every amount in the appendix.", required=True),
        _column("sources", Type.KEYS, "Nguồn", "Sources",
                "Các mã nguồn theo thứ tự in, cách nhau bằng dấu phẩy; để trống: bảng không chia nguồn.",
                "Source codes in print order, separated by commas; empty: the table has no sources.", refers="sources"),
        _column("labels", Type.LINES, "Tên nguồn khi in", "Printed source names",
                "Mỗi nguồn một dòng, theo thứ tự trên, nếu in khác tên nguồn.",
                "A line for each source, in the same order, where the print differs."),
        _column("years", Type.FLAG, "Năm", "Years",
                "Có: mỗi năm của giai đoạn là một cột.", "Yes: every year of the period is a column.", choices=FLAGS),
        _column("summarises", Type.REFERENCE, "Tổng hợp của", "Summarises",
                "Mã phụ lục mà phụ lục này tổng hợp; khi đó không có hạng mục riêng.",
                "Code of the appendix that this one sums up; it then has no items of its own.", refers="appendices"),
        _column("words", Type.STYLE, "Cách đọc số", "Wording",
                "Cách nhau bằng dấu phẩy: tỉ, ngàn, dấu phẩy, chẵn; để trống: tỷ, nghìn.",
                "Separated by commas: tỉ, ngàn, dấu phẩy, chẵn; empty: tỷ, nghìn."),
        _column("texts", Type.PAIRS, "Lời trong biểu", "Texts",
                "Lời thay cho lời của biểu mẫu, mỗi dòng: tên=lời.",
                "Wording that replaces the form's: key=value lines."),
    ),
    optional=False,
)  # fmt: skip

AMOUNT = _column(
    "amount", Type.AMOUNT, "Số tiền", "Amount",
    "Số gốc, theo đơn vị của phụ lục. Để trống: không có; -: in dấu gạch, khác số 0. Không ghi số tổng.",
    "A leaf, in the unit of the appendix. Empty: nothing; -: a dash, which is not 0. Totals are never entered.",
)  # fmt: skip

ITEMS = Table(
    "items", Text("Hạng mục", "Items"),
    Text("Mỗi dòng một dòng của phụ lục và các số tiền gốc.", "A row of an appendix and its leaf amounts on each row."),
    (
        _column("id", Type.KEY, "Mã", "Code",
                "Bắt đầu bằng chữ cái, không trùng, không đổi về sau.",
                "Begins with a letter, unique, never changes.", required=True),
        _column("appendix", Type.REFERENCE, "Phụ lục", "Appendix",
                "Mã phụ lục chứa dòng này.", "Code of its appendix.", required=True, refers="appendices"),
        _column("parent", Type.REFERENCE, "Thuộc", "Parent",
                "Mã dòng cha; dòng ngoài cùng để trống.", "Code of the parent row; empty at the top.", refers="items"),
        _column("kind", Type.CHOICE, "Loại dòng", "Kind",
                "Nhóm, hạng mục hay tiểu mục.", "Group, item or subitem.", required=True, choices=KINDS),
        _column("number", Type.NUMBERING, "TT", "No.",
                "Số thứ tự như in; không trùng trong cùng dòng cha.", "As printed; unique among siblings."),
        _column("title", Type.PROSE, "Nội dung", "Content", "Tên hạng mục.", "What it is.", required=True),
        _column("start", Type.TEXT, "Bắt đầu", "Start", "Như in.", "As printed."),
        _column("end", Type.TEXT, "Kết thúc", "End", "Như in.", "As printed."),
        _column("schedule", Type.TEXT, "Thời gian thực hiện", "Schedule",
                "Như in: 2021 và 2024, Hằng năm.", "As printed: 2021 và 2024, Hằng năm."),
        _column("measure_unit", Type.TEXT, "Đơn vị tính", "Measure unit", "Lớp, cuộc, ...", "Lớp, cuộc, ..."),
        _column("quantity", Type.NUMBER, "Số lượng", "Quantity", "Một con số.", "A number."),
        _column("agency", Type.PROSE, "Đơn vị thực hiện", "Lead agency",
                "Cơ quan chủ trì; nt: ô trên kéo xuống.", "Lead agency; nt: the cell above goes on."),
        _column("partners", Type.PROSE, "Đơn vị phối hợp", "Partners",
                "Cơ quan phối hợp; nt: ô trên kéo xuống.", "Partner agencies; nt: the cell above goes on."),
        _column("objective", Type.PROSE, "Mục tiêu", "Objective",
                "Mục tiêu; nt: ô trên kéo xuống.", "Objective; nt: the cell above goes on."),
        _column("note", Type.PROSE, "Ghi chú", "Note", "Như in.", "As printed."),
    ),
    optional=False,
)  # fmt: skip

COSTINGS = Table(
    "costings", Text("Bảng dự toán", "Costings"),
    Text("Mỗi dòng một bảng (hoặc một câu) dự toán của một hạng mục.", "A costing table or sentence on each row."),
    (
        _column("id", Type.KEY, "Mã bảng", "Costing code",
                "Bắt đầu bằng chữ cái, không trùng.", "Begins with a letter, unique.", required=True),
        _column("item", Type.REFERENCE, "Hạng mục", "Item",
                "Mã hạng mục được tính.", "Code of the item it costs.", required=True, refers="items"),
        _column("appendix", Type.REFERENCE, "Phụ lục", "Appendix",
                "Mã phụ lục in bảng này; để trống: phép tính nằm trong tên hạng mục.",
                "Code of the appendix that prints it; empty: it stands in the item's title.", refers="appendices"),
        _column("layout", Type.TEXT, "Kiểu bảng", "Layout",
                "Một kiểu bảng của biểu mẫu.", "A table layout of the form.", required=True),
        _column("caption", Type.PROSE, "Tên bảng", "Caption", "Dòng trên bảng.", "The line above the table."),
        _column("trail", Type.PROSE, "Dòng kết", "Trail", "Dòng dưới bảng.", "A line below the table."),
        _column("lead", Type.PROSE, "Dòng dẫn", "Lead", "Dòng trên tên bảng.", "A line above the caption."),
        _column("covers_years", Type.YEARS, "Dự toán cho các năm", "Covers years",
                "2021-2025 hoặc 2024,2025: mỗi năm tốn đúng tổng này; để trống: cả giai đoạn tốn một lần.",
                "2021-2025 or 2024,2025: each year costs the total; empty: the period costs it once."),
        _column("basis", Type.CHOICE, "Căn cứ", "Basis",
                "Định mức, báo giá hay quyết định.", "Norm, quotation or decision.", choices=BASES),
        _column("heads", Type.PAIRS, "Tiêu đề cột", "Headings",
                "Tiêu đề cột in khác, mỗi dòng: tên cột=tiêu đề.", "Column headings that differ: key=value lines."),
    ),
)  # fmt: skip

ESTIMATES = Table(
    "estimates", Text("Dự toán", "Estimates"),
    Text("Mỗi dòng một dòng của bảng dự toán.", "A line of a costing on each row."),
    (
        _column("id", Type.KEY, "Mã dòng", "Line code",
                "Bắt đầu bằng chữ cái, không trùng.", "Begins with a letter, unique.", required=True),
        _column("costing", Type.REFERENCE, "Mã bảng", "Costing code",
                "Mã bảng dự toán chứa dòng này.", "Code of its costing.", required=True, refers="costings"),
        _column("number", Type.NUMBERING, "TT", "No.", "Số thứ tự như in.", "As printed."),
        _column("content", Type.PROSE, "Nội dung", "Content", "Nội dung chi.", "What the line pays for."),
        _column("quantity", Type.EXPRESSION, "Số lượng", "Quantity",
                "02 người x 2 buổi, 150 bộ, 1; nt: ô trên kéo xuống; -: in dấu gạch.",
                "02 người x 2 buổi, 150 bộ, 1; nt: the cell above goes on; -: a dash is printed."),
        _column("unit_price", Type.EXPRESSION, "Đơn giá", "Unit price",
                "1.000.000đ/ buổi, 25.000.000, 60tr/lớp.", "1.000.000đ/ buổi, 25.000.000, 60tr/lớp."),
        _column("amount", Type.AMOUNT, "Thành tiền", "Amount",
                "Chỉ cho khoản khoán gọn, không có số lượng và đơn giá.", "Only for a lump sum."),
        _column("payer", Type.REFERENCE, "Người chi", "Payer",
                "Mã nguồn chi dòng này.", "Code of the source that pays this line.", refers="sources"),
        _column("note", Type.PROSE, "Ghi chú", "Note", "Như in.", "As printed."),
    ),
)  # fmt: skip

CONTROLS = Table(
    "controls", Text("Số kiểm soát", "Controls"),
    Text("Mỗi dòng một số mà văn bản nêu và kế hoạch phải khớp.", "A stated figure that the plan must meet, each row."),
    (
        _column("appendix", Type.REFERENCE, "Phụ lục", "Appendix",
                "Mã phụ lục.", "Code of the appendix.", required=True, refers="appendices"),
        _column("item", Type.REFERENCE, "Hạng mục", "Item",
                "Mã hạng mục; để trống: tổng cộng.", "Code of the item; empty: the grand total.", refers="items"),
        _column("source", Type.REFERENCE, "Nguồn", "Source",
                "Mã nguồn; để trống: mọi nguồn.", "Code of the source; empty: all.", refers="sources"),
        _column("year", Type.YEAR, "Năm", "Year", "Để trống: mọi năm.", "Empty: all."),
        _column("amount", Type.AMOUNT, "Số tiền", "Amount",
                "Như văn bản nêu, theo đơn vị ở cột bên.", "As stated, in the unit beside it.", required=True),
        _column("unit", Type.UNIT, "Đơn vị tính", "Unit", "Đơn vị của số này.", "Its unit.", required=True),
        _column("words", Type.PROSE, "Bằng chữ", "In words", "Như văn bản nêu.", "As stated, if it is."),
        _column("stated_in", Type.PROSE, "Nêu tại", "Stated in", "Chỗ văn bản nêu.", "Where the document says so."),
    ),
)  # fmt: skip

READINGS = Table(
    "readings", Text("Cách đọc", "Readings"),
    Text("Mỗi dòng: một số gốc in hỏng được đọc thế nào.", "How a leaf with a damaged print was read, each row."),
    (
        _column("item", Type.REFERENCE, "Hạng mục", "Item",
                "Mã hạng mục hoặc mã dòng dự toán.",
                "Code of the item or of the estimate line.", required=True),
        _column("source", Type.REFERENCE, "Nguồn", "Source",
                "Để trống nếu phụ lục không chia nguồn.", "Empty where the appendix has no sources.", refers="sources"),
        _column("year", Type.YEAR, "Năm", "Year",
                "Để trống nếu phụ lục không chia năm.", "Empty where the appendix has no years."),
        _column("status", Type.CHOICE, "Tình trạng", "Status",
                "Nêu rõ, suy ra được hay không đọc được.",
                "Stated, proven or unreadable.", required=True, choices=STATUSES),
        _column("printed", Type.TEXT, "In là", "Printed",
                "Chữ số in, nếu khác số tiền.", "What is printed, where that is not the amount."),
        _column("reason", Type.PROSE, "Lý do", "Reason", "Vì sao đọc như vậy.", "Why it is read so."),
    ),
)  # fmt: skip

TABLES = (PLAN, SOURCES, APPENDICES, ITEMS, COSTINGS, ESTIMATES, CONTROLS, READINGS)


def amount_key(axis: Axis) -> str:
    """The key of the column of items that holds the amounts of `axis`: "amount.local.2021"."""
    return ".".join([AMOUNT.key, *(str(part) for part in axis if part is not None)])


def amount_label(axis: Axis, names: Mapping[str, str], lang: Lang) -> str:
    """The label of that column: "Số tiền · Ngân sách địa phương · 2021"; `names` are the sources' names by key."""
    source = [] if axis.source is None else [names[axis.source]]
    year = [] if axis.year is None else [str(axis.year)]
    return " · ".join([AMOUNT.label[lang], *source, *year])
