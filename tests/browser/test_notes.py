"""The sign behind a sentence opens its note: beside the text where there is room, in place on a phone."""

import pytest

NAME = "note-distributed-training"
PLACE = "playbook/#distributed-training"


@pytest.mark.parametrize("folder", ["", "en/"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_sign_opens_its_note(opened, address, folder, size):
    page = opened(address + folder + PLACE, size)
    sign, note = page.locator(f".hb-sign[href='#{NAME}']").first, page.locator(f"#{NAME}")
    assert note.is_hidden() and sign.get_attribute("aria-expanded") == "false"
    sign.click()
    assert note.is_visible() and sign.get_attribute("aria-expanded") == "true"
    there, here, frame = (
        note.bounding_box(),
        sign.bounding_box(),
        note.locator("xpath=ancestor::div[1]"),
    )
    right = frame.bounding_box()["x"] + frame.bounding_box()["width"]
    if size == "desktop":
        assert there["x"] >= right and abs(there["y"] - here["y"]) < 60
        assert there["x"] + there["width"] <= page.viewport_size["width"]
    else:
        assert there["y"] > here["y"] and there["x"] + there["width"] <= right + 1
    page.keyboard.press("Escape")
    assert note.is_hidden()
    sign.press("Enter")
    note.locator("button").click()
    assert note.is_hidden() and sign.evaluate("sign => sign === document.activeElement")
    other = page.locator(".hb-sign").first
    sign.click()
    other.click()
    assert page.locator(".hb-note:visible").count() == 1


@pytest.mark.parametrize("scripted", [True, False])
def test_a_note_has_an_address(opened, address, scripted):
    page = opened(address + f"playbook/#{NAME}", "phone", java_script_enabled=scripted)
    assert page.locator(f"#{NAME}").is_visible()
    assert page.locator(".hb-note:visible").count() == 1
    assert page.locator(f".hb-sign[href='#{NAME}']").first.bounding_box()["y"] < 844


def test_paper_has_all_notes(opened, address):
    page = opened(address + "playbook/")
    page.emulate_media(media="print")
    assert page.locator(".hb-note:visible").count() == page.locator(".hb-note").count() > 5
