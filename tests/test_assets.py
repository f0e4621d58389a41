"""Files that pages load, in a folder as MkDocs leaves it: one copy, small, named after the content."""

import re
import subprocess

import pytest

from handbook import assets

PAGE = """<!doctype html>
<html>
  <head>
    <link rel="icon" href="{up}assets/images/icon.svg">
    <link rel="stylesheet" href="{up}assets/stylesheets/main.0a1b2c3d.min.css">
    <link rel="stylesheet" href="{up}assets/stylesheets/ours.css">
    <link rel="stylesheet" href="{up}assets/stylesheets/imports.css">
    <script>__md_scope=new URL("{base}",location)  // where</script>
  </head>
  <body>
    <p>中文
      两行</p>
    <pre>  a

  b</pre>
    <script src="{up}assets/javascripts/ours.js"></script><img src="{up}assets/images/own.png">
  </body>
</html>
"""
FILES = {
    "stylesheets/main.0a1b2c3d.min.css": "a{b:c}",
    "stylesheets/main.0a1b2c3d.min.css.map": "{}",
    "stylesheets/ours.css": "/* why */\n.a { &:hover { background: url('../images/a b.png') } }\n",
    "stylesheets/imports.css": "@import 'ours.css';\n",
    "javascripts/ours.js": "const a = /\\/\\/ x/  // why\nconst b = `${a}. ${a}  z`\n",
    "javascripts/lunr/min/lunr.zh.min.js": "1",
    "javascripts/workers/search.0a1b2c3d.min.js": "1",
    "images/icon.svg": "<svg/>",
}


@pytest.fixture
def folder(tmp_path):
    for root in (tmp_path, tmp_path / "en"):
        for name, text in FILES.items():
            (root / "assets" / name).parent.mkdir(parents=True, exist_ok=True)
            (root / "assets" / name).write_text(text, encoding="utf-8")
    (tmp_path / "en/assets/images/own.png").write_bytes(b"english")
    return tmp_path


def dressed(folder, name, gathered):
    """A page after all."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    up = "../" * (name.count("/") - name.startswith("en/"))
    return assets.dress(PAGE.format(up=up, base=up or "."), folder / name, gathered)


def test_what_nobody_loads_is_dropped_and_english_has_no_second_copy(folder):
    assets.gather(folder)
    left = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    unused = {name for name in FILES if re.search("map$|lunr|workers", name)}
    assert left == {f"assets/{name}" for name in set(FILES) - unused} | {"en/assets/images/own.png"}
    assert not any(path.is_dir() and not any(path.iterdir()) for path in folder.rglob("*"))


@pytest.mark.parametrize(
    "name", ["index.html", "guide/index.html", "en/index.html", "en/guide/a/index.html"]
)
def test_every_address_of_a_page_leads_to_a_file(folder, name):
    gathered = assets.gather(folder)
    text = dressed(folder, name, gathered)
    found = re.findall(r'(?:src|href)="([^"]+)"', text)
    for address in found:
        path, _, version = address.partition("?")
        if "own.png" in path and not name.startswith("en/"):
            continue
        assert ((folder / name).parent / path).resolve().is_file(), address
        assert bool(version) != bool(assets.NAMED_BY_CONTENT.search(path)), address
        assert version in ("", gathered.version)
    assert sum("stylesheets/" in address for address in found) == 2, "two joined, the third imports"


def test_the_text_of_a_page_is_kept(folder):
    text = dressed(folder, "index.html", assets.gather(folder))
    assert (
        "<pre>  a\n\n  b</pre>" in text and "<p>中文\n两行</p>" in text and "// where" not in text
    )


def test_one_memory_for_both_languages(folder):
    gathered, scopes = assets.gather(folder), set()
    for name in ("guide/index.html", "en/index.html"):
        scopes.add(re.search("__md_scope=.*?</script>", dressed(folder, name, gathered))[0])
    assert len(scopes) == 1


def test_what_is_made_small_says_the_same(folder):
    assets.gather(folder)
    script = (folder / "assets/javascripts/ours.js").read_text(encoding="utf-8")
    run = subprocess.run(["node", "-e", script + ";console.log(b)"], capture_output=True, text=True)
    assert run.stdout == "/\\/\\/ x/. /\\/\\/ x/  z\n" and "why" not in script
    sheet = (folder / "assets/stylesheets/ours.css").read_text(encoding="utf-8")
    assert "url('../images/a b.png')" in sheet and "&:hover" in sheet and "why" not in sheet


def test_a_changed_file_changes_the_addresses(folder):
    before = assets.gather(folder).version
    (folder / "assets/javascripts/ours.js").write_text("2", encoding="utf-8")
    assert assets.gather(folder).version != before
