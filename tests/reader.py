"""What the tests about readers and their settings share: the pages, the sizes of a window, and what is done first."""

NAMES = [
    "",
    "guide/",
    "playbook/",
    "problems/cnn-image-classification/",
    "problems/bert-text-classification/",
    "reference/glossary/",
    "reference/measurements/",
    "reference/changelog/",
    "labs/",
    "labs/compression/",
    "reference/publishing/",
]
PAGES = [folder + name for name in NAMES for folder in ("", "en/")]
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


def ready(page, address, size="desktop"):
    """Go to a page; come back when the theme and our scripts have done their work on it."""
    page.set_viewport_size(SIZES[size])
    page.goto(address)
    page.wait_for_function(
        "!document.querySelector('pre > code') || document.querySelector('.md-code__button[aria-label]')"
    )
    # What scrolls by itself can be reached by keyboard, as soon as the script has measured it.
    page.wait_for_function(
        "() => [...document.querySelectorAll('pre > code')].every(c => c.scrollWidth <= c.clientWidth || c.tabIndex === 0)"
    )
