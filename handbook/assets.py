"""The files that pages load: one copy for both languages, small, and by an address that changes with their content.

Plain functions on a built folder: `gather`, then `dress` for each page. `problems` tells what the theme cannot do here.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import rjsmin

from handbook.problems import Problem
from handbook.site import LANGUAGES

# Of the theme: maps for its developers, and the workers of its own search.
UNUSED = re.compile(r"\.map$|^javascripts/(?:lunr|workers)/")
NAMED_BY_CONTENT = re.compile(r"\.[0-9a-f]{8}\.")
# Comments and space of a style sheet, strings left alone. No more: rcssmin breaks nested rules.
CSS_SPACE = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/|(\s+)""", re.DOTALL)
# Template strings within template strings, which rjsmin would cut at a //.
NESTED_TEMPLATE = re.compile(r"`[^`]*\$\{[^}`]*`")
REFERENCE = re.compile(r'="(?P<up>(?:\.{1,2}/)*)(?P<name>assets/[^"?#]+)(?=["#])')
SHEETS = re.compile(r'(?:<link rel="stylesheet" href="(?:\.{1,2}/)*assets/[^"]+">\s*){2,}')
SCOPE = re.compile(r'(?<=__md_scope=new URL\()"[.][^"]*",location')
ROOT = (
    '"../..",document.querySelector("[rel=stylesheet]").href'  # the theme's, assets/stylesheets/…
)
SEARCH_WORDS = re.compile(r'"search\.result[^"]*": "[^"]*", ')  # of the theme's own search
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
SPACE = re.compile(r"(<(pre|textarea|style|script)\b.*?</\2>)|\s*\n\s*", re.DOTALL)

NO_SEARCH = "This site has a search of its own; take it out."
CANNOT = {  # the beginning of a feature's name, and why it does nothing or harm here
    "navigation.instant": "Our scripts are made for pages that load by themselves; take it out.",
    "search.": NO_SEARCH,
}
FONT = "Fonts would come from another site: write `font: false`, and name fonts in a style sheet."
ELSEWHERE = "Readers get nothing from other sites: put a copy below theme/ and name that."
MISSING = "Put the file below theme/, which both languages share, or correct the name."


def minified(text: str, suffix: str) -> str:
    """A script or a style sheet without what only its authors need; other text as it is."""
    if suffix == ".css":
        return CSS_SPACE.sub(lambda match: match[1] or (" " if match[2] else ""), text)
    if suffix in (".js", ".mjs") and not NESTED_TEMPLATE.search(text):
        return rjsmin.jsmin(text)
    return text


def of_a_feature(url: str, styles: Iterable[str], scripts: Iterable[str] = ()) -> str:
    """What only the pages of a feature load, as Markdown. url: the page's; names are without their endings."""
    up = "../" * url.count("/") + "assets/"
    links = (f'<link rel="stylesheet" href="{up}stylesheets/{one}.css">' for one in styles)
    tags = (f'<script src="{up}javascripts/{one}.js" defer></script>' for one in scripts)
    return f"\n\n{''.join(links)}{''.join(tags)}\n"


@dataclass
class Assets:
    """What `dress` needs to know of a site's files."""

    folder: Path
    shared: set[str]  # names of the files that English pages load from the root
    version: str  # of all our files together, since one may load another


def gather(folder: Path) -> Assets:
    """Drop what nobody loads and the second copy for English; make our own files small."""
    shared, digest = set(), hashlib.sha256()
    for root in (folder / "assets", folder / "en/assets"):
        for file in sorted(root.rglob("*"), reverse=True):  # what a folder holds comes before it
            name = file.relative_to(root).as_posix()
            twin = folder / "assets" / name
            if file.is_dir():
                if not any(file.iterdir()):
                    file.rmdir()
            elif UNUSED.search(name):
                file.unlink()
            elif twin != file and twin.is_file():
                if twin.read_bytes() == file.read_bytes():
                    shared.add(f"assets/{name}")
                    file.unlink()
    for file in sorted(folder.glob("**/assets/**/*")):
        if NAMED_BY_CONTENT.search(file.name) or not file.is_file():
            continue
        if file.suffix in (".js", ".mjs", ".css"):
            text = minified(file.read_text(encoding="utf-8"), file.suffix)
            file.write_text(text, encoding="utf-8", newline="")
        digest.update(file.read_bytes())
    return Assets(folder, shared, digest.hexdigest()[:8])


def dress(text: str, file: Path, assets: Assets) -> str:
    """A page that loads the one copy of each file, by its version, without space that only authors need."""
    english = file.is_relative_to(assets.folder / "en")

    def reference(match: re.Match) -> str:
        up, name = match["up"], match["name"]
        if english and name in assets.shared:
            up += "../"
        known = (file.parent / up / name).is_file() and not NAMED_BY_CONTENT.search(name)
        return f'="{up}{name}?{assets.version}' if known else f'="{up}{name}'

    head, end, body = REFERENCE.sub(reference, text).partition("</head>")
    head = SHEETS.sub(lambda match: one_sheet(match[0], file), head)
    head = SCOPE.sub(ROOT, head)  # one memory for both languages, and the same script at any depth
    text = head + end + body
    text = SCRIPT.sub(lambda match: f"<script>{rjsmin.jsmin(match[1])}</script>", text)
    text = SEARCH_WORDS.sub("", text).replace('<span class="w"> </span>', " ")
    return SPACE.sub(lambda match: match[1] or "\n", text)


def one_sheet(links: str, page: Path) -> str:
    """Links to style sheets as one link: before anything is painted, each costs a trip to the server.

    A sheet that imports others, or lies in another folder than the one before, stays by itself.
    """
    groups: list[list[tuple[str, Path]]] = []
    for href in re.findall(r'href="([^"]+)"', links):
        sheet = page.parent / href.partition("?")[0]
        alone = "@import" in sheet.read_text(encoding="utf-8")
        if groups and not alone and groups[-1][-1][1].parent == sheet.parent:
            groups[-1].append((href, sheet))
        else:
            groups.append([(href, sheet)])
    made = []
    for group in groups:
        href = group[0][0]
        if len(group) > 1:
            text = "\n".join(sheet.read_text(encoding="utf-8") for _, sheet in group)
            name = f"site.{hashlib.sha256(text.encode()).hexdigest()[:8]}.css"
            href = f"{href.rpartition('/')[0]}/{name}"
            (page.parent / href).write_text(text, encoding="utf-8", newline="")
        made.append(f'<link rel="stylesheet" href="{href}">\n')
    return "".join(made)


def problems(config) -> list[Problem]:
    """What `mkdocs.yml` asks of the theme that cannot work here.

    config: MkDocs's, of one language.
    """
    theme, found = config.theme, []
    docs = [Path(config.docs_dir).parent / language for language in LANGUAGES]

    def tell(value: str, message: str, todo: str) -> None:
        found.append(Problem(*place(config, value), message, todo, stops=True))

    for feature in theme.get("features") or []:
        for start, todo in CANNOT.items():
            if feature.startswith(start):
                tell(feature, f"the theme's feature {feature} does not work on this site", todo)
    if "material/search" in config.plugins:
        tell("search:", "the theme's search plugin is switched on", NO_SEARCH)
    if theme.get("font"):
        tell("font:", "theme.font names fonts", FONT)
    if config.extra.get("analytics"):
        tell("analytics", "extra.analytics sends readers' data to another site", "Take it out.")
    named = {name: theme.get(name) for name in ("logo", "favicon") if theme.get(name)}
    listed = {"extra_css": config.extra_css, "extra_javascript": config.extra_javascript}
    files = [(f"theme.{key}", value) for key, value in named.items()]
    files += [(key, str(value)) for key, values in listed.items() for value in values]
    for key, name in files:
        if urlsplit(name).scheme or name.startswith("//"):
            tell(name, f"{key} names a file of another site, {name}", ELSEWHERE)
        elif not (
            any((Path(folder) / name).is_file() for folder in theme.dirs)
            or all((folder / name).is_file() for folder in docs)
        ):
            tell(name, f"{key} names {name}, which is not there", MISSING)
    own = Path(config.config_file_path).name  # English inherits the other's: told once
    return [problem for problem in found if problem.file == own]


def place(config, value: str) -> tuple[str, int]:
    """File and line of a setting: the language's own file, or the one that it inherits from."""
    own = Path(config.config_file_path)
    for file in (own, own.with_name("mkdocs.yml")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if value in line and not line.lstrip().startswith("#"):
                return file.name, number
    return "mkdocs.yml", 1
