"""Is what only teachers may see found between the words that a course has chosen for its regions?"""

import pytest
from nbformat import NotebookNode
from traitlets.config import Config

from helpers.coursework.redaction import commentary_of, cut_secrets, open_text, scheme_of, solution_of

CHOSEN = {
    "ClearMarkScheme": {"begin_mark_scheme_delimeter": "RUBRIC (", "end_mark_scheme_delimeter": ") RUBRIC"},
    "ClearSolutions": {"begin_solution_delimeter": "ANSWER [", "end_solution_delimeter": "] ANSWER"},
}
USUAL = ("### BEGIN MARK SCHEME", "### END MARK SCHEME", "### BEGIN SOLUTION", "### END SOLUTION")


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (None, USUAL),
        (Config(CHOSEN), ("RUBRIC (", ") RUBRIC", "# ANSWER [", "# ] ANSWER")),
    ],
    ids=["usual", "chosen"],
)
def test_delimiters(config, words):
    """Are rubric, comment and solution told apart from the question, whatever marks them?"""
    scheme, no_scheme, solution, no_solution = words
    question = NotebookNode(
        source=f"Why?\n{scheme}\nHalf\n### BEGIN COMMENTARY\nSee p. 3.\n### END COMMENTARY\n{no_scheme}\nSay."
    )
    answer = NotebookNode(
        cell_type="code",
        metadata={},
        source=f"def twice(x):\n    {solution}\n    return 2 * x\n    {no_solution}",
    )
    assert open_text(question, config=config).split() == ["Why?", "Say."]
    assert (scheme_of(question, config=config), commentary_of(question)) == ("Half", "See p. 3.")
    assert solution_of(answer, config=config) == "def twice(x):\n    return 2 * x"
    assert "    return 2 * x" in cut_secrets(answer, ["SOLUTION"], config=config)
