"""What pages and the site are called, and where what is made of them lies."""

from pathlib import Path

from handbook.site import Page, Site

CARDS = "data/cards"  # the pictures of link previews


def share_name(page: Page) -> str:
    """A page's part of a share address, the same in both languages: /labs/ is labs, the home page index."""
    return page.address.strip("/") or "index"


def share_path(page: Page, id: str = "") -> str:
    """Where a page or section is shared from, below the language's root: s/guide/overfitting/."""
    return f"s/{share_name(page)}/" + (f"{id}/" if id else "")


def card_file(page: Page, root: Path) -> Path:
    """Where the picture of a page is kept, drawn or not: data/cards/zh/labs/overfitting.png."""
    return root / CARDS / page.language / f"{share_name(page)}.png"


def home_address(site: Site, language: str) -> str:
    """The absolute address of a language's home page; "" when the site was built without one."""
    return site.address and site.address + ("" if language == "zh" else f"{language}/")


def site_name(site: Site, language: str) -> str:
    """What the site is called in a language: the title of its home page. "" without one."""
    home = site.by_name.get((language, "index"))
    return (home.tree.findtext(".//title") or "").strip() if home else ""
