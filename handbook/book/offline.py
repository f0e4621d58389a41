"""A built site as files that open without a server.

From file:// no browser opens a folder's index.html, lets a page fetch a file or start a worker, or knows what 'self'
means in a policy. So links name files, the search is a script, and the pages have no policy: there is nothing here
that could be asked elsewhere. All else stays as it is.
"""

import re
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from handbook.book.templates import WORDS
from handbook.site import Site

# What only a server, a crawler or another program has a use for.
LEFT_OUT = {"s", "downloads", "404.html", "robots.txt", "sitemap.xml", "feed.xml", "llms.txt"}
SUFFIXES_LEFT_OUT = {".md", ".gz", ".br"}
HEAD_LEFT_OUT = re.compile(
    r'\s*<(?:meta http-equiv="Content-Security-Policy"|link rel="alternate)[^>]*>'
)
LINK = re.compile(r'(<(?:a|link)\b[^>]*?\s)href="([^"]*)"')
FILE_LIST = re.compile(r'<(p|div) class="hb-downloads".*?</\1>', re.DOTALL)
IMPORTS = re.compile(r"importScripts\(([^)]*)\)")
SEARCH = """self.handbookSearch = postMessage => {
let onmessage
const importScripts = () => {}
const exports = undefined, module = undefined, define = undefined
const fetch = async () => ({ok: true, json: async () => (%s)});
%s;
return data => onmessage({data})
}
"""
START = """<!doctype html>
<meta charset="utf-8">
<title>{name}</title>
<meta http-equiv="refresh" content="0; url={start}">
<a href="{start}">{name}</a>
"""


def offline(site: Site, language: str, name: str) -> dict[str, bytes]:
    """The files of the copy by their paths, all in a folder of that name; it opens in the language."""
    files = {}
    for path in sorted(site.folder.rglob("*")):
        place = path.relative_to(site.folder).as_posix()
        if path.suffix == ".html" and not left_out(place):
            files[place] = for_a_folder(path, site).encode()
        elif path.name == "search_index.json":
            files[f"{Path(place).parent.as_posix()}/offline.js"] = search_script(
                site, path
            ).encode()
        elif path.is_file() and not left_out(place):
            files[place] = path.read_bytes()
    start = f"site/{'en/' if language == 'en' else ''}index.html"
    page = START.format(name=name, start=start).encode()
    return {f"{name}/index.html": page} | {f"{name}/site/{one}": files[one] for one in files}


def left_out(place: str) -> bool:
    """Whether a file of the site is not in the copy."""
    path = Path(place.removeprefix("en/"))
    return path.parts[0] in LEFT_OUT or path.suffix in SUFFIXES_LEFT_OUT


def for_a_folder(page: Path, site: Site) -> str:
    """A page whose links name files; a link to what is not in the copy leads to the published site, or nowhere."""

    def named(match: re.Match) -> str:
        parts = urlsplit(match[2])
        target = (page.parent / unquote(parts.path)).resolve()
        if parts.scheme or parts.netloc or not parts.path or not target.is_relative_to(root):
            return match[0]
        place = target.relative_to(root).as_posix()
        if target.is_dir():
            address = parts._replace(path=f"{parts.path.rstrip('/')}/index.html").geturl()
        elif left_out(place):
            if not site.address:
                return match[1]
            address = site.address + parts._replace(path=quote(place)).geturl()
        else:
            return match[0]
        return f'{match[1]}href="{address}"'

    root = site.folder.resolve()
    words = WORDS["en" if page.is_relative_to(site.root("en")) else "zh"]["copy"]
    text = FILE_LIST.sub(f"<p>{words}</p>", page.read_text(encoding="utf-8"))
    return LINK.sub(named, HEAD_LEFT_OUT.sub("", text))


def search_script(site: Site, index: Path) -> str:
    """Engine and index of a language as one script that answers as the worker does.

    theme/assets/javascripts/search.js loads it and calls `handbookSearch(listener)`, which gives it a function to ask.
    """
    worker = next((site.folder / "assets/javascripts").glob("search-worker*.js"))
    code = worker.read_text(encoding="utf-8")
    names = re.findall(r"""["'`]([^"'`]+)["'`]""", IMPORTS.search(code)[1])
    scripts = [(worker.parent / name).read_text(encoding="utf-8") for name in names] + [code]
    return SEARCH % (index.read_text(encoding="utf-8"), ";\n".join(scripts))
