"""A built site as a folder that opens without a server, packed into a zip.

Browsers open no folder's index.html from `file://`, let no page there fetch a file or start a worker, and give 'self' in a
Content-Security-Policy no meaning. So in the copy links to folders name the file, the search index and its engine are a script, and pages
have no policy: nothing of it is needed where nothing can be asked for. The pages themselves stay as they are.
"""

import io
import json
import re
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

LEFT_OUT = {"s", "404.html", "_headers", ".htaccess", "robots.txt", "sitemap.xml", "feed.xml", "llms.txt", "downloads"}
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
FOR_CRAWLERS = re.compile(r'\s*<link rel="(?:alternate |canonical|alternate)"[^>]*>')
LINK = re.compile(r'(?P<before><(?:a|link)\b[^>]*?\s(?:href)=")(?P<address>[^"]*)"')
ENGINE = ("vendor/minisearch-7.2.0.js", "search-engine.js", "search-worker.js")


def offline(site: Path) -> dict[str, bytes]:
    """The files of the copy, by their path, in order. Raises FileNotFoundError when there is no built site."""
    if not (site / "index.html").is_file() or not (site / "en/index.html").is_file():
        raise FileNotFoundError(f"{site} holds no built site in both languages; run `make build` first")
    files = {}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        parts = name.removeprefix("en/").split("/")
        if not path.is_file() or parts[0] in LEFT_OUT or path.suffix in (".gz", ".br", ".md"):
            continue
        if path.suffix == ".html":
            files[name] = for_a_folder(path.read_text(encoding="utf-8"), path, site).encode()
        elif name.endswith("search/search_index.json"):
            files[name.replace("search_index.json", "offline.js")] = search_script(site, path).encode()
        elif "/search-" not in name and "/vendor/" not in name or path.suffix == ".txt":
            files[name] = path.read_bytes()
    return files


def for_a_folder(html: str, page: Path, site: Path) -> str:
    """A page whose links name files."""
    def named(match: re.Match) -> str:
        address = match["address"]
        parts = urlsplit(address)
        if not parts.scheme and not parts.netloc and parts.path:
            target = (page.parent / unquote(parts.path)).resolve()
            if target.is_dir() and target.is_relative_to(site.resolve()):
                path = parts.path.rstrip("/") + "/index.html" if parts.path not in (".", "./") else "index.html"
                address = parts._replace(path=path).geturl()
        return f'{match["before"]}{address}"'

    return LINK.sub(named, FOR_CRAWLERS.sub("", POLICY.sub("", html)))


def search_script(site: Path, index: Path) -> str:
    """Engine and index as one script, which offers what the worker would: overrides/assets/javascripts/search.js asks it."""
    engine = ";\n".join((site / "assets/javascripts" / name).read_text(encoding="utf-8") for name in ENGINE)
    docs = json.dumps(json.loads(index.read_text(encoding="utf-8")), ensure_ascii=False, separators=(",", ":"))
    return (
        "self.handbookSearch = postMessage => {\n"
        "let onmessage; const importScripts = () => {}, exports = undefined, module = undefined, define = undefined\n"
        f"const fetch = async () => ({{ok: true, json: async () => ({docs})}});\n{engine};\n"
        "return data => onmessage({data})\n}\n"
    )


def pack(files: dict[str, bytes], folder: str, start: str) -> bytes:
    """A zip that is the same for the same files: all in one folder, with a page beside it that leads to the start."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        head = f'<!doctype html><meta charset="utf-8"><title>{folder}</title><meta http-equiv="refresh" content="0;url=site/{start}"><a href="site/{start}">{folder}</a>\n'
        for name, content in {"index.html": head.encode(), **{f"site/{name}": content for name, content in files.items()}}.items():
            entry = zipfile.ZipInfo(f"{folder}/{name}", (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()
