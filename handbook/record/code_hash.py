"""What a recording was made by: a hash of the code, which comments and docstrings do not change."""

import ast
import hashlib
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def code_hash(*modules: str) -> str:
    """Hash of modules and of all modules of ours that they import, as in "snippets.runs".

    Taken from the syntax trees, so that layout, comments and docstrings do not count; the walk below
    leaves out what is empty, since Python versions differ in the empty fields that they add.
    """
    digest = hashlib.sha256()
    for path in sorted(files_of(modules)):
        digest.update(f"{path.relative_to(ROOT).as_posix()}\n{described(path.read_text(encoding='utf-8'))}\n".encode())
    return digest.hexdigest()[:16]


def files_of(modules: tuple[str, ...]) -> set[Path]:
    """The source files of modules and of everything of ours that they import."""
    found: set[Path] = set()
    waiting = [path for module in modules for path in paths_of(module)]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        for name in imports_of(path.read_text(encoding="utf-8"), path.relative_to(ROOT).parent.parts):
            waiting += paths_of(name)
    return found


def paths_of(module: str) -> list[Path]:
    """The file of a module of ours, and of the packages it stands in; none for anybody else's."""
    parts = module.split(".")
    if parts[0] not in ("snippets", "recording"):
        return []
    packages = [ROOT.joinpath(*parts[:n], "__init__.py") for n in range(1, len(parts) + 1)]
    return [path for path in [*packages, ROOT.joinpath(*parts).with_suffix(".py")] if path.is_file()]


# A build asks for the same sources again and again, on behalf of each lab.
@lru_cache(maxsize=256)
def tree_of(text: str) -> ast.Module:
    """The syntax tree of a source, without docstrings. It is everybody's: nobody may change it."""
    return without_docstrings(ast.parse(text))


@lru_cache(maxsize=256)
def imports_of(text: str, package: tuple[str, ...]) -> frozenset[str]:
    """Every module name that a source in a package imports."""
    return frozenset(imported(tree_of(text), list(package)))


@lru_cache(maxsize=256)
def described(text: str) -> str:
    """The syntax tree of a source as text."""
    return describe(tree_of(text))


def imported(tree: ast.AST, package: list[str]) -> set[str]:
    """Every module name that a module of a package imports; `from a import b` may mean the module a.b."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[:len(package) + 1 - node.level] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            names |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return names


def without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:]
    return tree


def describe(node: object) -> str:
    """A syntax tree as text, the same in every version of Python for the same code."""
    if isinstance(node, ast.AST):
        fields = []
        for name in node._fields:
            value = getattr(node, name, None)
            if value is not None and value != []:
                fields.append(f"{name}={describe(value)}")
        return f"{type(node).__name__}({','.join(fields)})"
    if isinstance(node, list):
        return f"[{','.join(map(describe, node))}]"
    return repr(node)
