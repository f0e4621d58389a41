"""One small style sheet out of several: without the rules that no page of the site can ever use.

A rule stays as long as each name in its selector stands somewhere in the pages or in the scripts, wherever that
is: the reduction knows names, not the tree, so it cannot take a state, a position or a script's work for unused.
"""

import re
from dataclasses import dataclass, field

import tinycss2

TAG = re.compile(r"<([a-z][\w-]*)((?:\s+[^\s\"'>/=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?)*)", re.IGNORECASE)
ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
SCRIPT = re.compile(r"<script(?![^>]*\stype=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
# A comment is matched first where it begins first, so that an apostrophe in it opens no string.
STRING = re.compile(r"/\*.*?\*/|//[^\n]*|\"([^\"\n]*)\"|'([^'\n]*)'|`([^`]*)`", re.DOTALL)
WORD = re.compile(r"[\w-]+")
# What a browser or a script sets without ever naming it as a string.
REFLECTED = {"open", "hidden", "checked", "disabled", "title", "href", "tabindex"}
BRANCHES = {"is", "where", "has", "matches", "-webkit-any", "-moz-any", "host", "slotted"}
PROPERTY = re.compile(r"(?<=[{;])(--[\w-]+):((?:[^;{}\"']|\"[^\"]*\"|'[^']*')*);")
KEYFRAMES = re.compile(r"@(?:-webkit-)?keyframes ([\w-]+){(?:[^{}]*{[^{}]*})*}")
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
GROUPS = {"media", "supports", "layer", "container"}


@dataclass
class Names:
    """What the pages and their scripts call things."""

    tags: set = field(default_factory=set)
    classes: set = field(default_factory=set)
    ids: set = field(default_factory=set)
    attributes: set = field(default_factory=lambda: set(REFLECTED))
    values: set = field(default_factory=set)  # (attribute, value)
    words: set = field(default_factory=set)  # of the scripts' strings: can be any of these

    def add_page(self, html):
        """Take in the tags of a page, and what its own scripts say."""
        for source in SCRIPT.findall(html):
            self.add_script(source)
        for tag, rest in set(TAG.findall(html)):
            self.tags.add(tag.lower())
            for name, *values in ATTRIBUTE.findall(rest):
                name, value = name.lower(), "".join(values)
                self.attributes.add(name)
                self.values.add((name, value))
                if name == "class":
                    self.classes.update(value.split())
                elif name == "id":
                    self.ids.add(value)

    def add_script(self, source):
        """Take in each word of each string of a script."""
        for parts in STRING.findall(source):
            self.words.update(WORD.findall("".join(parts)))
        # el.dataset.mdColorScheme sets data-md-color-scheme
        for name in re.findall(r"\bdataset\.(\w+)", source):
            self.attributes.add("data-" + re.sub(r"[A-Z]", lambda c: "-" + c[0].lower(), name))


def reduced(css, pages, scripts):
    """Two style sheets: for the pages as they stand, and for what the scripts make of them.

    `scripts` holds the names of the pages as well. The second sheet comes after the first and holds the selectors
    that no element can match before a script has run.
    """
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    first = "".join(written(rule, lambda one: possible(one, pages)) for rule in rules)
    later = "".join(written(rule, lambda one: possible(one, scripts) and not possible(one, pages), later=True) for rule in rules)
    while True:  # a property that only an unused one names is unused too
        used = set(re.findall(r"(--[\w-]+)\s*[,)]", first + later)) | {w for w in scripts.words if w.startswith("--")}
        shorter = [PROPERTY.sub(lambda m: m[0] if m[1] in used else "", text) for text in (first, later)]
        if shorter == [first, later]:
            break
        first, later = shorter
    moving = set(WORD.findall(" ".join(re.findall(r"animation(?:-name)?:([^;}]*)", first + later))))
    first = KEYFRAMES.sub(lambda m: m[0] if m[1] in moving else "", first)
    return tuple(re.sub(r"[^{};]+{}", "", text).replace(";}", "}") for text in (first, later))


def written(rule, wanted, later=False):
    """One rule as text, the shortest that means the same, with the selectors that are wanted; nothing without any.

    What has no selector, such as a font, is left to the first sheet.
    """
    if rule.type == "error":
        raise ValueError(f"line {rule.source_line}: {rule.message}")
    if rule.type == "at-rule":
        prelude = squeezed(rule.prelude)
        head = f"@{rule.at_keyword}" + (f" {prelude}" if prelude else "")
        if rule.content is None:
            return "" if later or rule.lower_at_keyword == "charset" else head + ";"
        if rule.lower_at_keyword in GROUPS:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            body = "".join(written(one, wanted, later) for one in inner)
            return f"{head}{{{body}}}" if body else ""
        if later:
            return ""
        if "keyframes" in rule.lower_at_keyword:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            return f"{head}{{{''.join(squeezed(f.prelude) + '{' + declarations(f.content) + '}' for f in inner)}}}"
        return f"{head}{{{declarations(rule.content)}}}"
    selectors = [one for one in split(rule.prelude) if wanted(one)]
    body = declarations(rule.content)
    return f"{','.join(map(squeezed, selectors))}{{{body}}}" if selectors and body else ""


def declarations(tokens):
    """The declarations of a block, each with its semicolon."""
    text = ""
    for one in tinycss2.parse_blocks_contents(tokens, skip_comments=True, skip_whitespace=True):
        if one.type != "declaration":
            raise ValueError(f"line {one.source_line}: only declarations are understood inside a rule, no nesting")
        text += f"{one.name}:{squeezed(one.value)}{'!important' if one.important else ''};"
    return text


def squeezed(tokens):
    """Tokens as text, without comments, with one space where there were more, and with nothing that cannot be seen."""
    text = tinycss2.serialize([tinycss2.ast.WhitespaceToken(0, 0, " ") if t.type == "whitespace" else t
                               for t in tokens if t.type != "comment"])
    return INVISIBLE.sub(lambda found: f"\\{ord(found[0]):x} ", text.strip())


def split(tokens):
    """A selector list as its selectors."""
    parts = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def possible(selector, names):
    """Tell whether each name that a selector needs is known."""
    before = None  # what stands directly before the token
    for token in selector:
        if token.type == "ident" and before == ".":
            known = token.value in names.classes | names.words
        elif token.type == "ident" and before != ":":
            known = token.lower_value in names.tags | names.words
        elif token.type == "hash":
            known = token.value in names.ids | names.words
        elif token.type == "[] block":
            known = possible_attribute(token.content, names)
        elif token.type == "function" and token.lower_name in BRANCHES:
            known = any(possible(branch, names) for branch in split(token.arguments))
        else:
            known = True  # :not(), :nth-child() and the like ask for nothing that has to be there
        if not known:
            return False
        before = token.value if token.type == "literal" else None
    return True


def possible_attribute(tokens, names):
    """The same for what stands in square brackets."""
    parts = [t for t in tokens if t.type != "whitespace"]
    name, rest = parts[0].lower_value, parts[1:]
    if name not in names.attributes | names.words:
        return False
    if len(rest) != 2 or rest[0].type != "literal" or rest[0].value != "=" or name in REFLECTED:
        return True  # [name], [name^=…] and the like
    return (name, rest[1].value) in names.values or rest[1].value in names.words
