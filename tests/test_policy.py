"""The Content-Security-Policy, checked against the built files by other means than it was made by."""

import hashlib
from base64 import b64encode

import pytest
from lxml import html

from handbook.policy import policy_of, problems, with_policy

PAGE = '<!doctype html><html><head><meta charset="utf-8">\n{}</head><body></body></html>'


def directives(policy):
    return {part.split()[0]: part.split()[1:] for part in policy.split("; ")}


@pytest.fixture(scope="module")
def trees(built):
    parser = html.HTMLParser(encoding="utf-8")
    return {
        file.relative_to(built).as_posix(): html.parse(str(file), parser).getroot()
        for file in built.rglob("*.html")
    }


@pytest.fixture(scope="module")
def policy(trees):
    return trees["index.html"].xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


def test_it_allows_nothing_unsafe_and_nobody_else(policy):
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy
    for name, sources in directives(policy).items():
        others = {
            source
            for source in sources
            if source not in ("'self'", "'none'") and not source.startswith("'sha256-")
        }
        assert not others or (name, others) == ("img-src", {"data:"}), name


def test_every_page_brings_it_before_anything_that_it_governs(policy, trees):
    assert len(trees) > 200 and "404.html" in trees
    for name, tree in trees.items():
        first, second, *rest = tree.find("head").xpath("./*")
        assert first.get("charset") == "utf-8" and second.get("content") == policy, name
        assert not any(one.get("http-equiv") == "Content-Security-Policy" for one in rest), name
        assert tree.xpath("//meta[@name='referrer']/@content") == ["same-origin"], name


def test_every_inline_script_and_style_has_its_hash_and_none_is_left_over(policy, trees):
    allowed, needed = directives(policy), {"script": set(), "style": set()}
    for tree in trees.values():
        for kind in needed:
            for block in tree.xpath(f"//{kind}[not(@src) and not(contains(@type, 'json'))]"):
                digest = hashlib.sha256((block.text or "").encode()).digest()
                needed[kind] |= {f"'sha256-{b64encode(digest).decode()}'"} if block.text else set()
    for kind, hashes in needed.items():
        assert hashes and hashes == set(allowed[f"{kind}-src"]) - {"'self'"}


@pytest.mark.parametrize(
    "fault",
    [
        '<p style="x">',
        "<p\nonclick='x'>",
        "<a HREF='javascript:x'>",
        '<a href=" javascript:x">',
        "<svg><g STYLE=x>",
    ],
)
def test_what_no_strict_policy_allows_is_a_fault(fault):
    (problem,) = problems("x/index.html", PAGE.format(fault))
    assert str(problem).startswith("x/index.html:2: browsers block <"), problem


@pytest.mark.parametrize(
    "harmless",
    [
        "<code>&lt;p style=x&gt;</code> onclick=x",
        '<p title="a > b style=x">',
        "<!-- <p style=x> -->",
        "<script>a = '<p style=x>'</script>",
        '<p data-style="x" stylet="y">',
        "<p>javascript: a language</p>",
    ],
)
def test_what_only_looks_like_it_is_none(harmless):
    assert not problems("x", PAGE.format(harmless))


def test_a_page_without_a_place_for_it_is_a_fault():
    assert "no <meta charset" in str(problems("x", "<!doctype html><p>")[0])


def test_line_ends_count_as_browsers_count_them():
    policy = policy_of([PAGE.format("<script>1\r\n2</script>")])
    digest = b64encode(hashlib.sha256(b"1\n2").digest()).decode()
    assert f"'sha256-{digest}'" in policy
    assert policy in with_policy(PAGE.format(""), policy)
