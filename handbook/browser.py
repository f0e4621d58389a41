"""Finds the browser that tests, cards and the audit drive."""

import shutil
from pathlib import Path

BROWSERS = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
]
MAC_BROWSERS = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
]


def find_browser():
    """The path of an installed Chromium or Chrome, or of the one that Playwright downloaded; None without."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    for path in MAC_BROWSERS:
        if Path(path).exists():
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None
