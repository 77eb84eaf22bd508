"""The parameters: one frozen dataclass a stage; an unknown or missing key is an error."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ingest:
    """Reading.

    Attributes:
        min_chars: A document with fewer Chinese characters is dropped (not a plan).
        timeout_s: Seconds that one file may take; one that takes longer is dropped, as with all limits here.
        memory_mb: Memory in MB that the parsing of one file may take, beyond what the child starts with.
        max_mb: Greatest size of a file in MB.
        inflated_mb: Most MB that one file may inflate to (the parts of a DOCX, the streams of a PDF).
        archive_mb: Most MB that all documents of one archive (ZIP, tar) may inflate to together.
        depth: Archives within archives are opened so many deep.
    """

    min_chars: int = 200
    timeout_s: int = 60
    memory_mb: int = 2000
    max_mb: int = 100
    inflated_mb: int = 200
    archive_mb: int = 1000
    depth: int = 3


@dataclass(frozen=True, slots=True)
class Segment:
    """Sections, sentences, clauses.

    Attributes:
        join_clauses: Join stretches without a predicate of their own; False splits at every comma.
    """

    join_clauses: bool = True


@dataclass(frozen=True, slots=True)
class Embed:
    """The encoder.

    Attributes:
        encoder: `ngram` (shipped), a folder, or a hub name such as `BAAI/bge-small-zh-v1.5`.
        revision: The commit of a hub model; must be given for one.
        batch_size: Clauses encoded at once.
    """

    encoder: str = "ngram"
    revision: str = ""
    batch_size: int = 256


@dataclass(frozen=True, slots=True)
class Classify:
    """The theme classifier.

    Attributes:
        model: `themes-plan` or `themes-linear` (shipped), or a folder.
        section_margin: Where the margin between the two best themes is lower, the theme of the section decides.
        second_min: Least probability of a second theme, 0 to 1.
    """

    model: str = "themes-plan"
    section_margin: float = 0.0
    second_min: float = 0.25


@dataclass(frozen=True, slots=True)
class Extract:
    """The quantities.

    Attributes:
        keep_context: Keep quantities with status `context`.
    """

    keep_context: bool = True


@dataclass(frozen=True, slots=True)
class Compare:
    """The comparison.

    Attributes:
        bootstrap: Resamples for the intervals, drawn by section.
        confidence: Width of the intervals, 0 to 1.
        min_places: An indicator enters the matrix when at least so many places state it.
        seed: Seed of the resampling.
        errors: Theme model by whose counted errors shares are corrected, or a file that `planlens count-errors` wrote
            (.json); empty for no correction.
    """

    bootstrap: int = 200
    confidence: float = 0.95
    min_places: int = 2
    seed: int = 14
    errors: str = "themes-plan"


@dataclass(frozen=True, slots=True)
class Report:
    """The page.

    Attributes:
        title: Title of the page.
    """

    title: str = "PlanLens"


@dataclass(frozen=True, slots=True)
class Parallel:
    """Where the work on documents is done; it changes no byte of what is made.

    Attributes:
        backend: `loky` (processes on this machine) or `dask` (an existing Dask cluster).
        n_jobs: Processes side by side on this machine; 0 for one a processor core. A cluster uses all its workers.
        address: The cluster's scheduler, e.g. `tcp://10.0.0.5:8786`.
    """

    backend: str = "loky"
    n_jobs: int = 0
    address: str = ""


@dataclass(frozen=True, slots=True)
class Params:
    """All parameters: one section a stage, and `parallel`."""

    ingest: Ingest = Ingest()
    segment: Segment = Segment()
    embed: Embed = Embed()
    classify: Classify = Classify()
    extract: Extract = Extract()
    compare: Compare = Compare()
    report: Report = Report()
    parallel: Parallel = Parallel()


def section(cls: type[T], given: dict[str, Any], where: str = "params.yaml") -> T:
    """Build one section, strictly.

    Args:
        cls: One of the dataclasses above.
        given: Keys and values as read from YAML.
        where: Named in the error.

    Raises:
        ValueError: If a key is unknown or missing, or a value has the wrong type.
    """
    name = cls.__name__.lower()
    types = {one.name: one.type for one in fields(cls)}  # type: ignore[arg-type]
    for kind, keys in (("unknown", given.keys() - types.keys()), ("missing", types.keys() - given.keys())):
        if keys:
            msg = f"{where}: {kind} key(s) in `{name}`: {', '.join(sorted(keys))}; known: {', '.join(types)}"
            raise ValueError(msg)
    for key, value in given.items():
        wanted = {"int": (int,), "float": (int, float), "str": (str,), "bool": (bool,)}[str(types[key])]
        if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
            msg = f"{where}: `{name}.{key}` must be {types[key]}, got {value!r}"
            raise ValueError(msg)
    return cls(**given)


def parse(given: dict[str, Any], where: str = "params.yaml") -> Params:
    """Build all parameters from the mapping of a YAML file; `corpora` and `gold` are the pipeline's own."""
    given = {key: value for key, value in given.items() if key not in {"corpora", "gold"}}
    types = {one.name: type(getattr(Params(), one.name)) for one in fields(Params)}
    unknown, missing = given.keys() - types.keys(), types.keys() - given.keys()
    if unknown or missing:
        msg = f"{where}: unknown section(s): {sorted(unknown)}; missing: {sorted(missing)}"
        raise ValueError(msg)
    return Params(**{name: section(types[name], given[name] or {}, where) for name in types})
