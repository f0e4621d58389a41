"""A list of numbers is drawn as bars, as long as the numbers say."""

import markdown
import pytest
from lxml import html


@pytest.mark.parametrize(
    ("numbers", "lengths"),
    [
        (["0.990<!-- a.key -->", "0.293"], [99.0, 29.3]),
        (["1.00", "1.10<!-- a.key -->", "1.95"], [51.3, 56.4, 100.0]),
        (["45%", "0.8 %"], [45.0, 0.8]),
        (["2,000", "500"], [100.0, 25.0]),
    ],
)
def test_a_bar_is_as_long_as_its_number(numbers, lengths):
    items = "\n".join(f"- as *measured*, 4 pixels **{number}**" for number in numbers)
    text = f'<div class="hb-bars" markdown>\n\n{items}\n- in words only\n\n</div>\n\n- elsewhere **3**\n'
    made = html.fromstring(markdown.markdown(text, extensions=["md_in_html", "handbook.bars"]))
    found = [float(bar.get("width")) for bar in made.xpath("//svg/rect[2]")]
    assert found == lengths
    words = [item.findtext("span") + item.findtext("span/em") for item in made.xpath("//li[svg]")]
    assert words == ["as measured"] * len(numbers)
