"""The list of the rules for the docs, in both languages: `python -m validators.rules.document > docs/rules.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from faults import Lang, Text
from validators.findings import Severity
from validators.rules import Rule, all_rules

_SEVERITIES = {
    Severity.ERROR: Text("lỗi", "error"),
    Severity.WARNING: Text("cảnh báo", "warning"),
    Severity.INFO: Text("lưu ý", "remark"),
}
_EXAMPLE, _REMEDY = Text("Ví dụ", "Example"), Text("Cách sửa", "Remedy")
_HEAD = """# Các quy tắc kiểm tra · The rules

Tệp này được sinh ra từ các quy tắc trong `validators/rules/`: `python -m validators.rules.document > docs/rules.md`.
Mức độ là mức nặng nhất mà quy tắc đưa ra: *lỗi* khi các số mâu thuẫn với nhau, *cảnh báo* khi nghi ngờ, *lưu ý* khi chỉ
nhận xét. Bỏ qua một quy tắc: `phuluc check --skip TÊN`; chỉ dùng một quy tắc: `--only TÊN`.

This file is generated from the rules in `validators/rules/` by the command above. The severity is the gravest that a
rule gives: *error* where figures contradict each other, *warning* for a doubt, *remark* for a note. `phuluc check
--skip NAME` leaves a rule out, `--only NAME` applies it alone.
"""


def document(rules: Sequence[Rule]) -> str:
    """The page, in Markdown: a list of all rules, then each of them in Vietnamese and in English."""
    return "\n".join([_HEAD, *_contents(rules), *(line for rule in rules for line in _section(rule))])


def _contents(rules: Sequence[Rule]) -> Iterator[str]:
    yield "| Tên · Name | Mức độ · Severity | Quy tắc | Rule |"
    yield "| --- | --- | --- | --- |"
    for rule in rules:
        severity = _SEVERITIES[rule.severity]
        yield f"| [{rule.name}](#{rule.name}) | {severity.vi} · {severity.en} | {rule.title.vi} | {rule.title.en} |"
    yield ""


def _section(rule: Rule) -> Iterator[str]:
    yield f"## {rule.name}"
    yield ""
    languages: tuple[Lang, ...] = ("vi", "en")
    for lang in languages:
        yield f"**{rule.title[lang]}** ({_SEVERITIES[rule.severity][lang]}). {_escaped(rule.explanation[lang])}"
        yield ""
        yield f"*{_EXAMPLE[lang]}:* {_escaped(rule.example[lang])}"
        yield ""
        yield f"*{_REMEDY[lang]}:* {_escaped(rule.remedy[lang])}"
        yield ""


def _escaped(text: str) -> str:
    """Text of a rule as it stands: signs that Markdown would take for its own are escaped."""
    return text.replace("*", r"\*").replace("_", r"\_").replace("<", r"\<")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(document(all_rules()), end="")
