"""How deep a harness goes: which functions of the package, and which of their lines, it reaches."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from types import CodeType, FrameType, TracebackType
from typing import Any, Self

PACKAGE = Path(__file__).parents[2] / "pipeline"


def _name(file: str, code: CodeType) -> str:
    """Return `reading.pages:find_running_heads` or the like."""
    inside = Path(file).relative_to(PACKAGE).with_suffix("")
    return f"{'.'.join(inside.parts)}:{code.co_qualname}"


def _is_function(code: CodeType) -> bool:
    return not code.co_name.startswith("<") and bool(code.co_flags & 2)


def functions_of(modules: Iterable[str]) -> dict[str, CodeType]:
    """Return the functions of modules (`reading.pages`, `reading.pdf*`) by name."""
    found: dict[str, CodeType] = {}
    for module in modules:
        for path in sorted(PACKAGE.glob(module.replace(".", "/") + ".py")):
            waiting = [compile(path.read_text("utf-8"), str(path), "exec")]
            while waiting:
                code = waiting.pop()
                waiting += [one for one in code.co_consts if isinstance(one, CodeType)]
                if _is_function(code):
                    found[_name(str(path), code)] = code
    return found


def lines_of(code: CodeType) -> set[int]:
    """Return the lines of a function that hold something to run."""
    return {line for _, _, line in code.co_lines() if line and line != code.co_firstlineno}


class Depth:
    """Notes what runs inside the `with` block; blocks add up.

    Args:
        lines: Note lines too, which takes ten times as long.

    Attributes:
        functions: Names of the functions that were called.
        lines: Names of functions with the lines that ran, where lines are noted.
    """

    def __init__(self, lines: bool = False) -> None:
        self.functions: set[str] = set()
        self.lines: set[tuple[str, int]] = set()
        self._with_lines = lines
        self._names: dict[CodeType, str] = {}

    def __enter__(self) -> Self:
        (sys.settrace if self._with_lines else sys.setprofile)(self._note)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        (sys.settrace if self._with_lines else sys.setprofile)(None)

    def _note(self, frame: FrameType, event: str, argument: object) -> Any:  # noqa: ANN401
        if event != "call":
            return None
        code = frame.f_code
        name = self._names.get(code)
        if name is None:
            inside = code.co_filename.startswith(f"{PACKAGE}/")
            name = self._names[code] = _name(code.co_filename, code) if inside else ""
        if not name:
            return None
        self.functions.add(name)
        return self._note_line if self._with_lines else None

    def _note_line(self, frame: FrameType, event: str, argument: object) -> Any:  # noqa: ANN401
        if event == "line":
            self.lines.add((self._names[frame.f_code], frame.f_lineno))
        return self._note_line

    def share_of_functions(self, modules: Iterable[str]) -> tuple[float, list[str]]:
        """Return the share of the functions of modules that were called, and the names of the others."""
        wanted = functions_of(modules)
        missing = sorted(wanted.keys() - self.functions)
        return 1 - len(missing) / len(wanted), missing

    def share_of_lines(self, modules: Iterable[str]) -> float:
        """Return the share of the lines of functions of modules that ran."""
        wanted = {(name, line) for name, code in functions_of(modules).items() for line in lines_of(code)}
        return len(wanted & self.lines) / len(wanted)
