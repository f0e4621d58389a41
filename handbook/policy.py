"""The Content-Security-Policy of a built site: nothing from elsewhere, nothing inline that the build did not write.

One policy serves all pages, since Material's inline scripts are the same few. It stands in a `<meta>` of each page,
so that every host sends it; `frame-ancestors`, which browsers ignore there, is sent by `handbook/publish/nginx.conf`.
"""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable

from handbook.problems import Problem

INLINE = re.compile(
    r"<(?P<tag>script|style)\b(?P<attributes>[^>]*)>(?P<text>.*?)</(?P=tag)\s*>",
    re.DOTALL | re.IGNORECASE,
)
DATA = re.compile(r"\btype\s*=\s*[\"']?application/(?:ld\+)?json\b", re.IGNORECASE)  # never run
SOURCE = re.compile(r"\ssrc\s*=")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
TAG = re.compile(r"<[a-zA-Z](?:\"[^\"]*\"|'[^']*'|[^'\">])*>")
# What no hash can allow: style attributes, event handlers, javascript: addresses.
FORBIDDEN = re.compile(r"\s(?:style|on[a-z]+)\s*=|=\s*[\"']?\s*javascript:", re.IGNORECASE)
QUOTED = re.compile(r"(?<==)(?:\"[^\"]*\"|'[^']*')")
CHARSET = re.compile(r"<meta charset=\"?utf-8\"?/?>", re.IGNORECASE)


def source_hash(text: str) -> str:
    """The expression that allows an inline block; browsers hash it with plain line ends."""
    digest = hashlib.sha256(re.sub(r"\r\n?", "\n", text).encode("utf-8")).digest()
    return f"'sha256-{b64encode(digest).decode('ascii')}'"


def policy_of(pages: Iterable[str]) -> str:
    """The policy for the HTML of all pages of a site."""
    hashes: dict[str, set[str]] = {"script": set(), "style": set()}
    for page in pages:
        for block in INLINE.finditer(page):
            attributes = block["attributes"]
            if block["text"] and not DATA.search(attributes) and not SOURCE.search(attributes):
                hashes[block["tag"].lower()].add(source_hash(block["text"]))
    directives = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *sorted(hashes["script"])]),
        "style-src": " ".join(["'self'", *sorted(hashes["style"])]),
        "img-src": "'self' data:",  # the theme's icons are data: addresses in its style sheet
        "font-src": "'self'",
        "media-src": "'self'",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def with_policy(page: str, policy: str) -> str:
    """A page with its policy right behind the character set: a policy holds for what follows it."""
    meta = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="referrer" content="same-origin">'
    )
    return CHARSET.sub(lambda match: match[0] + meta, page, count=1)


def problems(file: str, page: str) -> list[Problem]:
    """What the policy would block in a page, or a page that has no place for it."""
    found = []
    if not CHARSET.search(page):
        found.append(
            Problem(
                file,
                1,
                'the page has no <meta charset="utf-8">, behind which its security policy stands',
                "Mend its template.",
            )
        )
    markup = COMMENT.sub("", INLINE.sub(lambda m: f"<{m['tag']}{m['attributes']}>", page))
    if FORBIDDEN.search(markup):
        for tag in TAG.findall(markup):
            bare = QUOTED.sub(
                lambda m: m[0] if m[0][1:].lstrip().lower().startswith("javascript:") else '""', tag
            )
            if FORBIDDEN.search(bare):
                line = page.count("\n", 0, max(page.find(tag), 0)) + 1
                found.append(
                    Problem(
                        file,
                        line,
                        f"browsers block {tag[:120]} under this site's security policy",
                        "Use a class and a style sheet for a style attribute, addEventListener for an "
                        "event handler, and a button for a javascript: address.",
                    )
                )
    return found
