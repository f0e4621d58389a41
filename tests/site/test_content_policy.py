"""The policy and the header files that the build writes, checked against the built files by other means than it used."""

import hashlib
import json
import re
from base64 import b64encode

import pytest
from conftest import ROOT, copied, run_mkdocs
from handbook.policy import LONGEST_LINE, Forbidden, forbidden_attributes, read_policy, served_files, source_hash, with_meta
from handbook.plain_svg import without_styles
from lxml import html

OTHERS = ["X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy"]
SHARE_PAGE = '<!doctype html><html><head><meta charset="utf-8">\n{}</head><body></body></html>'


@pytest.fixture(scope="module", params=["site", "published", "drill"])
def built(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def trees(built):
    return {file.relative_to(built).as_posix(): html.parse(str(file), html.HTMLParser(encoding="utf-8")).getroot() for file in built.rglob("*.html")}


def header_of(built):
    return re.search(r"^  Content-Security-Policy: (.*)$", (built / "_headers").read_text(encoding="utf-8"), re.MULTILINE)[1]


def directives(policy):
    return {part.split()[0]: part.split()[1:] for part in policy.split("; ")}


def hash_of(text):
    return "'sha256-" + b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode() + "'"


def test_it_allows_nothing_unsafe_and_nobody_else(built):
    policy = directives(header_of(built))
    assert "unsafe" not in header_of(built) and "*" not in header_of(built) and "http" not in header_of(built)
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == policy["frame-ancestors"] == ["'none'"]
    for name, sources in policy.items():
        others = [source for source in sources if source not in ("'self'", "'none'") and not source.startswith("'sha256-")]
        assert not others or (name, others) == ("img-src", ["data:"]), name


def test_every_page_brings_the_same_policy_before_anything_that_it_governs(built, trees):
    header = header_of(built).removesuffix("; frame-ancestors 'none'")
    assert len(trees) > 200 and "404.html" in trees and "en/s/guide/index.html" in trees
    for name, tree in trees.items():
        assert tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [header], name
        first, second = tree.find("head").xpath("./*")[:2]
        assert first.get("charset") == "utf-8" and second.get("http-equiv") == "Content-Security-Policy", name


def test_every_inline_script_and_style_has_its_hash_and_no_hash_is_left_over(built, trees):
    policy, needed = directives(header_of(built)), {"script": set(), "style": set()}
    for tree in trees.values():
        for kind in needed:
            blocks = tree.xpath(f"//{kind}[not(@src) and not(contains(@type, 'json'))]")
            needed[kind] |= {hash_of(block.text) for block in blocks if block.text}
    for kind, hashes in needed.items():
        assert hashes and hashes == set(policy[f"{kind}-src"]) - {"'self'"}


def test_no_page_has_what_cannot_be_hashed(trees):
    for name, tree in trees.items():
        for element in tree.iter():
            if isinstance(element.tag, str):
                assert not [a for a in element.attrib if a == "style" or a.startswith("on")], f"{name}: {html.tostring(element)[:200]}"
                assert not element.get("href", "").lower().startswith("javascript:"), name


def test_all_header_files_say_the_same(built):
    expected = {"Content-Security-Policy": header_of(built)}
    expected |= dict(re.findall(rf"^  ({'|'.join(OTHERS)}): (.*)$", (built / "_headers").read_text(encoding="utf-8"), re.MULTILINE))
    assert list(expected) == ["Content-Security-Policy", *OTHERS]
    folder = built.with_name(built.name + "-headers")
    forms = {
        built / ".htaccess": r'^  Header always set ([\w-]+) "([^"]*)"$', folder / "nginx.conf": r'^add_header ([\w-]+) "([^"]*)" always;$',
        folder / "Caddyfile": r'^\t([\w-]+) "([^"]*)"$',
    }
    for file, form in forms.items():
        text = file.read_text(encoding="utf-8")
        assert dict(re.findall(form, text, re.MULTILINE)) == expected, file.name
        assert not re.search(r"^[^#]*Strict-Transport", text, re.MULTILINE), "it would bind the whole host"
    rule, = json.loads((folder / "vercel.json").read_text(encoding="utf-8"))["headers"]
    assert {header["key"]: header["value"] for header in rule["headers"]} == expected
    assert not list(built.glob("*.conf")) and not (built / "vercel.json").exists()


@pytest.mark.parametrize("fault", ['<p style="x">', "<p\nonclick='x'>", "<a HREF='javascript:x'>", '<a href=" javascript:x">', "<svg><g STYLE=x>"])
def test_what_no_strict_policy_allows_stops_the_build(tmp_path, fault):
    (tmp_path / "x.html").write_text(SHARE_PAGE.format(fault), encoding="utf-8")
    with pytest.raises(Forbidden, match="(?s)x.html: .* is blocked by the Content-Security-Policy"):
        read_policy(tmp_path)


@pytest.mark.parametrize("harmless", [
    "<code>&lt;p style=x&gt;</code> onclick=x", '<p title="a > b style=x">', "<!-- <p style=x> -->", "<script>a = '<p style=x>'</script>",
    '<p data-style="x" stylet="y">', "<p>javascript: a language</p>",
])
def test_what_only_looks_like_it_does_not(harmless):
    assert not forbidden_attributes(harmless)


def test_a_page_of_an_author_is_named(tmp_path):
    tree = copied(tmp_path / "tree")
    page = tree / "docs/zh/guide.md"
    page.write_text(page.read_text(encoding="utf-8").replace("{#conclusion}", '{#conclusion}\n\n<p style="color: red">x</p>'), encoding="utf-8")
    result = run_mkdocs(tree, "build", "--site-dir", str(tmp_path / "site"))
    assert result.returncode and 'guide/index.html: <p style="color: red"> is blocked' in result.stdout


def test_directives_follow_the_files(tmp_path):
    (tmp_path / "x.html").write_text(SHARE_PAGE.format("<script>1\r\n2</script>"), encoding="utf-8", newline="")
    assert read_policy(tmp_path)["img-src"] == "'self'" and "font-src" not in read_policy(tmp_path)
    assert source_hash("1\n2") in read_policy(tmp_path)["script-src"], "browsers hash it with their own line ends"
    for name, directive in [("x.woff2", "font-src"), ("x.mp4", "media-src"), ("x.webmanifest", "manifest-src")]:
        (tmp_path / name).touch()
        assert read_policy(tmp_path)[directive] == "'self'"


@pytest.mark.parametrize("name, text", [
    ("x.css", "p { background: url('data:image/png;base64,x') }"), ("x.html", "<style>p{background:url(data:image/png;base64,x)}</style>"),
    ("x.html", '<img alt="" src="data:image/png;base64,x">'), ("x.html", "<link rel=icon href=data:image/png;base64,x>"),
])
def test_images_inside_of_files_are_allowed_where_there_are_some(tmp_path, name, text):
    (tmp_path / "y.html").write_text("<p>data:image/png</p>", encoding="utf-8")
    assert read_policy(tmp_path)["img-src"] == "'self'"
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert read_policy(tmp_path)["img-src"] == "'self' data:"


def test_a_policy_too_long_for_hosts_stops_the_build():
    with pytest.raises(Forbidden, match=str(LONGEST_LINE)):
        served_files({"Content-Security-Policy": "x" * LONGEST_LINE})


def test_a_second_build_into_the_same_folder_replaces_the_policy():
    once = with_meta(SHARE_PAGE.format(""), {"default-src": "'none'"})
    assert with_meta(once, {"default-src": "'self'"}) == once.replace("default-src 'none'", "default-src 'self'")
    with pytest.raises(Forbidden):
        with_meta("<head><script>1</script><meta charset='utf-8'></head>", {})


@pytest.mark.parametrize("name", sorted(file.name for file in (ROOT / "docs/zh/problems/figures").glob("*.svg")))
def test_figures_lose_their_style_attributes_and_nothing_else(name):
    before = (ROOT / "docs/zh/problems/figures" / name).read_text(encoding="utf-8")
    after = without_styles(before)
    assert "style=" not in after and "<style" not in after
    one, other = (re.findall(r"<(\w+)", re.sub(r"<defs>\s*<style.*?</defs>", "", text, flags=re.DOTALL)) for text in (before, after))
    assert one == other and without_styles(after) == after
    html.etree.fromstring(after.encode("utf-8"))
    for rules in re.findall(r'style="([^"]*)"', before):
        for rule in rules.split(";"):
            name, value = (part.strip() for part in rule.split(":"))
            assert f'{name}="{value.replace(chr(39), "&#x27;")}"' in after or name == "image-rendering"
