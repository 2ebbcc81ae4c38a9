"""A folder of appendices as a province has it, and the truth about each: for benchmarks and tests of consolidating.

    python benchmarks/folder.py OUT [--files 1000] [--seed 1] [--generated 50] [--other-formats 1]

Half of the workbooks are generated, of the reference plans and of plans by chance on the official forms; the others
are as people type them: fourteen shapes in mixed layouts, units and spellings. They stand in sub-folders by agency.
Of a hundred one is damaged, and of each kind of damage there is at least one; they come on top of the number asked for.
`--other-formats N`: of a hundred hand-made ones N are .xls and as many .ods, which takes LibreOffice.

The file manifest.json beside them states of each file the sum in đồng by source and year, exact, as its making gives
it, not as a reader finds it; and of each damaged file what is wrong with it. The same seed makes the same figures.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.synthetic.damage import DAMAGES, plant
from benchmarks.synthetic.document import Document
from benchmarks.synthetic.plans import plan_truth, random_plan
from benchmarks.synthetic.shapes import SHAPES
from benchmarks.synthetic.style import Wish
from benchmarks.synthetic.truth import Known, is_clear, respelt, source_called, totals, truth
from benchmarks.synthetic.wording import AGENCIES, SUBJECTS
from benchmarks.synthetic.writing import write
from budget.loading import load_plan
from budget.loading.places import plan_path, reference_plans
from generators.generate import generate
from workbook.engines.libreoffice import make_profile
from workbook.engines.recalculation import find_office

MANIFEST = "manifest.json"
_GENERATED = 50  # of a hundred workbooks
_OTHER_FORMATS = (".xls", ".ods")
_MILLION = 10**6
_DONG_THAP_SOURCES = {
    "Hỗ trợ từ trung ương thông qua Trung tâm Phát triển thương mại điện tử": "Ngân sách trung ương",
    "Tỉnh hỗ trợ": "Ngân sách tỉnh",
}
#: Of Đồng Tháp's plan the costings name payers; the sums are those of its decision.
_DONG_THAP = [
    Known(Decimal(375 * _MILLION), "Doanh nghiệp đóng góp", None),
    Known(Decimal(120 * _MILLION), "Ngân sách trung ương", None),
    Known(Decimal(1055 * _MILLION), "Ngân sách tỉnh", None),
    Known(Decimal(1500 * _MILLION), None, None),
]


@dataclass(frozen=True)
class Made:
    """A good file: its path within the folder, what it is, and its sums by source and year."""

    file: str
    kind: str
    sums: Sequence[Known]

    @property
    def total(self) -> Decimal:
        """All of it, in đồng."""
        return sum((known.amount for known in self.sums), Decimal(0))


@dataclass(frozen=True)
class Planted:
    """A damaged file and its damage."""

    file: str
    kind: str


@dataclass(frozen=True)
class Folder:
    """What was made."""

    made: Sequence[Made] = ()
    planted: Sequence[Planted] = field(default=())

    @property
    def total(self) -> Decimal:
        """Of all good files, in đồng."""
        return sum((each.total for each in self.made), Decimal(0))


def make_folder(target: Path, files: int, seed: int = 1, other_formats: int = 0, generated: int = _GENERATED) -> Folder:
    """Fill an empty folder with `files` good workbooks and the damaged ones, and the manifest.

    `generated`: how many of a hundred are. `other_formats`: how many hand-made ones of a hundred, and at least one, are
    .xls, and as many .ods.
    """
    target.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor() as pool:
        made = list(pool.map(partial(_make, target, seed, generated), range(files), chunksize=20))
    if other_formats:
        made = _in_other_formats(target, made, max(1, files * other_formats // 100))
    folder = Folder(made, list(_damaged(target, made, max(len(DAMAGES), files // 100))))
    (target / MANIFEST).write_text(json.dumps(_manifest(folder), ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def _make(target: Path, seed: int, generated: int, number: int) -> Made:
    """One good workbook."""
    rng = Random(f"{seed}-{number}")
    path = target / _name(rng, number)
    path.parent.mkdir(parents=True, exist_ok=True)
    official, place = number * generated % 100 < generated, number * generated // 100
    if official and place < len(reference_plans()):
        return _reference(target, path, reference_plans()[place])
    if official:
        plan = random_plan(rng)
        generate(plan, path)
        kind, known = f"generated {plan.appendices[0].form}", plan_truth(plan)
    else:
        kind = list(SHAPES)[number % len(SHAPES)]
        document = _clear(kind, rng)
        write(document, path)
        known = truth(document)
    return Made(str(path.relative_to(target)), kind, list(totals(known)))


def _clear(kind: str, rng: Random) -> Document:
    """A document of that shape whose truth is beyond doubt, with sources spelt by chance."""
    document = SHAPES[kind](rng, Wish())
    while not is_clear(document):
        document = SHAPES[kind](rng, Wish())
    return respelt(document, rng)


def _reference(target: Path, path: Path, name: str) -> Made:
    plan = load_plan(plan_path(name))
    generate(plan, path)
    known = _DONG_THAP if name.startswith("dong-thap") else plan_truth(plan)
    return Made(str(path.relative_to(target)), f"reference {name}", list(totals(known)))


def _name(rng: Random, number: int) -> Path:
    """Where a file stands, as people name them."""
    return Path(rng.choice(AGENCIES), rng.choice(("", "Đợt 1", "Đợt 2")), f"{number:05} {rng.choice(SUBJECTS)}.xlsx")


def _in_other_formats(target: Path, made: Sequence[Made], count: int) -> list[Made]:
    """The files, of which some hand-made ones are .xls or .ods instead."""
    typed = [each for each in made if each.kind in SHAPES]
    done = {each.file: each for each in made}
    for place, suffix in enumerate(_OTHER_FORMATS):
        chosen = typed[place * count : (place + 1) * count]
        _convert([target / each.file for each in chosen], suffix)
        for each in chosen:
            done[each.file] = Made(str(Path(each.file).with_suffix(suffix)), each.kind, each.sums)
    return list(done.values())


def _convert(paths: Sequence[Path], suffix: str) -> None:
    """Have LibreOffice save workbooks in another format instead."""
    office = find_office()
    if office is None:
        raise SystemExit("--other-formats needs LibreOffice")
    with tempfile.TemporaryDirectory() as work:
        profile = make_profile(Path(work, "profile"))
        options = ["--headless", "--norestore", "--convert-to", suffix[1:], "--outdir", work]
        subprocess.run([office, profile, *options, *map(str, paths)], check=True, capture_output=True)
        for path in paths:
            shutil.move(Path(work, path.stem + suffix), path.with_suffix(suffix))
            path.unlink()


def _damaged(target: Path, made: Sequence[Made], count: int) -> Iterator[Planted]:
    """Plant the damaged files, each beside the good one that it is made of, and after it by name."""
    good = [each for each in made if each.file.endswith(".xlsx")]
    kinds = list(DAMAGES)
    for number in range(count):
        kind, source = kinds[number % len(kinds)], good[number * len(good) // count]
        file = Path(source.file).with_name(f"{Path(source.file).stem}_hỏng {number:03}.xlsx")
        plant(kind, target / source.file, target / file)
        yield Planted(str(file), kind)


def _manifest(folder: Folder) -> dict[str, Any]:
    return {
        "total": str(folder.total),
        "files": [
            {
                "file": each.file,
                "kind": each.kind,
                "total": str(each.total),
                "sums": [{"source": k.source, "year": k.year, "amount": str(k.amount)} for k in each.sums],
            }
            for each in folder.made
        ],
        "damaged": [{"file": each.file, "kind": each.kind} for each in folder.planted],
    }


def disagreements(folder: Path, rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """Where the rows of a consolidation (as its CSV has them, beside the folder) are not what the manifest states.

    Held against it is each file's sum by source and year, and that a source has one name in all files, and no other
    source the same.
    """
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    true = {
        each["file"]: {(k["source"] or "", str(k["year"] or "")): Decimal(k["amount"]) for k in each["sums"]}
        for each in manifest["files"]
    }
    found: dict[str, dict[tuple[str, str], Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    names: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        file, written = row["file"].removeprefix(f"{folder.name}/"), row["source_written"]
        source = _DONG_THAP_SOURCES.get(written) or source_called(written)
        names[source].add(row["source"])
        found[file][source, row["year"]] += Decimal(row["amount"])
    for file in sorted({*true, *found}):
        for key in sorted({*true.get(file, {}), *found[file]}):
            stated, said = true.get(file, {}).get(key, Decimal(0)), found[file][key]
            if stated != said:
                yield f"{file}: {' '.join(filter(None, key)) or 'source and year unsaid'}: {said}, in truth {stated}"
    for source, taken in sorted(names.items()):
        if len(taken) > 1:
            yield f"{source} has several names: {', '.join(sorted(taken))}"
    called: dict[str, list[str]] = defaultdict(list)
    for source, taken in sorted(names.items()):
        for name in taken:
            called[name].append(source)
    yield from (f"{', '.join(sources)} are all called {name}" for name, sources in called.items() if len(sources) > 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--generated", type=int, default=_GENERATED, help="so many of a hundred workbooks")
    parser.add_argument("--other-formats", type=int, default=0)
    asked = parser.parse_args()
    if asked.out.exists() and any(asked.out.iterdir()):
        raise SystemExit(f"{asked.out} is not empty")
    folder = make_folder(asked.out, asked.files, asked.seed, asked.other_formats, asked.generated)
    print(f"{len(folder.made)} files, {len(folder.planted)} damaged, {folder.total:,f} đồng")


if __name__ == "__main__":
    main()
