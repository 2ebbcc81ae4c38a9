"""Which files and rules are meant, and that no file is lost to another."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.report_samples import RULES
from support.stillborn_checks import stillborn
from support.unruly_checks import unruly

from faults import InputFault, Text
from validators.findings import FileReport
from validators.rules import all_rules
from validators.running import FEW, check_files, chosen_rules, named_rule, workbook_files


def said(reports: list[FileReport]) -> list[str]:
    """Why a file could not be read, or what was found."""
    return [str((report.reason or report.findings[0].message).en) for report in reports]


def test_a_few_files_are_checked_one_after_another_and_a_failing_one_loses_no_other() -> None:
    paths = [Path(name) for name in ("a.xlsx", "lỗi.xlsx", "đầy.xlsx", "b.xlsx")]
    reports = list(check_files(paths, RULES, check=unruly))
    assert [report.path for report in reports] == paths
    assert said(reports) == [
        "7",
        "the program failed on this file (ZeroDivisionError: chia cho 0)",
        "there is not enough memory to check the file",
        "7",
    ]
    assert [report.status for report in reports] == ["findings", "unreadable", "unreadable", "findings"]


def test_many_files_are_checked_in_processes_that_may_die() -> None:
    names = [f"{number}.xlsx" for number in range(FEW + 2)]
    names[0], names[3], names[5], names[9] = "chết.xlsx", "chết.xls", "lỗi.xlsx", "chết.ods"
    paths = [Path(name) for name in names]
    reports = list(check_files(paths, all_rules()[:3], check=unruly))
    assert [report.path for report in reports] == paths
    expected = ["3"] * len(paths)
    expected[0] = expected[3] = expected[9] = "the process that was checking this file ended abruptly"
    expected[5] = "the program failed on this file (ZeroDivisionError: chia cho 0)"
    assert said(reports) == expected


def test_a_file_that_takes_too_long_is_left_and_the_next_one_checked() -> None:
    paths = [Path(f"{number}.xlsx") for number in range(FEW)]
    paths[4] = Path("treo.xlsx")  # not the first of its process, which has longer
    reports = list(check_files([*paths, Path("cuối.xlsx")], (), jobs=1, check=unruly, seconds=2))
    slow = "stopped after 2 seconds; the file is too large, or too unusual, to be checked"
    assert said(reports) == ["0", "0", "0", "0", slow, "0", "0", "0", "0"]


def test_processes_that_do_not_begin_are_said_and_no_file_is_blamed() -> None:
    with pytest.raises(InputFault) as refused:
        list(check_files([Path(f"{number}.xlsx") for number in range(FEW + 2)], check=stillborn))
    assert refused.value.sentence("en") == ("the processes that read files do not start; expected enough free memory.")


def test_no_rules_means_all_and_reports_may_be_left_unread() -> None:
    reports = check_files([Path(f"{number}.xlsx") for number in range(FEW + 1)], check=unruly)
    assert next(iter(reports)).findings[0].message == Text("None", "None")


class TestFiles:
    def test_files_stand_in_the_order_given_each_once(self, tmp_path: Path) -> None:
        for name in ("b.xlsx", "a.XLS", "thư/c.ods", "thư/d.xlsm", "~$b.xlsx", ".ẩn.xlsx", "thư/e.docx", ".git/f.xlsx"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(b"")
        found = workbook_files([str(tmp_path / "thư"), str(tmp_path / "nowhere.xlsx"), str(tmp_path)])
        names = [path.relative_to(tmp_path).as_posix() for path in found]
        assert names == ["thư/c.ods", "thư/d.xlsm", "nowhere.xlsx", "a.XLS", "b.xlsx"]

    def test_a_file_that_is_named_is_meant_whatever_its_name(self, tmp_path: Path) -> None:
        (tmp_path / "~$b.txt").write_bytes(b"")
        assert workbook_files([str(tmp_path / "~$b.txt")]) == [tmp_path / "~$b.txt"]

    def test_a_pattern_stands_for_what_matches_it(self, tmp_path: Path) -> None:
        for name in ("b.xlsx", "a.xlsx", "c [1].xlsx"):
            (tmp_path / name).write_bytes(b"")
        assert workbook_files([str(tmp_path / "?.xlsx")]) == [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
        assert workbook_files([str(tmp_path / "c [1].xlsx")]) == [tmp_path / "c [1].xlsx"]
        assert workbook_files([str(tmp_path / "x*.xlsx")]) == [tmp_path / "x*.xlsx"]

    def test_a_folder_without_workbooks_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(InputFault) as caught:
            workbook_files([str(tmp_path)])
        assert caught.value.sentence("vi") == f"{tmp_path}: thư mục không có sổ tính nào."


class TestRules:
    def test_only_and_skip(self) -> None:
        def names(**asked: list[str]) -> list[str]:
            return [rule.name for rule in chosen_rules(RULES[:4], **asked)]

        assert names() == ["amount-in-words", "external-link", "group-total", "number-as-text"]
        assert names(only=["number-as-text", "group-total"]) == ["group-total", "number-as-text"]
        assert names(skip=["group-total"]) == ["amount-in-words", "external-link", "number-as-text"]
        assert names(only=["group-total"], skip=["group-total"]) == []

    @pytest.mark.parametrize("asked", ["only", "skip"])
    def test_an_unknown_name_is_refused_and_the_nearest_proposed(self, asked: str) -> None:
        with pytest.raises(InputFault) as caught:
            chosen_rules(RULES, **{asked: ["Group-totl"]})
        sentence = caught.value.sentence("vi")
        assert sentence == "không có quy tắc này; thấy “Group-totl”; cần group-total hoặc row-total."

    def test_a_name_like_no_other(self) -> None:
        with pytest.raises(InputFault) as caught:
            named_rule(RULES, "zzz")
        expected = "there is no such rule; found “zzz”; expected a name that `phuluc rules` prints."
        assert caught.value.sentence("en") == expected
