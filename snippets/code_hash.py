"""What a recording was made by: a hash of the code that comments and docstrings do not change."""

import ast
import hashlib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def code_hash(module: str, root: Path = ROOT) -> str:
    """Hash of a module, as in "snippets.runs", and of all modules of `snippets/` that it imports.

    Taken from the syntax trees, so that layout, comments and docstrings do not count. What changes no
    recorded number is left out: of a lab, what only keeps its steps; of a program, modules called
    own_…, which read what people bring. Raises ModuleNotFoundError when there is no such module.
    """
    path = root.joinpath(*module.split("."))
    if not path.with_suffix(".py").is_file() and not (path / "__init__.py").is_file():
        raise ModuleNotFoundError(f"there is no module {module}")
    files = files_of((module,), root)
    if module.startswith("snippets.labs."):
        files -= files_of(("snippets.labs.steps",), root)
    files = {path for path in files if not path.name.startswith("own_")}
    digest = hashlib.sha256()
    for path in sorted(files):
        text = described(path.read_text(encoding="utf-8"))
        digest.update(f"{path.relative_to(root).as_posix()}\n{text}\n".encode())
    return digest.hexdigest()[:16]


def files_of(modules: tuple[str, ...], root: Path = ROOT) -> set[Path]:
    """The source files of modules and of everything in `snippets/` that they import."""
    found: set[Path] = set()
    waiting = [path for module in modules for path in paths_of(module, root)]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            text, package = path.read_text(encoding="utf-8"), path.relative_to(root).parent.parts
            for name in imported(text, package):
                waiting += paths_of(name, root)
    return found


def paths_of(module: str, root: Path) -> list[Path]:
    """The file of a module of `snippets/` and of the packages it stands in; none for another."""
    parts = module.split(".")
    if parts[0] != "snippets":
        return []
    packages = [root.joinpath(*parts[:n], "__init__.py") for n in range(1, len(parts) + 1)]
    own = root.joinpath(*parts).with_suffix(".py")
    return [path for path in [*packages, own] if path.is_file()]


@cache
def imported(text: str, package: tuple[str, ...] = ()) -> frozenset[str]:
    """Every module that a source in a package imports; `from a import b` may mean a.b."""
    names = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            names |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return frozenset(names)


@cache
def described(text: str) -> str:
    """The syntax tree of a source as text, without docstrings."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:]
    return describe(tree)


def describe(node: object) -> str:
    """A syntax tree as text: fields that are empty are left out, since Python versions differ in them."""
    if isinstance(node, ast.AST):
        fields = [(name, getattr(node, name, None)) for name in node._fields]
        given = [f"{name}={describe(value)}" for name, value in fields if value not in (None, [])]
        return f"{type(node).__name__}({','.join(given)})"
    if isinstance(node, list):
        return f"[{','.join(map(describe, node))}]"
    return repr(node)
