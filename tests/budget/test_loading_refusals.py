"""What items and estimates are refused for: where, what, what was found, what is expected."""

import pytest
from support.plan_folder import COSTING, COSTS, HEAD, ITEMS, YEARLY, refusal

PLAN = HEAD + YEARLY
WITH_COSTING = HEAD + YEARLY + COSTS + COSTING
ITEM_HEAD = "id,appendix,parent,kind,number,title,amount.central.2021,amount.local.2022\n"
LINE_HEAD = "id,costing,number,content,quantity,unit_price,amount,payer\n"
LINE = "c1-1,c1,1,A,2 bộ,5.000,,\n"

DATE = "a spreadsheet has turned this cell into a date (as 1/2 into 02-Jan)"
AS_PRINTED = "the text as printed, in a cell formatted as Text"
ONE_PRICE = ("a unit price is one number", "1.000.000đ/ buổi, 25.000.000, 60tr/lớp.")
TOO_LITTLE = ("the line says too little or too much", "a quantity and a unit price, or an amount alone, or “-”")


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (
            ITEM_HEAD + "a,pl9,,item,1,T,,\n",
            ("row 2, column “appendix”", "there is no such code", "pl9", "one of: pl1"),
        ),
        (
            ITEM_HEAD + "a,pl1,,group,1,T,,\nb,pl1,aa,item,1,T,,\n",
            ("row 3, column “parent”", "there is no such code", "aa", "one of: a"),
        ),
        (
            ITEM_HEAD + "a,pl1,,groups,1,T,,\n",
            ("row 2, column “kind”", "the value cannot be used", "groups", "one of: group, item, subitem"),
        ),
        (
            ITEM_HEAD + "a,pl1,,item,1,T,,\n\nA,pl1,,item,2,T,,\n",
            ("row 4, column “id”", "the code stands at items, row 2, column “id” already", "A", ""),
        ),
        (
            ITEM_HEAD + "1a,pl1,,item,1,T,,\n",
            (
                "row 2, column “id”", "the code cannot be used", "1a",
                "a letter first, then letters, digits, - and _",
            ),
        ),
        (
            ITEM_HEAD + "a,pl1,,item,1,,,\n",
            ("row 2, column “title”", "a value is missing", None, "What it is."),
        ),
        (
            ITEM_HEAD + "a,pl1,,item,1,T,,\nb,pl1,,item,1,T,,\n",
            ("row 3, column “number”", "the number stands in row 2 already", "1", "each number once among siblings"),
        ),
        (
            ITEM_HEAD + "a,pl1,,item,2.9,T,,\nb,pl1,,item,2.1,T,,\n",
            (
                "row 3, column “number”", "a spreadsheet has dropped the number's last zero", "2.1",
                "“2.10”, in a cell formatted as Text",
            ),
        ),
        (
            ITEM_HEAD + "a,pl1,,item,1.1,T,,\nb,pl1,,item,1.8,T,,\nc,pl1,,item,1.1,T,,\n",
            (
                "row 4, column “number”", "a spreadsheet has dropped the number's last zero", "1.1",
                "“1.10”, in a cell formatted as Text",
            ),
        ),
        (
            ITEM_HEAD + "a,pl1,,item,1,T,,\nb,pl1,a,item,1,T,,\nc,pl1,,item,2,T,,\nd,pl1,a,item,2,T,,\n",
            (
                "row 5, column “parent”", "the row stands outside its parent's rows", "a",
                "a child after its parent, before the next one",
            ),
        ),
        (
            ITEM_HEAD + "b,pl1,a,item,1,T,,\na,pl1,,item,1,T,,\n",
            (
                "row 2, column “parent”", "the row stands outside its parent's rows", "a",
                "a child after its parent, before the next one",
            ),
        ),
        (
            ITEM_HEAD + 'a,pl1,,item,1,T,"1,512,300",\n',
            (
                "row 2, column “amount.central.2021”",
                "English grouping; dots must separate the groups and a comma the decimals", "1,512,300",
                "a number such as 1.377 or 46,3",
            ),
        ),
        (
            ITEM_HEAD + "a,pl1,,item,1,T,2000.000.000,\n",
            (
                "row 2, column “amount.central.2021”",
                "the dots must part the number into groups of exactly three digits", "2000.000.000",
                "a number such as 1.377 or 46,3",
            ),
        ),
        (
            ITEM_HEAD + "a,pl1,,group,1,T,,7\nb,pl1,a,item,1,T,,\nc,pl1,b,subitem,1,T,,5\n",
            (
                "row 2, column “amount.local.2022”", "the row “c” below it has an amount", "7",
                "an empty cell: the total is computed",
            ),
        ),
        (
            ITEM_HEAD.replace("local.2022", "local.2031") + "a,pl1,,item,1,T,,7\n",
            (
                "row 2, column “amount.local.2031”", "the year is outside the period", "7",
                "one of: amount.central.2021, amount.local.2021, amount.central.2022, amount.local.2022",
            ),
        ),
        (
            ITEM_HEAD.replace("local.2022", "local") + "a,pl1,,item,1,T,,7\n",
            (
                "row 2, column “amount.local”", "appendix pl1 is split further than that", "7",
                "one of: amount.central.2021, amount.local.2021, amount.central.2022, amount.local.2022",
            ),
        ),
        (
            ITEM_HEAD.replace("local", "locale") + "a,pl1,,item,1,T,,\n",
            (
                "row 1, column “amount.locale.2022”", "there is no such column", "amount.locale.2022",
                "the amount column of a source that is stated: amount.central, amount.local (with .year where there "
                "are years)",
            ),
        ),
        (
            "id,appendix,kind,title,objektive\na,pl1,item,T,\n",
            ("row 1, column “objektive”", "there is no such column", "objektive", "“objective”"),
        ),
        (
            "id,appendix,kind,title,Nội dung\na,pl1,item,T,\n",
            ("row 1, column “Nội dung”", "the column is there twice", "Nội dung", ""),
        ),
        (
            "id,appendix,kind\na,pl1,item\n",
            ("row 1", "a column is missing", None, "a column “title”"),
        ),
        (
            "id,appendix,kind,title\na,pl1,item,Tập huấn, đào tạo\n",
            (
                "row 2", "the row has more cells than the heading", " đào tạo",
                "4 cells; a cell with a comma must stand in double quotes",
            ),
        ),
        (
            'id,appendix,kind,title\na,pl1,item,"Tập" huấn\n',
            ("row 2", "the row cannot be read as CSV", "',' expected after '\"'", "double quotes in pairs"),
        ),
        (
            "id,appendix,kind,title,agency\na,pl1,item,T,nt\n",
            ("row 2, column “agency”", "the first row has no cell above it", "nt", ""),
        ),
        (
            "id,appendix,kind,title\na,pl1,item,T\x07\n",
            (
                "row 2, column “title”", "there is a control character", "U+0007",
                "letters, digits, signs and line breaks",
            ),
        ),
        (
            "id,appendix,kind,title,quantity\na,pl1,item,T,nhiều\n",
            ("row 2, column “quantity”", "this is not a number", "nhiều", "a number such as 1.377 or 46,3"),
        ),
    ],
)  # fmt: skip
def test_items_are_refused(tmp_path, items, expected):
    place, *rest = expected
    assert refusal(tmp_path, PLAN, items) == ("items.csv", f"items, {place}", *rest)


DATES = ["02-Jan", "2-thg 1", "2-Thg1", "2021-02-01 00:00:00", "2021-02-01", "01/02/2021", "1-Feb-2021"]


@pytest.mark.parametrize(
    ("column", "cell"), [("number", "Jan-21"), *(("number", date) for date in DATES), *(("id", date) for date in DATES)]
)
def test_a_number_or_a_code_that_a_spreadsheet_made_a_date(tmp_path, column, cell):
    row = {"id": "a", "number": "1"} | {column: cell}
    items = f"id,appendix,kind,number,title\n{row['id']},pl1,item,{row['number']},T\n"
    expected = ("items.csv", f"items, row 2, column “{column}”", DATE, cell, AS_PRINTED)
    assert refusal(tmp_path, PLAN, items) == expected


def test_amounts_along_axes_that_the_appendix_lacks(tmp_path):
    plan = HEAD + YEARLY.replace("years = true", "") + COSTS
    items = "id,appendix,kind,title,amount.local.2021\na,pl1,item,T,5\n"
    expected = "one of: amount.central, amount.local"
    assert refusal(tmp_path, plan, items)[1:] == (
        "items, row 2, column “amount.local.2021”", "appendix pl1 has no years", "5", expected,
    )  # fmt: skip
    items = "id,appendix,kind,title,amount.local\na,pl2,item,T,-\n"
    assert refusal(tmp_path, plan, items)[1:] == (
        "items, row 2, column “amount.local”", "appendix pl2 has no sources", "-", "one of: amount",
    )  # fmt: skip


def test_an_amount_of_a_source_that_another_appendix_has(tmp_path):
    plan = HEAD + YEARLY.replace('sources = ["central", "local"]', 'sources = ["local"]')
    assert refusal(tmp_path, plan, ITEM_HEAD + "a,pl1,,item,1,T,5,\n")[1:4] == (
        "items, row 2, column “amount.central.2021”", "appendix pl1 has no such source", "5",
    )  # fmt: skip


def test_an_amount_above_an_item_whose_costing_gives_it(tmp_path):
    items = "id,appendix,parent,kind,title,amount\na,pl2,,group,T,5\na1,pl2,a,item,T,\n"
    assert refusal(tmp_path, WITH_COSTING, items, LINE_HEAD + LINE)[1:4] == (
        "items, row 2, column “amount”", "the row “a1” below it has an amount", "5",
    )  # fmt: skip


def test_a_parent_of_another_appendix(tmp_path):
    items = ITEM_HEAD + "a,pl1,,group,1,T,,\nb,pl2,a,item,1,T,,\n"
    assert refusal(tmp_path, HEAD + YEARLY + COSTS, items)[1:3] == (
        "items, row 3, column “parent”", "the parent is in another appendix",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("c1-1,c2,1,A,2 bộ,5.000,,\n", ("costing", "there is no such code", "c2", "one of: c1")),
        ("a1,c1,1,A,2 bộ,5.000,,\n", ("id", "the code stands at items, row 3, column “id” already", "a1", "")),
        ("c1-1,c1,1,A,2 bộ,5.000,,locl\n", ("payer", "there is no such code", "locl", "“local”")),
        ("c1-1,c1,1,A,nt,5.000,,\n", ("quantity", "the line above has no quantity that could go on", "nt", "")),
        ("c1-1,c1,1,A,2 bộ,nt,,\n", ("unit_price", ONE_PRICE[0], "nt", ONE_PRICE[1])),
        ("c1-1,c1,1,A,2 bộ,5 x 3,,\n", ("unit_price", ONE_PRICE[0], "5 x 3", ONE_PRICE[1])),
        ("c1-1,c1,1,A,hai bộ,5.000,,\n", (
            "quantity", "it must begin with a number", "hai bộ",
            "02 người x 2 buổi, 150 bộ, 1; nt: the cell above goes on; -: a dash is printed.",
        )),
        ("c1-1,c1,1,A,,,,\n", ("amount", TOO_LITTLE[0], " |  | ", TOO_LITTLE[1])),
        ("c1-1,c1,1,A,2 bộ,,,\n", ("unit_price", TOO_LITTLE[0], "2 bộ |  | ", TOO_LITTLE[1])),
        ("c1-1,c1,1,A,-,5.000,,\n", ("quantity", TOO_LITTLE[0], "- | 5.000 | ", TOO_LITTLE[1])),
        ("c1-1,c1,1,A,2 bộ,5.000,10.000,\n", ("amount", TOO_LITTLE[0], "2 bộ | 5.000 | 10.000", TOO_LITTLE[1])),
    ],
)  # fmt: skip
def test_estimate_lines_are_refused(tmp_path, lines, expected):
    column, *rest = expected
    found = refusal(tmp_path, WITH_COSTING, ITEMS, LINE_HEAD + lines)
    assert found == ("estimates.csv", f"estimates, row 2, column “{column}”", *rest)


def test_a_duplicate_number_in_a_costing(tmp_path):
    assert refusal(tmp_path, WITH_COSTING, ITEMS, LINE_HEAD + LINE + LINE.replace("c1-1", "c1-2")) == (
        "estimates.csv", "estimates, row 3, column “number”", "the number stands in row 2 already", "1",
        "each number once among siblings",
    )  # fmt: skip


def test_a_costing_without_lines(tmp_path):
    assert refusal(tmp_path, WITH_COSTING, ITEMS, LINE_HEAD)[1:4] == (
        "[[costings]] 1, key “id”", "the costing has no lines", "c1",
    )  # fmt: skip


def test_items_of_a_summary(tmp_path):
    items = ITEM_HEAD + "a,pl2,,item,1,T,,\n"
    assert refusal(tmp_path, PLAN + COSTS + 'summarises = "pl1"\n', items)[1:4] == (
        "items, row 2, column “appendix”", "an appendix that summarises has no items of its own", "pl2",
    )  # fmt: skip


def test_a_table_without_rows(tmp_path):
    assert refusal(tmp_path, PLAN, ITEM_HEAD) == ("items.csv", "items, row 2", "the table has no rows", None, "")


def test_an_empty_file(tmp_path):
    assert refusal(tmp_path, PLAN, "")[:3] == ("items.csv", "items, row 1", "a column is missing")
