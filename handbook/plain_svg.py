"""SVG without style attributes, which a strict Content-Security-Policy blocks when a figure is opened by itself."""

import re
from html import escape, unescape

STYLE = re.compile(r'\sstyle="(?P<rules>[^"]*)"')
# What Matplotlib writes for all elements. An attribute of an element has less weight than such a rule and more than
# what it inherits, so the rule becomes attributes of the root.
FOR_ALL = re.compile(r'\s*<defs>\s*<style type="text/css">\*\{(?P<rules>[^{}]*)\}</style>\s*</defs>')
ROOT = re.compile(r"<svg\b")


def without_styles(svg: str) -> str:
    """The same figure, its style attributes as attributes of SVG's own."""
    if for_all := FOR_ALL.search(svg):
        svg = ROOT.sub(lambda match: match[0] + attributes(for_all["rules"]), FOR_ALL.sub("", svg, count=1), count=1)
    return STYLE.sub(lambda match: attributes(unescape(match["rules"])), svg)


def attributes(rules: str) -> str:
    """Declarations as attributes; of one property the last holds."""
    declarations = dict(re.split(r"\s*:\s*", rule.strip(), maxsplit=1) for rule in rules.split(";") if rule.strip())
    return "".join(f' {name}="{escape(value)}"' for name, value in declarations.items())
