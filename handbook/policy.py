"""The Content-Security-Policy of a built site, made from what the site contains, and the other headers that go with it.

Nothing inline is allowed but what the build itself wrote, by its hash; nothing is allowed from elsewhere.
"""

import hashlib
import json
import re
from base64 import b64encode
from pathlib import Path

INLINE = re.compile(r"<(?P<tag>script|style)\b(?P<attributes>[^>]*)>(?P<text>.*?)</(?P=tag)\s*>", re.DOTALL | re.IGNORECASE)
DATA = re.compile(r"""\btype\s*=\s*["']?application/(?:ld\+)?json\b""", re.IGNORECASE)  # never run, so never blocked
INLINE_IMAGE = re.compile(r"""(?:\b(?:src|href)\s*=\s*|url\(\s*)["']?data:image/""", re.IGNORECASE)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
TAG = re.compile(r"""<[a-zA-Z](?:"[^"]*"|'[^']*'|[^'">])*>""")
ATTRIBUTE = re.compile(r"""\s(?P<name>[\w:-]+)\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s>]+)""")
# Spares most pages the closer look. Spelt out, it takes half the time of re.IGNORECASE.
SUSPECT = re.compile(r"\s(?:[sS][tT][yY][lL][eE]|[oO][nN][a-zA-Z]+)\s*=")
# What a policy follows, with the one that an earlier build put there (`mkdocs build --dirty`).
CHARSET = re.compile(
    r'(?P<charset><meta charset="utf-8">\n?)(?:<meta http-equiv="Content-Security-Policy"[^>]*>\n<meta name="referrer"[^>]*>\n)?',
    re.IGNORECASE)

# Kinds of files that need a directive of their own; without such files the site does without it.
MEDIA = {"font-src": (".woff", ".woff2", ".ttf"), "media-src": (".mp3", ".mp4", ".ogg", ".webm"), "manifest-src": (".webmanifest",)}
# What a policy in <meta> must leave out: a browser ignores it there.
HEADER_ONLY = {"frame-ancestors": "'none'"}

OTHER_HEADERS = {
    # A file is what its type says it is.
    "X-Content-Type-Options": "nosniff",
    # Other sites are not told where a reader comes from; our 404 page asks whether it was one of our own pages.
    "Referrer-Policy": "same-origin",
    # A window that another site opened cannot reach into ours.
    "Cross-Origin-Opener-Policy": "same-origin",
    # The site asks for none of these, and nothing that may ever be embedded in it shall.
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi",
        "payment", "serial", "usb")),
}
HSTS = "Strict-Transport-Security: max-age=31536000"
HSTS_NOTE = [
    "Strict-Transport-Security is left to you: it holds for the whole host, not for this site alone, and cannot be",
    "taken back before it runs out. When everything on the host is served by HTTPS for good, send:",
]
LONGEST_LINE = 2000  # of _headers, on Cloudflare Pages


class Forbidden(Exception):
    """Something in a page that no policy without unsafe-inline can allow."""


def source_hash(text: str) -> str:
    """The source expression that allows an inline block; browsers hash it after they have normalised line ends."""
    digest = hashlib.sha256(re.sub(r"\r\n?", "\n", text).encode("utf-8")).digest()
    return f"'sha256-{b64encode(digest).decode('ascii')}'"


def inline_blocks(html: str) -> list[tuple[str, str]]:
    """("script" or "style", text) of every inline block that a browser would run or apply."""
    return [
        (match["tag"].lower(), match["text"]) for match in INLINE.finditer(html)
        if match["text"] and not DATA.search(match["attributes"]) and not re.search(r"\ssrc\s*=", match["attributes"])
    ]


def forbidden_attributes(html: str) -> list[str]:
    """Tags with what cannot be hashed: style attributes, event handlers, javascript: addresses."""
    markup = COMMENT.sub("", INLINE.sub(lambda match: f"<{match['tag']}{match['attributes']}>", html))
    if not SUSPECT.search(markup) and "javascript:" not in markup.lower():
        return []
    return [
        tag for tag in TAG.findall(markup)
        if any(
            re.fullmatch(r"style|on[a-z]+", match["name"], re.IGNORECASE)
            or match["value"].strip("\"' ").lower().startswith("javascript:")
            for match in ATTRIBUTE.finditer(tag))
    ]


def read_policy(site: Path) -> dict[str, str]:
    """The directives for a built site, in the order in which they are written. Raises Forbidden."""
    hashes, inline_images = {"script": set(), "style": set()}, False
    files = sorted(file for file in site.rglob("*") if file.is_file())
    for file in files:
        if file.suffix not in (".html", ".svg", ".css"):
            continue
        text = file.read_text(encoding="utf-8")
        inline_images = inline_images or bool(INLINE_IMAGE.search(text))
        if file.suffix == ".css":
            continue
        if found := forbidden_attributes(text):
            raise Forbidden(
                f"{file.relative_to(site).as_posix()}: {found[0][:200]} is blocked by the Content-Security-Policy. "
                "Use a class and a style sheet for a style attribute, addEventListener for an event handler, and a "
                "button for a javascript: address.")
        for kind, block in inline_blocks(text):
            hashes[kind].add(source_hash(block))
    policy = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *sorted(hashes["script"])]),
        "style-src": " ".join(["'self'", *sorted(hashes["style"])]),
        "img-src": "'self' data:" if inline_images else "'self'",
        "connect-src": "'self'",
        "worker-src": "'self'",
    }
    policy |= {name: "'self'" for name, suffixes in MEDIA.items() if any(file.suffix in suffixes for file in files)}
    return policy | {"base-uri": "'none'", "form-action": "'none'"}


def as_text(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())


def with_meta(html: str, policy: dict[str, str]) -> str:
    """A page that brings its policy along, for hosts that send no headers. Raises Forbidden.

    Right behind the character set: a policy holds for what follows it.
    """
    meta = (
        f'<meta http-equiv="Content-Security-Policy" content="{as_text(policy)}">\n'
        f'<meta name="referrer" content="{OTHER_HEADERS["Referrer-Policy"]}">\n'
    )
    start = CHARSET.search(html)
    if not start or INLINE.search(html, 0, start.end()):
        raise Forbidden('a page does not begin with <meta charset="utf-8">, behind which its policy would stand. Mend its template.')
    return html[:start.end("charset")] + meta + html[start.end():]


def headers(policy: dict[str, str]) -> dict[str, str]:
    """Every header that a server should send with each file."""
    return {"Content-Security-Policy": as_text(policy | HEADER_ONLY), **OTHER_HEADERS}


def served_files(all_headers: dict[str, str]) -> dict[str, str]:
    """Header files that hosts and servers read from the site's own folder, by name."""
    lines = [f"{name}: {value}" for name, value in all_headers.items()]
    if longest := [line for line in lines if len(line) > LONGEST_LINE]:
        raise Forbidden(f"a header is longer than the {LONGEST_LINE} characters that hosts take: {longest[0][:60]}… "
                        "Put inline scripts and styles into files.")
    return {
        "_headers": text("Netlify and Cloudflare Pages read this file.", HSTS, ["/*", *(f"  {line}" for line in lines)]),
        ".htaccess": text(
            "Apache reads this file where AllowOverride has FileInfo.",
            f'Header always set {HSTS.replace(": ", " ")}',
            ["<IfModule mod_headers.c>", *(f'  Header always set {name} "{value}"' for name, value in all_headers.items()),
             "</IfModule>"]),
    }


def server_files(all_headers: dict[str, str]) -> dict[str, str]:
    """The same for servers that read their settings from elsewhere."""
    rules = [{"source": "/(.*)", "headers": [{"key": name, "value": value} for name, value in all_headers.items()]}]
    return {
        "nginx.conf": text(
            "nginx: include this file in the server block, and again in each location that has an add_header of its own:\n"
            "# such a location inherits none.",
            f'add_header {HSTS.replace(": ", " ")} always;',
            [f'add_header {name} "{value}" always;' for name, value in all_headers.items()]),
        "Caddyfile": text(
            "Caddy: import this file in the block of the site.",
            HSTS.replace(": ", " "),
            ["header {", *(f'\t{name} "{value}"' for name, value in all_headers.items()), "}"]),
        # Vercel sends Strict-Transport-Security itself; JSON has no comments.
        "vercel.json": json.dumps({"headers": rules}, indent=2) + "\n",
    }


def text(first: str, hsts: str, lines: list[str]) -> str:
    return "\n".join([f"# {first} Written by the build.", *lines, *(f"# {note}" for note in HSTS_NOTE), f"#     {hsts}", ""])
