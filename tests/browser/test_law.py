"""The pages on law in a browser: the questions pick, their answers stand in the address, overdue rules say so."""

LEFT = ".hb-decision:not([hidden]) li:not([hidden])"
ALL = ".hb-decision li[data-in]"


def test_answers_pick_the_list_and_stand_in_the_address_of_both_languages(page, address):
    page.goto(f"{address}law/")
    every = page.locator(ALL).count()
    assert page.locator(LEFT).count() == every
    page.get_by_label("企业客户").check()
    page.get_by_label("欧盟").check()
    picked = page.locator(LEFT).count()
    assert 0 < picked < every
    assert page.url.endswith("?where=eu&for=business")
    assert not page.locator(f"{LEFT} a[data-in=cn]:not([hidden])").count()
    page.locator("[data-language-switch]").click()
    page.wait_for_url("**/en/law/?where=eu&for=business")
    assert page.get_by_label("business customers").is_checked()
    assert page.locator(LEFT).count() == picked
    page.get_by_role("button", name="Start again").click()
    page.wait_for_url("**/en/law/")
    assert page.locator(LEFT).count() == every


def test_answers_that_nobody_offers_are_left_out(page, address):
    page.goto(f"{address}en/law/?for=everybody&model=&where=%3Cb%3E")
    assert page.locator(LEFT).count() == page.locator(ALL).count()


def test_without_scripts_the_whole_list_stands_there(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}law/")
    assert not page.locator(".hb-pick").is_visible()
    assert page.locator(ALL).last.is_visible()
    context.close()


def test_rules_past_their_day_say_so_on_the_readers_day(page, address):
    page.goto(f"{address}en/law/labelling/")
    page.clock.set_fixed_time("2026-11-30T10:00:00")
    page.reload()
    assert not page.locator(".hb-law__overdue").count()
    page.clock.set_fixed_time("2027-02-20T10:00:00")
    page.reload()
    assert page.locator(".hb-rule--overdue").count() == 2
    assert page.locator(".hb-law__overdue").inner_text().startswith("2 rules on this page")


def test_columns_on_a_desktop_are_cards_on_a_phone(page, phone, address):
    def tops(tab):
        tab.goto(f"{address}law/labelling/")
        sides = tab.locator(".hb-law--3").first.locator(".hb-law__side")
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        return [sides.nth(number).bounding_box()["y"] for number in range(3)]

    assert len(set(tops(page))) == 1
    assert len(set(tops(phone))) == 3
