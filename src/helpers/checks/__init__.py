"""Marking: checks for the cells of an exercise, which give points and reasons together.

A graded cell first asks whether an answer can be read (`check`, which students see too), and then whether it
is right (``mark_*``, in the hidden tests). Its last expression is a `Mark`.

The form that an answer must have is declared in `helpers.checks.questions`, without the key; `check` and the
hidden tests both read it there. A teacher's own notebook may call the ``check_*`` functions instead.
"""

from helpers.checks.argument import check_citations, check_length, mark_citations, mark_length
from helpers.checks.forms import (
    check_choice,
    check_choices,
    check_date,
    check_function,
    check_items,
    check_number,
    check_parts,
    check_quotation,
    check_table,
)
from helpers.checks.mark import Mark, Reason, paragraph_address
from helpers.checks.marking import (
    mark_choice,
    mark_choices,
    mark_date,
    mark_function,
    mark_number,
    mark_order,
    mark_set,
    mark_table,
    read_choices,
)
from helpers.checks.names import party_names, person_names
from helpers.checks.opening import open_marks
from helpers.checks.preflight import check_notebook
from helpers.checks.questions import check, question
from helpers.checks.questions.reading_a_record import TEN as CODED_SENTENCES
from helpers.checks.quoting import mark_quotation
from helpers.checks.spellings import paragraph_names
from helpers.variants import variant_of

__all__ = [
    "CODED_SENTENCES",
    "Mark",
    "Reason",
    "check",
    "check_choice",
    "check_choices",
    "check_citations",
    "check_date",
    "check_function",
    "check_items",
    "check_length",
    "check_notebook",
    "check_number",
    "check_parts",
    "check_quotation",
    "check_table",
    "mark_choice",
    "mark_choices",
    "mark_citations",
    "mark_date",
    "mark_function",
    "mark_length",
    "mark_number",
    "mark_order",
    "mark_quotation",
    "mark_set",
    "mark_table",
    "open_marks",
    "paragraph_address",
    "paragraph_names",
    "party_names",
    "person_names",
    "question",
    "read_choices",
    "variant_of",
]
