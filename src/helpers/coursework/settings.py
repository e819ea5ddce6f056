"""nbgrader's settings for a course, as nbgrader's own application finds and resolves them.

They come from a person's settings (``JUPYTER_CONFIG_DIR``), those of the system, and those of the course.  A
setting that changes marks or files and cannot be honored here is refused by its name, never ignored.
"""

import hashlib
import logging
import os
import re
import sys
import traceback
from contextlib import chdir
from functools import cached_property
from pathlib import Path
from types import FunctionType
from typing import Any, NamedTuple

from nbgrader.apps import AutogradeApp
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    Execute,
    IncludeHeaderFooter,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)
from traitlets import Bool, Dict, Enum, TraitError, Unicode, Union, default
from traitlets.config import Config, LoggingConfigurable
from traitlets.utils.importstring import import_item

from helpers.coursework.boundary import CourseError
from helpers.coursework.isolation import IMAGE, NAMES, Isolation
from helpers.coursework.submission import Steps

CONFIG = "nbgrader_config.py"
LONGEST_TIMEOUT = 600
"""Seconds for a cell if the settings have no limit: `timeout = None`, 0 or less."""

# nbgrader's steps that our own code replaces, in their order; an instructor's other steps run between them.
_RESTORING = [ClearOutput, DeduplicateIds, OverwriteKernelspec, OverwriteCells]
_RUNNING = [Execute, SaveAutoGrades]
_OPTIONAL = [AssignLatePenalties, CheckCellMetadata]
_PHASES = {OverwriteCells: "restored", Execute: "ran", SaveAutoGrades: "marked"}

# The settings of these classes that are honored, and those that change neither marks nor files here.
_HONORED: dict[type, set[str]] = {
    CourseDirectory: set(CourseDirectory.class_trait_names(config=True)) - {"assignment_id", "notebook_id"},
    Autograde: {
        "autograde_preprocessors", "create_student", "exclude_overwriting", "force", "permissions",
        "sanitize_preprocessors",
    },
    Execute: {
        "execute_retries", "iopub_timeout", "ipython_hist_file", "raise_on_iopub_timeout", "record_timing",
        "shell_timeout_interval", "shutdown_kernel", "startup_timeout", "store_widget_state", "timeout",
    },
    OverwriteCells: {"add_missing_cells"},
    AssignLatePenalties: {"enabled", "plugin_class"},
    CheckCellMetadata: {"enabled"},
}  # fmt: skip
_NO_EFFECT = {"default_language", "display_data_priority"}
_INSTEAD = "remove it, or mark with `nbgrader autograde`"


class Timeout(NamedTuple):
    """How many seconds a cell may run, and a sentence if that differs from the settings."""

    seconds: float
    note: str


class Coursework(LoggingConfigurable):
    """The settings that only this package has, in the section ``c.Coursework``."""

    judge_in_student_process = Union(
        [Bool(), Dict()],
        default_value={},
        help="The checks that run in the student's process: True for all, or lists by assignment.",
    ).tag(config=True)
    isolation = Enum(NAMES, default_value=NAMES[0], help="How submissions are isolated.").tag(config=True)
    image = Unicode(IMAGE, help="The container image, or the path of its file.").tag(config=True)
    chapter = Unicode("", help="The address of an assignment's chapter, with {assignment}.").tag(config=True)


class _Application(AutogradeApp):
    """nbgrader's application, which is only asked for its settings."""

    @default("log_level")
    def _quiet(self) -> int:
        return logging.ERROR

    def migrate_config(self) -> None:
        """Leave a person's folders as they are."""

    def init_syspath(self) -> None:
        """Let settings name modules in the course's folder, as nbgrader does."""
        if os.getcwd() not in sys.path:
            sys.path.insert(0, os.getcwd())

    def exit(self, exit_status: int | str | None = 0) -> None:
        """Say what is wrong with a value instead of ending the process."""
        raise CourseError(f"nbgrader's settings: {sys.exception()}")


class Settings:
    """The settings of a course.

    Parameters
    ----------
    folder
        The folder of the course.  For the working directory, ``.``, the settings may name another one.

    Raises
    ------
    CourseError
        When there is no course in the folder, or its settings cannot be read.
    """

    def __init__(self, folder: Path):
        self._app = _Application(raise_config_file_errors=True)
        try:
            with chdir(folder):  # nbgrader looks for settings in the working directory
                here = Path.cwd()
                told = [] if folder == Path() else [f"--CourseDirectory.root={here}"]
                self._app.initialize(told)
                self.directory: CourseDirectory = self._app.coursedir
                self.folder = Path(self.directory.root).resolve()
                self.directory.root = str(self.folder)
                self._autograde = Autograde(coursedir=self.directory, parent=self._app)
                self._exporter = self._exporter_of(self._autograde)
        except CourseError:
            raise
        except TraitError as error:
            raise CourseError(f"nbgrader's settings: {error}") from None
        except OSError as error:
            if Path(error.filename or "") != folder:
                raise
            raise CourseError(_NO_COURSE.format(folder)) from None
        except Exception as error:  # a file of settings is a program
            raise CourseError(_place(error)) from error
        is_there = any((self.folder / f"{Path(CONFIG).stem}{kind}").is_file() for kind in (".py", ".json"))
        if not (is_there or self.path_of("source").is_dir()):
            raise CourseError(_NO_COURSE.format(self.folder))

    @property
    def config(self) -> Config:
        """Return everything that was set, for classes that read their own settings from it."""
        return self._app.config

    @cached_property
    def db_url(self) -> str:
        """Return the address of the gradebook; a file without a full path is in the course's folder."""
        kind, slashes, file = self.directory.db_url.partition(":///")
        is_file = kind.startswith("sqlite") and file and not file.startswith((":memory:", "file:"))
        return f"{kind}{slashes}{self.folder / file}" if is_file else self.directory.db_url

    @property
    def permissions(self) -> int:
        """Return the permissions of marked files."""
        return int(str(self._autograde.permissions), 8)

    @property
    def is_shared(self) -> bool:
        """Say whether a group of instructors works in the course's folder."""
        return self.directory.groupshared

    @property
    def force(self) -> bool:
        """Say whether unchanged work is always marked again."""
        return self._autograde.force

    @property
    def creates_students(self) -> bool:
        """Say whether a student who is not in the gradebook is added to it."""
        return self._autograde.create_student

    @cached_property
    def own(self) -> Coursework:
        """Return the settings in the section ``c.Coursework``."""
        try:
            return Coursework(parent=self._app)
        except TraitError as error:
            raise CourseError(f"nbgrader's settings: {error}") from None

    @property
    def isolation(self) -> Isolation:
        """Return how submissions are isolated."""
        return Isolation(self.own.isolation, self.own.image)

    @cached_property
    def variants(self) -> list[str]:
        """Return the names of the notebooks whose questions differ from student to student."""
        return list(self.config.get("AskVariants", {}).get("notebooks", []))

    def kept(self, assignment: str) -> set[str]:
        """Return the files of an assignment of which a student's version counts."""
        return set(self._autograde.exclude_overwriting.get(assignment, []))

    def path_of(self, step: str) -> Path:
        """Return the folder of a step, such as ``source``, for the assignments of all students."""
        name = getattr(self.directory, f"{step}_directory")
        return Path(os.path.normpath(self.directory.format_path(name, ".", ".")))

    @cached_property
    def around(self) -> tuple[Path | None, Path | None]:
        """Return the notebooks whose cells `nbgrader generate_assignment` puts around each notebook."""
        generate = GenerateAssignment(coursedir=self.directory, parent=self._app)
        step = IncludeHeaderFooter(parent=self._exporter_of(generate))
        is_used = step.enabled and IncludeHeaderFooter in self._loaded(generate.preprocessors)
        header, footer = (
            self.folder / name if name and is_used else None for name in (step.header, step.footer)
        )
        return header, footer

    @cached_property
    def timeout(self) -> Timeout:
        """Return how many seconds a cell may run."""
        seconds = self._step(Execute).timeout
        if seconds is None or seconds <= 0:
            return Timeout(
                LONGEST_TIMEOUT, f"{CONFIG} sets no time limit; cells are stopped after {LONGEST_TIMEOUT} s."
            )
        return Timeout(float(seconds), "")

    @cached_property
    def late(self) -> AssignLatePenalties | None:
        """Return what takes off points for late work; None if nothing does."""
        if AssignLatePenalties not in self._all_steps:
            return None
        try:
            step = self._step(AssignLatePenalties)
            step.init_plugin()
        except Exception as error:  # a plugin is the course's own code
            raise CourseError(
                f"The rule for late work cannot be loaded ({type(error).__name__}): look at "
                f"c.AssignLatePenalties.plugin_class in {CONFIG}."
            ) from None
        return step if step.enabled else None

    @cached_property
    def steps(self) -> Steps:
        """Return the steps that run besides our own: nbgrader's that tidy up, and the instructor's."""
        phases: dict[str, list] = {"submitted": [], "restored": [], "ran": [], "marked": []}
        phase, is_own = "submitted", False
        for one in self._all_steps:
            if one in (*_RESTORING, *_RUNNING, *_OPTIONAL):
                phase = _PHASES.get(one, phase)
                continue
            self._exporter._preprocessors = []
            self._exporter.register_preprocessor(one)
            (step,) = self._exporter._preprocessors
            if type(step).__module__.startswith(("nbgrader.", "nbconvert.")):
                # Without its parents, which know the gradebook's address, it can be sent to other machines.
                names = type(step).class_trait_names(config=True)
                step = type(step)(**{name: getattr(step, name) for name in names})
            else:
                is_own = True
            phases[phase].append(step)
        told = {"folder": str(self.folder), "db_url": self.db_url} if is_own else {}
        return Steps(**{name: tuple(steps) for name, steps in phases.items()}, **told)

    @property
    def marks(self) -> list:
        """Return what marks depend on, for a digest: the time limit, and the steps with their code."""
        return [self.timeout.seconds, [[self._told(one) for one in phase] for phase in self.steps[:4]]]

    @property
    def rule(self) -> list:
        """Return what penalties depend on, for a digest."""
        return self._told(self.late.plugin_inst) if self.late else []

    def demand_honored(self, *, running_only: bool = False) -> None:
        """Refuse what changes marks or files in `nbgrader autograde` and cannot be honored here.

        Parameters
        ----------
        running_only
            Whether nbgrader itself does everything except running the notebook.

        Raises
        ------
        CourseError
            With a sentence for each such setting.
        """
        owners: list[Any] = [self._step(Execute)]
        if not running_only:
            owners = [self._step(one) for one in (*_RESTORING, *_RUNNING, *_OPTIONAL)]
            owners += [self.directory, self._autograde]
        said = [
            f"{self._name(owner, name)} = {getattr(owner, name)!r} is not supported: {_INSTEAD}."
            for owner in owners
            for name in sorted(type(owner).class_trait_names(config=True))
            if name not in _HONORED.get(type(owner), set()) | _NO_EFFECT
            and getattr(owner, name) != owner.trait_defaults(name)
        ]
        orders = {} if running_only else {"sanitize": _RESTORING, "autograde": _RUNNING}
        for name, wanted in orders.items():
            listed = self._loaded(getattr(self._autograde, f"{name}_preprocessors"))
            if [one for one in listed if one in wanted] != wanted:
                order = ", ".join(one.__name__ for one in wanted)
                said.append(
                    f"c.Autograde.{name}_preprocessors must have {order} once, in this order: {_INSTEAD}."
                )
        structure = self.directory.directory_structure
        if self.is_shared and not running_only and not structure.startswith("{nbgrader_step}"):
            said.append(
                "c.CourseDirectory.groupshared needs a directory_structure that begins with {nbgrader_step}, "
                f"not {structure!r}."
            )
        if said:
            raise CourseError("\n".join(said))

    def _name(self, owner: LoggingConfigurable, name: str) -> str:
        """Return how a setting is written in the file, where it may be that of a more general class."""
        told = (one.__name__ for one in type(owner).__mro__ if name in self.config.get(one.__name__, {}))
        return f"c.{next(told, type(owner).__name__)}.{name}"

    @cached_property
    def _all_steps(self) -> list:
        autograde = self._autograde
        return self._loaded([*autograde.sanitize_preprocessors, *autograde.autograde_preprocessors])

    def _loaded(self, steps: list) -> list:
        """Return steps as classes, also where their names are given; our executor is nbgrader's here."""
        found = []
        for one in steps:
            try:
                step = import_item(one) if isinstance(one, str) else one
            except ImportError as error:
                raise CourseError(
                    f"nbgrader's settings name {one}, which cannot be loaded: {error}."
                ) from None
            found.append(Execute if getattr(step, "is_sandboxed", False) else step)
        return found

    def _step(self, kind: type) -> Any:
        try:
            return kind(parent=self._exporter)
        except TraitError as error:
            raise CourseError(f"nbgrader's settings: {error}") from None

    @staticmethod
    def _exporter_of(converter):
        return converter.exporter_class(parent=converter, config=converter.config)

    def _told(self, step: Any) -> list:
        """Return the name, the settings and the code of a step or plugin."""
        kinds = [one for one in type(step).__mro__ if one.__module__.split(".")[0] not in _LIBRARIES]
        code = [step] if isinstance(step, FunctionType) else [f for one in kinds for f in vars(one).values()]
        files = {f.__code__.co_filename for f in code if isinstance(f, FunctionType)}
        digests = [
            hashlib.sha256(path.read_bytes()).hexdigest()
            for path in (self.folder / file for file in sorted(files))
            if path.is_file()
        ]
        names = type(step).class_trait_names(config=True) if hasattr(type(step), "class_trait_names") else []
        # The repr of a class or function from a file of settings has an address, so only its name is used.
        values = {name: re.sub(r" at 0x\w+", "", repr(getattr(step, name))) for name in sorted(names)}
        return [getattr(step, "__qualname__", type(step).__qualname__), values, digests]


_LIBRARIES = {"nbgrader", "nbconvert", "traitlets"}
_NO_COURSE = "{} has no " + CONFIG + ". Change to the course's folder, `exercises`, and try again."


def _place(error: Exception) -> str:
    """Return where in which file of settings an error is."""
    frames = [one for one in traceback.extract_tb(error.__traceback__) if one.filename.endswith("_config.py")]
    where = f"{frames[-1].filename}, line {frames[-1].lineno}" if frames else "nbgrader's settings"
    return f"{where}: {type(error).__name__}: {error}"
