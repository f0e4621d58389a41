"""One small style sheet out of several: without the rules that no page of the site can ever use.

A rule stays as long as each name in its selector stands somewhere in the pages or in the scripts, wherever that
is: the reduction knows names, not the tree, so it cannot take a state, a position or a script's work for unused.
"""

import re
from dataclasses import dataclass, field

import tinycss2

TAG = re.compile(r"<([a-z][\w-]*)((?:\s+[^\s\"'>/=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?)*)", re.IGNORECASE)
ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL | re.IGNORECASE)
STRING = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'|`([^`]*)`")
WORD = re.compile(r"[\w-]+")
# What a browser or a script sets without ever naming it as a string.
REFLECTED = {"open", "hidden", "checked", "disabled", "title", "role", "href", "tabindex"}
BRANCHES = {"is", "where", "has", "matches", "-webkit-any", "-moz-any", "host", "slotted"}
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


def reduced(css, names):
    """The style sheet without comments, spare space and what the names rule out."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    text = "".join(written(rule, names) for rule in rules)
    while True:  # a property that only an unused one names is unused too
        used = set(re.findall(r"(--[\w-]+)\s*[,)]", text)) | {w for w in names.words if w.startswith("--")}
        shorter = re.sub(r"(?<=[{;])(--[\w-]+):((?:[^;{}\"']|\"[^\"]*\"|'[^']*')*);",
                         lambda m: m[0] if m[1] in used else "", text)
        if shorter == text:
            break
        text = shorter
    moving = set(WORD.findall(" ".join(re.findall(r"animation(?:-name)?:([^;}]*)", text))))
    text = re.sub(r"@(?:-webkit-)?keyframes ([\w-]+){(?:[^{}]*{[^{}]*})*}", lambda m: m[0] if m[1] in moving else "", text)
    text = re.sub(r"[^{};]+{}", "", text)
    return text.replace(";}", "}")


def written(rule, names):
    """One rule as text, the shortest that means the same; nothing for a rule that cannot apply."""
    if rule.type == "error":
        raise ValueError(f"line {rule.source_line}: {rule.message}")
    if rule.type == "at-rule":
        prelude = squeezed(rule.prelude)
        head = f"@{rule.at_keyword}" + (f" {prelude}" if prelude else "")
        if rule.content is None:
            return head + ";"
        if rule.lower_at_keyword in GROUPS:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            body = "".join(written(one, names) for one in inner)
            return f"{head}{{{body}}}" if body else ""
        if "keyframes" in rule.lower_at_keyword:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            return f"{head}{{{''.join(squeezed(f.prelude) + '{' + declarations(f.content) + '}' for f in inner)}}}"
        return f"{head}{{{declarations(rule.content)}}}"
    selectors = [one for one in split(rule.prelude) if possible(one, names)]
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
    """Tokens as text, without comments, and with one space where there were more."""
    text = tinycss2.serialize([tinycss2.ast.WhitespaceToken(0, 0, " ") if t.type == "whitespace" else t
                               for t in tokens if t.type != "comment"])
    return text.strip()


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
