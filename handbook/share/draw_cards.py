"""Draws the preview images that are missing or whose title has changed; takes away those that nothing uses.

    python -m handbook.draw_cards            builds the site first
    python -m handbook.draw_cards site       reads one that is built

Chromium sets the type, so that Chinese and Latin stand together as on the site; a palette of 32 colours
keeps a card small. PNG, because every client reads it.
"""

import base64
import io
import json
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from handbook.browser import find_browser
from handbook.built_pages import BuildFailed, outlines_of
from handbook.share.cards import FOLDER, HEIGHT, MANIFEST, MOST_BYTES, ROOT, TEMPLATE, WIDTH, cards_wanted, design, read_manifest

SITES = {"zh": "大模型创业手册", "en": "Large-Model Startup Handbook"}
FOOT = {"zh": "中英对照 · 附编者注与出处", "en": "In Chinese and English, with sourced editor's notes"}
COLOURS = 32
# Fills in the words, so that no line ends inside a word or before the colon of a title, at the largest size that
# keeps within three lines, or else within four.
FILL = """({title, page, site, foot, language, icon}) => {
  document.documentElement.lang = language
  const [image, name, heading, below] = document.querySelectorAll("img, header span, h1, footer")
  image.src = icon
  name.textContent = site
  below.textContent = page.split(/[：:]/)[0] || foot
  heading.replaceChildren()
  const words = [...new Intl.Segmenter(language, {granularity: "word"}).segment(title)]
  for (const {segment, isWordLike} of words) {
    const last = heading.lastElementChild
    if (last?.matches("span") && !isWordLike && segment !== " ") last.textContent += segment
    else if (segment === " ") heading.append(" ")
    else heading.append(Object.assign(document.createElement("span"), {textContent: segment}))
    if (/[：:]$/.test(segment)) heading.append(document.createElement("br"))
  }
  for (let size = 84; size > 36; size -= 4) {
    heading.style.fontSize = size + "px"
    if (heading.offsetHeight <= Math.min((size > 68 ? 3.5 : 4.5) * 1.3 * size, heading.parentElement.clientHeight)) break
  }
  return image.decode()
}"""


def draw(cards: dict[str, dict[str, str]], root: Path) -> None:
    """Draw cards into data/cards/."""
    icon = (root / "overrides/assets/images/icon.svg").read_bytes()
    icon = "data:image/svg+xml;base64," + base64.b64encode(icon).decode()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_content((root / TEMPLATE).read_text(encoding="utf-8"))
        for name, words in cards.items():
            language = name[:2]
            page.evaluate(FILL, {**words, "site": SITES[language], "foot": FOOT[language], "language": language, "icon": icon})
            save(page.screenshot(), root / FOLDER / name)
        browser.close()


def save(png: bytes, path: Path) -> None:
    """Write a picture in few colours. Stops at one that is too large to be sent."""
    image = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        sys.exit(f"{path} has {path.stat().st_size} bytes, more than {MOST_BYTES}: shorten the title, or lower COLOURS.")


def main(arguments: list[str], root: Path = ROOT) -> int:
    site = Path(arguments[0]) if arguments else None
    try:
        wanted = {**cards_wanted(outlines_of(site, "zh"), "zh"), **cards_wanted(outlines_of(site, "en"), "en")}
    except BuildFailed as error:
        print(f"nothing drawn: {error}", file=sys.stderr)
        return 2
    manifest = read_manifest(root)
    same = manifest["design"] == design()
    stale = {
        name: words for name, words in wanted.items()
        if not same or manifest["cards"].get(name) != words or not (root / FOLDER / name).is_file()
    }
    if stale:
        draw(stale, root)
    unused = [path for path in (root / FOLDER).rglob("*.png") if path.relative_to(root / FOLDER).as_posix() not in wanted]
    for path in unused:
        path.unlink()
    text = json.dumps({"design": design(), "cards": dict(sorted(wanted.items()))}, ensure_ascii=False, indent=1)
    (root / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="")
    print(f"{FOLDER}: {len(stale)} drawn, {len(unused)} taken away, {len(wanted)} in all")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
