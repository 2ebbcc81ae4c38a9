"""What the document, its costings, controls, readings and files are refused for."""

import pytest
from support.plan_folder import COSTING, COSTS, HEAD, ITEMS, YEARLY, load_text, refusal, write_text_plan

from budget.loading import load_plan
from faults import InputFault

PLAN = HEAD + YEARLY
WITH_COSTING = HEAD + YEARLY + COSTS + COSTING
ITEM_HEAD = "id,appendix,parent,kind,number,title,amount.central.2021,amount.local.2022\n"
LINE_HEAD = "id,costing,number,content,quantity,unit_price,amount,payer\n"
LINE = "c1-1,c1,1,A,2 bộ,5.000,,\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('version = "1"', "", (
            "key “version”", "a value is missing", None, "Version stamp of this text of the plan, any text.",
        )),
        ('version = "1"', 'versoin = "1"', ("key “versoin”", "there is no such entry", "versoin", "“version”")),
        ('title = "Kế hoạch"', "title = 2021-01-01", (
            "key “title”", "a spreadsheet has turned this cell into a date (as 1/2 into 02-Jan)", "2021-01-01",
            "the text as printed, in a cell formatted as Text",
        )),
        ('title = "Kế hoạch"', "title = nan", ("key “title”", "the value cannot be used", "NaN", "text")),
        ('title = "Kế hoạch"', "title = [1]", ("key “title”", "the value cannot be used", "[1]", "text")),
        ('"2021-2022"', '"2022-2021"', (
            "key “period”", "the value cannot be used", "2022-2021", "2021-2025, 2024,2025 or 2026",
        )),
        ('state = "draft"', 'state = "issued"', (
            "key “decision.number”", "an issued document has a number and a date", None,
            "E.g. 1279/QĐ-UBND; may be empty in a draft.",
        )),
        ('state = "draft"', 'state = "final"', (
            "key “decision.state”", "the value cannot be used", "final", "one of: draft, issued",
        )),
        ('state = "draft"', 'state = "draft"\ndate = "31/02/2021"', (
            "key “decision.date”", "the value cannot be used", "31/02/2021", "a date such as 15/06/2021",
        )),
        ('key = "local"', 'key = "CENTRAL"', (
            "[[sources]] 2, key “key”", "the code stands at [[sources]] 1, key “key” already", "CENTRAL", "",
        )),
        ("Ngân sách địa phương", "ngân sách  trung ương", (
            "[[sources]] 2, key “name”", "two sources have one name", "ngân sách  trung ương", "",
        )),
        ('[[sources]]\nkey = "local"', '[[source]]\nkey = "local"', (
            "", "there is no such table", "source", "“sources”",
        )),
        ("[[appendices]]", "[[appendix]]", ("", "a table is missing", "appendix", "“appendices”")),
        ("[decision]", "[[decision]]", ("", "this must be a TOML table", "decision", "[decision]")),
        ('unit = "triệu đồng"', 'unit = "triệu dồng"', (
            "[[appendices]] 1, key “unit”", "this is no unit of money", "triệu dồng",
            "one of: đồng, nghìn đồng, triệu đồng, tỷ đồng",
        )),
        ('["central", "local"]', '["central", "lokal"]', (
            "[[appendices]] 1, key “sources”", "there is no such code", "lokal", "“local”",
        )),
        ('["central", "local"]', '["central", "central"]', (
            "[[appendices]] 1, key “sources”", "the source is there twice", "central", "",
        )),
        ("years = true", 'years = true\nlabels = ["TW"]', (
            "[[appendices]] 1, key “labels”", "there are not as many printed names as sources", "1", "2 names",
        )),
        ("years = true", 'years = "yes!"', (
            "[[appendices]] 1, key “years”", "the value cannot be used", "yes!", "one of: true, false",
        )),
        ("years = true", 'words = "chẳn"', (
            "[[appendices]] 1, key “words”", "the value cannot be used", "chẳn",
            "Separated by commas: tỉ, ngàn, dấu phẩy, chẵn; empty: tỷ, nghìn.",
        )),
        ("years = true", 'summarises = "pl2"', (
            "[[appendices]] 1, key “summarises”", "there is no such code", "pl2", "one of: pl1",
        )),
        ("years = true", 'summarises = "pl1"', (
            "[[appendices]] 1, key “summarises”", "the appendix to be summarised is a summary itself", "pl1", "",
        )),
        ('sheet = "Phụ lục 1"', 'sheet = "Phụ lục 1/2"', (
            "[[appendices]] 1, key “sheet”", "the sheet name cannot be used", "Phụ lục 1/2",
            "At most 31 characters, none of [ ] : * ? / \\.",
        )),
        ('sheet = "Phụ lục 1"', 'sheet = "' + "x" * 32 + '"', (
            "[[appendices]] 1, key “sheet”", "the sheet name cannot be used", "x" * 32,
            "At most 31 characters, none of [ ] : * ? / \\.",
        )),
    ],
)  # fmt: skip
def test_the_document_is_refused(tmp_path, old, new, expected):
    assert old in PLAN
    assert refusal(tmp_path, PLAN.replace(old, new), ITEMS) == ("plan.toml", *expected)


def test_two_sheets_of_one_name(tmp_path):
    plan = PLAN + COSTS.replace("Phụ lục 2", "PHỤ LỤC 1")
    assert refusal(tmp_path, plan)[1:4] == ("[[appendices]] 2, key “sheet”", "two sheets have one name", "PHỤ LỤC 1")


def test_a_summary_along_axes_that_the_other_appendix_lacks(tmp_path):
    summary = COSTS + 'years = true\nsummarises = "pl1"\n'
    plan = HEAD + YEARLY.replace("years = true", "years = false") + summary
    assert refusal(tmp_path, plan)[1:4] == (
        "[[appendices]] 2, key “years”",
        "appendix pl1 is not split that way",
        "2021",
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('item = "a1"', 'item = "a9"', ("item”", "there is no such code", "a9", "one of: a, a1, a2")),
        ('appendix = "pl2"', 'appendix = "pl7"', ("appendix”", "there is no such code", "pl7", "one of: pl1, pl2")),
        ('item = "a1"', 'item = "a1"\ncovers_years = "2022,2023"', (
            "covers_years”", "the year is outside the period", "2023", "one of: 2021, 2022",
        )),
        ('item = "a1"', 'item = "a1"\nbasis = "guess"', (
            "basis”", "the value cannot be used", "guess", "one of: norm, quotation, decision",
        )),
        ('appendix = "pl2"\n', "", (
            "appendix”", "the item's title does not contain the costing", "Tập huấn",
            "“2 bộ x 5.000” in the title, or an appendix's code",
        )),
    ],
)  # fmt: skip
def test_costings_are_refused(tmp_path, old, new, expected):
    costing = COSTING.replace(old, new)
    found = refusal(tmp_path, HEAD + YEARLY + COSTS + costing, ITEMS, LINE_HEAD + LINE)
    assert found == ("plan.toml", f"[[costings]] 1, key “{expected[0]}", *expected[1:])


@pytest.mark.parametrize(
    ("control", "expected"),
    [
        ('appendix = "pl1"\namount = "-"', ("amount”", "a control figure is a number", None, "")),
        ('appendix = "pl1"\nitem = "b"\namount = 1', (
            "item”", "there is no such code", "b", "one of: a, a1, a2",
        )),
        ('appendix = "pl1"\nsource = "x"\namount = 1', (
            "source”", "appendix pl1 has no such source", "x", "one of: central, local",
        )),
        ('appendix = "pl1"\nyear = 2023\namount = 1', (
            "year”", "the year is outside the period", "2023", "one of: 2021, 2022",
        )),
        ('appendix = "pl1"\nyear = 23\namount = 1', (
            "year”", "the value cannot be used", "23", "a year of four digits",
        )),
        ('appendix = "pl2"\nsource = "local"\namount = 1', (
            "source”", "appendix pl2 has no sources", "local", "an empty cell",
        )),
        ('appendix = "pl1"\namount = 1\nwords = "Ba tris đồng"', (
            "words”", "“tris” is no word of a number", "Ba tris đồng", "",
        )),
    ],
)  # fmt: skip
def test_controls_are_refused(tmp_path, control, expected):
    plan = HEAD + YEARLY + COSTS + f'[[controls]]\n{control}\nunit = "đồng"\n'
    found = refusal(tmp_path, plan, ITEMS)
    assert found == ("plan.toml", f"[[controls]] 1, key “{expected[0]}", *expected[1:])


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        ('item = "a9"\nstatus = "proven"', ("item”", "there is no such code", "a9", "one of: a, a1, a2")),
        ('item = "a1"\nstatus = "proven"', (
            "item”", "there is no leaf at this source and year", "a1", "the source and the year of a leaf",
        )),
        ('item = "a1"\nsource = "local"\nyear = 2021\nstatus = "proven"', (
            "item”", "there is no leaf at this source and year", "a1", "the source and the year of a leaf",
        )),
        ('item = "a1"\nsource = "loca"\nyear = 2021\nstatus = "proven"', (
            "source”", "there is no such code", "loca", "“local”",
        )),
        ('item = "a1"\nsource = "central"\nyear = 2021\nstatus = "unreadable"', (
            "status”", "the figure is unreadable and yet has an amount", "42", "an empty amount",
        )),
    ],
)  # fmt: skip
def test_readings_are_refused(tmp_path, reading, expected):
    found = refusal(tmp_path, PLAN + f"[[readings]]\n{reading}\n", ITEMS)
    assert found == ("plan.toml", f"[[readings]] 1, key “{expected[0]}", *expected[1:])


def test_two_readings_of_one_figure(tmp_path):
    reading = '[[readings]]\nitem = "a1"\nsource = "central"\nyear = 2021\nstatus = "proven"\n'
    assert refusal(tmp_path, PLAN + reading * 2)[1:4] == (
        "[[readings]] 2, key “item”", "the figure has a reading already", "a1",
    )  # fmt: skip


def test_an_unreadable_amount_that_can_be_computed(tmp_path):
    plan = WITH_COSTING + '[[readings]]\nitem = "c1-1"\nstatus = "unreadable"\n'
    assert refusal(tmp_path, plan, ITEMS, LINE_HEAD + LINE)[1:3] == (
        "[[readings]] 1, key “status”", "quantity and price give the amount",
    )  # fmt: skip


def test_files_that_are_missing_or_misspelt(tmp_path):
    with pytest.raises(InputFault, match="there is no such file or folder"):
        load_plan(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputFault, match=r"empty: a table is missing; expected “plan.toml”"):
        load_plan(tmp_path / "empty")
    (tmp_path / "plan.csv").write_text("")
    with pytest.raises(InputFault, match=r"this is no plan; expected a plan's folder or an \.xlsx file"):
        load_plan(tmp_path / "plan.csv")
    write_text_plan(tmp_path, PLAN, ITEMS)
    (tmp_path / "items.csv").rename(tmp_path / "item.csv")
    with pytest.raises(InputFault, match=r"a table is missing; found “item.csv”; expected “items.csv”"):
        load_plan(tmp_path)
    write_text_plan(tmp_path, PLAN, ITEMS)
    (tmp_path / "estimate.csv").write_text("")
    with pytest.raises(InputFault, match=r"a table is missing; found “estimate.csv”; expected “estimates.csv”"):
        load_plan(tmp_path)


@pytest.mark.parametrize(
    ("data", "row", "found"),
    [
        (ITEMS.encode().replace("ệ".encode(), b"") + "b,pl1,,item,,Đ\n".encode("cp1258"), 5, "d0"),
        ("id,appendix\n".encode("utf-16"), 1, "ff"),
        ("id,appendix\na,Đ\n".encode("cp1258"), 2, "d0"),
    ],
)
def test_files_in_another_encoding(tmp_path, data, row, found):
    file, place, what, byte, expected = refusal(tmp_path, PLAN, data)
    assert byte == found
    assert (file, place, what) == ("items.csv", f"items, row {row}", "the file is not in UTF-8")
    assert expected == "a file saved as CSV UTF-8"


def test_toml_that_is_no_toml(tmp_path):
    file, place, what, found, _ = refusal(tmp_path, PLAN.replace('state = "draft"', "state = draft"))
    assert (file, place, what) == ("plan.toml", "plan.toml, row 8", "the file is not valid TOML")
    assert "line 8" in found


def test_toml_in_another_encoding(tmp_path):
    assert refusal(tmp_path, (HEAD + YEARLY).encode("utf-16"))[2] == "the file is not in UTF-8"


def test_the_whole_sentence_in_both_languages(tmp_path):
    with pytest.raises(InputFault) as caught:
        load_text(tmp_path, PLAN, ITEM_HEAD + "a,pl1,,item,1,T,46.3,\n")
    assert caught.value.sentence("en") == (
        f"{tmp_path}/items.csv: items, row 2, column “amount.central.2021”: a dot only separates groups of three "
        "digits; decimals follow a comma; found “46.3”; expected a number such as 1.377 or 46,3."
    )
    assert caught.value.sentence("vi") == (
        f"{tmp_path}/items.csv: items, dòng 2, cột “amount.central.2021”: dấu chấm chỉ dùng để ngăn nhóm ba chữ số; "
        "phần thập phân viết sau dấu phẩy; thấy “46.3”; cần một số như 1.377 hoặc 46,3."
    )
