"""The pictures of link previews: one a page, in data/cards/, drawn from the page's title.

    python -m handbook.share.cards [FOLDER]    draws those of a built site that are missing or have another title

Chromium sets the type, so that Chinese and Latin stand together as on the site. PNG, because every client reads it;
a palette of 32 colours keeps it small. The title is kept inside the file, to tell whether it is still right.
"""

import io
import sys
from pathlib import Path

from PIL import Image, PngImagePlugin
from playwright.sync_api import sync_playwright

from handbook.browser import find_browser
from handbook.problems import ROOT
from handbook.share.names import CARDS, card_file, site_name
from handbook.site import LANGUAGES, Page, Site, read_site

TEMPLATE = Path(__file__).with_name("card.html")
WIDTH, HEIGHT, MOST_BYTES, COLOURS = 1200, 630, 30_000, 32


def due(site: Site, root: Path = ROOT) -> list[Page]:
    """The pages whose picture is missing or shows another title."""
    return [page for page in site.pages if drawn_title(card_file(page, root)) != page.title]


def drawn_title(file: Path) -> str | None:
    """What a picture says; None without a picture of ours."""
    if not file.is_file():
        return None
    with Image.open(file) as image:
        return image.info.get("Title")


def draw(site: Site, root: Path = ROOT) -> int:
    """Draw what is due, and take away the pictures of pages that are gone. Returns how many were drawn.

    Raises RuntimeError without a browser, and for a picture that is too large to be sent.
    """
    files = {card_file(page, root) for page in site.pages}
    for unused in set((root / CARDS).rglob("*.png")) - files:
        unused.unlink()
    pages = due(site, root)
    if not pages:
        return 0
    if not (browser := find_browser()):
        raise RuntimeError("No Chromium was found to draw with: apt-get install chromium.")
    icon = (root / "theme/assets/images/icon.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        tab = running.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for page in pages:
            tab.set_content(TEMPLATE.read_text(encoding="utf-8"))
            words = {"title": page.title, "language": page.language, "icon": icon}
            tab.evaluate("fill", words | {"site": site_name(site, page.language)})
            save(tab.screenshot(), page.title, card_file(page, root))
        running.close()
    return len(pages)


def save(png: bytes, title: str, file: Path) -> None:
    """Write a picture in few colours, with its title. Raises RuntimeError for one that is too large."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image = image.quantize(COLOURS, dither=Image.Dither.NONE)
    info = PngImagePlugin.PngInfo()
    info.add_itxt("Title", title, "zh" if not title.isascii() else "en")
    data = io.BytesIO()
    image.save(data, "PNG", optimize=True, pnginfo=info)
    if len(data.getvalue()) > MOST_BYTES:
        raise RuntimeError(f"The picture of “{title}” is too large to be sent: shorten the title.")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data.getvalue())


def main(arguments: list[str]) -> int:
    """Draw the pictures of a built site, by default of site/."""
    try:
        site = read_site(Path(arguments[0]) if arguments else ROOT / "site")
        count = draw(site)
    except (FileNotFoundError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{CARDS}: {count} drawn, {len(site.pages)} in all in {len(LANGUAGES)} languages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
