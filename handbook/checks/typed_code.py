"""No Python is typed into a page: it comes from snippets/, where tests run it."""

import ast
import re
import textwrap
import warnings
from collections.abc import Iterator
from html import unescape

from handbook.checks.elements import Block
from handbook.checks.pages import Sources
from handbook.problems import Problem
from handbook.checks.snippets import includes

PYTHON = {"python", "python3", "py", "py3", "pycon", "pycon3", "python-console", "ipython", "ipython3", "pytb", "py3tb"}
PLAIN = {None, "", "text", "txt", "plain", "plaintext", "none", "output"}  # None: indented code
PROMPT = re.compile(r"\s*(>>>|In \[\d+\]:)( |$)")
MARKUP = re.compile(r"</?(?:pre|code|span)\b[^>]*>")
TODO = (
    "Move the code to a module in snippets/ with a test, and show it by a line such as "
    '--8<-- "module.py:section" in the block.'
)


def check(sources: Sources) -> Iterator[Problem]:
    """Look at what was typed into each block of code: everything but its includes."""
    for page in sources.pages:
        for block in page.blocks:
            typed = typed_lines(block)
            if not any(text.strip() for _, text in typed):
                continue
            prompts = [number for number, text in typed if PROMPT.match(text)]
            if block.language in PYTHON:
                yield Problem(page.file, block.line, f"this {block.language} block holds code typed into the page", TODO)
            elif prompts:
                yield Problem(page.file, prompts[0], "a Python session is typed into the page", TODO)
            elif block.language in PLAIN and is_python("\n".join(text for _, text in typed)):
                kind = "indented block" if block.language is None else "block without a language"
                yield Problem(page.file, block.line, f"this {kind} holds Python typed into the page", TODO)


def typed_lines(block: Block) -> list[tuple[int, str]]:
    """The lines of a block, with their numbers, that are not part of an include."""
    included = {index for index, _ in includes(line.text for line in block.body)}
    return [(line.number, line.text) for index, line in enumerate(block.body) if index not in included]


def is_python(text: str) -> bool:
    """Whether a text is more than one Python statement, and not just by accident.

    Lines of names, numbers or paths parse as statements too, and so does `loss: 0.1`; at least one
    statement must do something.
    """
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(textwrap.dedent(unescape(MARKUP.sub("", text))))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    return len(statements) > 1 and any(map(does_something, statements))


def does_something(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr):
        return any(isinstance(node, (ast.Call, ast.Await, ast.Yield)) for node in ast.walk(statement))
    return not (isinstance(statement, ast.AnnAssign) and statement.value is None)
