"""Exchange with labelling tools: Label Studio (JSON), doccano (JSONL), any spreadsheet (CSV).

The clause travels with its place (sha256, start, end), so that labels come back as standoff labels. Label Studio:
https://labelstud.io/guide/task_format and /guide/predictions; doccano: its text-classification JSONL, `text`, `label`,
and any other key kept as meta data, which its export puts beside the text.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pandas as pd

from pipeline.files import no_formula
from pipeline.labelling.standoff import Label, Labels, gather_labels, is_standoff, parse_labels
from pipeline.themes.codebook import Codebook

FORMATS = {"label-studio": ".json", "doccano": ".jsonl", "csv": ".csv"}
SECOND = "second:"
"""Before the code of a second theme in doccano, whose export sorts labels and so loses their order."""

_PLACE = ("file", "sha256", "start", "end")
_SHOWN = ("clause_id", *_PLACE, "heading", "before", "after")
_CSV = (*_SHOWN[:1], "heading", "before", "text", "after", "suggested", "p", "theme", "second", *_PLACE)

Row = Mapping[str, Any]


def export(rows: pd.DataFrame, form: str, blind: bool = False) -> str:
    """Return chosen clauses as the file of a tool.

    Args:
        rows: As `choose` returns them.
        form: One of FORMATS.
        blind: Leave out what the model thinks, so that the coder is not led.

    Raises:
        ValueError: If the format is unknown.
    """
    writers = {"label-studio": _label_studio, "doccano": _doccano, "csv": _csv}
    if form not in writers:
        msg = f"unknown format {form!r}: use one of {', '.join(FORMATS)}"
        raise ValueError(msg)
    plain = rows.astype(object).where(rows.notna(), None).to_dict("records")
    hidden: dict[str, Any] = {"theme": None, "p": None} if blind else {}
    return writers[form]([{str(key): value for key, value in row.items()} | hidden for row in plain])


def _label_studio(rows: list[dict[str, Any]]) -> str:
    tasks: list[dict[str, Any]] = []
    for row in rows:
        data = {key: row[key] for key in _SHOWN} | {"text": row["text"]}
        if row["theme"] is None:
            tasks.append({"data": data})
            continue
        result = [{"from_name": "theme", "to_name": "text", "type": "choices", "value": {"choices": [row["theme"]]}}]
        guess = {"model_version": row["model"], "score": round(float(row["p"]), 4), "result": result}
        tasks.append({"data": data, "predictions": [guess]})
    return json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"


def _doccano(rows: list[dict[str, Any]]) -> str:
    # No label: doccano would take the model's guess for a person's answer.
    lines = [
        {"text": row["text"], "label": [], **{key: row[key] for key in _SHOWN}, "suggested": row["theme"] or ""}
        for row in rows
    ]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _csv(rows: list[dict[str, Any]]) -> str:
    """Return a table that spreadsheets open in Chinese (UTF-8 with a mark) and do not run as formulas."""
    out = io.StringIO()
    writer = csv.DictWriter(out, _CSV, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        told = {key: row.get(key) for key in _CSV} | {"suggested": row["theme"], "theme": "", "second": ""}
        writer.writerow({key: no_formula(value) if isinstance(value, str) else value for key, value in told.items()})
    return "\ufeff" + out.getvalue()


def label_studio_interface(book: Codebook) -> str:
    """Return the labelling interface of Label Studio: the clause, what stands around, the themes."""
    lines = ["<View>", '  <Header value="$heading"/>', '  <Text name="before" value="$before"/>',
             '  <Text name="text" value="$text"/>', '  <Text name="after" value="$after"/>']  # fmt: skip
    for name, title in (("theme", "Theme 主题"), ("second", "Second theme 次要主题")):
        needed = ' required="true"' if name == "theme" else ""
        lines.append(f'  <Header value="{title}"/>')
        lines.append(f'  <Choices name="{name}" toName="text" choice="single" showInline="true"{needed}>')
        lines += [f"    <Choice value={quoteattr(one.code)} html={quoteattr(f'{one.code} {one.label_zh}')} "
                  f"hint={quoteattr(one.description)}/>" for one in book.themes]  # fmt: skip
        lines.append("  </Choices>")
    return "\n".join([*lines, "</View>"]) + "\n"


def doccano_label_types(book: Codebook) -> str:
    """Return doccano's list of labels (its page Labels, Import): each theme, and each as a second one."""
    names = [*book.codes, *(SECOND + code for code in book.codes)]
    colours = {False: "#1f5fa8", True: "#8a8a8a"}
    rows = [
        {"text": name, "prefix_key": None, "suffix_key": None, "background_color": colours[name.startswith(SECOND)],
         "text_color": "#ffffff"}
        for name in names
    ]  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def read_any_labels(path: Path, about: tuple[str, str, str]) -> tuple[Labels, int]:
    """Read labels from standoff JSON, or from the export of Label Studio (JSON or JSON-MIN), doccano or a CSV.

    Args:
        path: `.json`, `.jsonl` or `.csv`.
        about: Round, labeller and version of the guidelines, where the file does not tell.

    Returns:
        The labels, unchecked, and the number of clauses left without one.

    Raises:
        FileNotFoundError: If the file is not there.
        ValueError: If it is none of these; the message names the row.
    """
    text = _decoded(path)
    if path.suffix == ".json":
        given = _json(text, str(path))
        if is_standoff(given):
            return parse_labels(given, str(path)), 0
        if not isinstance(given, list):
            msg = f"{path}: neither a list of Label Studio tasks nor standoff labels"
            raise ValueError(msg)
        found = [_of_label_studio(row, f"{path}: task {number}") for number, row in enumerate(given, start=1)]
    elif path.suffix == ".jsonl":
        lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
        found = [_of_doccano(_json(line, f"{path}: line {at}"), f"{path}: line {at}") for at, line in lines]
    elif path.suffix == ".csv":
        found = list(_of_csv(text, str(path)))
    else:
        msg = f"{path}: unknown kind of file; give .json (Label Studio), .jsonl (doccano) or .csv"
        raise ValueError(msg)
    labelled = [row for row in found if row is not None]
    if not labelled:
        msg = f"{path}: holds no label yet ({len(found)} clauses)"
        raise ValueError(msg)
    return Labels(*about, gather_labels(labelled)), len(found) - len(labelled)


def _decoded(path: Path) -> str:
    """Return the text of a file: UTF-8, or GB18030, in which Chinese spreadsheets save a CSV.

    Raises:
        ValueError: If it is neither.
    """
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    msg = f"{path}: neither UTF-8 nor GB18030 text"
    raise ValueError(msg)


def _json(text: str, where: str) -> Any:  # noqa: ANN401 - whatever the file holds
    try:
        return json.loads(text)
    except ValueError as error:
        msg = f"{where}: no valid JSON: {error}"
        raise ValueError(msg) from error


Found = tuple[str, str, Label] | None


def _placed(row: Row, first: str | None, second: str | None, where: str) -> Found:
    """Return the label of a row with its place, or None for a row without a label."""
    if not first:
        if second:
            msg = f"{where}: has a second theme ({second}) but no first one"
            raise ValueError(msg)
        return None
    lacking = [key for key in _PLACE if row.get(key) in (None, "")]
    if lacking:
        msg = f"{where}: lacks {', '.join(lacking)}, which `planlens label` writes; keep these columns"
        raise ValueError(msg)
    try:
        start, end = int(row["start"]), int(row["end"])
    except (TypeError, ValueError) as error:
        msg = f"{where}: start and end must be whole numbers, got {row['start']!r} and {row['end']!r}"
        raise ValueError(msg) from error
    return str(row["file"]).removeprefix("'"), str(row["sha256"]), Label(start, end, first, second or None)


def _of_label_studio(task: object, where: str) -> Found:
    if not isinstance(task, Mapping):
        msg = f"{where}: no task"
        raise ValueError(msg)
    if "data" not in task:  # JSON-MIN: data and answers side by side
        return _placed(task, _one(task.get("theme"), where), _one(task.get("second"), where), where)
    done = [one for one in task.get("annotations") or () if not one.get("was_cancelled")]
    if len(done) > 1:
        msg = f"{where}: has {len(done)} annotations; export each annotator apart, so that agreement can be told"
        raise ValueError(msg)
    answers = {one.get("from_name"): one["value"].get("choices") for one in done[0]["result"]} if done else {}
    return _placed(task["data"], _one(answers.get("theme"), where), _one(answers.get("second"), where), where)


def _one(given: object, where: str) -> str | None:
    """Return the one choice made, or None."""
    told = given.get("choices") if isinstance(given, Mapping) else given
    choices = [told] if isinstance(told, str) and told else list(told) if isinstance(told, list) else []
    if len(choices) > 1:
        msg = f"{where}: has several themes in one field: {', '.join(map(str, choices))}"
        raise ValueError(msg)
    return str(choices[0]).strip() if choices else None


def _of_doccano(line: object, where: str) -> Found:
    if not isinstance(line, Mapping):
        msg = f"{where}: no doccano record"
        raise ValueError(msg)
    told = line.get("label") or []
    names = [told] if isinstance(told, str) else [str(one) for one in told]
    second = [name.removeprefix(SECOND) for name in names if name.startswith(SECOND)]
    first = [name for name in names if not name.startswith(SECOND)]
    row = {**(line.get("meta") or line.get("metadata") or {}), **line}
    return _placed(row, _one(first, where), _one(second, where), where)


def _of_csv(text: str, where: str) -> Iterator[Found]:
    reader = csv.DictReader(io.StringIO(text))
    lacking = {"theme", *_PLACE} - set(reader.fieldnames or ())
    if lacking:
        msg = f"{where}: lacks the column(s) {', '.join(sorted(lacking))}"
        raise ValueError(msg)
    for row in reader:
        at = f"{where}: line {reader.line_num}"
        yield _placed(row, _one((row["theme"] or "").strip(), at), _one((row.get("second") or "").strip(), at), at)
