#!/usr/bin/env bash
# Versions: humanize 4.17.0, babel 2.19.0 (PyPI)
# Guess: "15 trillion" in mainland Chinese (zh_CN) comes out as 15 万亿, and 120 million as 1.2 亿, as babel says.
# Behaviour seen: humanize keeps the English steps of a thousand, so 120 million is 120.0 百万; for 10 to the 12th it
#   says 兆. That is Taiwan's word: on the mainland 兆 is the prefix mega, a million, as in 兆瓦 and 兆字节. Its next
#   step is 千万亿 again. babel has both words, one for each region, and starts anew at 万 and 亿.
# For a site like ours: "trained on 15.0 兆 tokens" is off by a factor of a million to a mainland reader; take babel (or
#   Intl.NumberFormat in the browser) for large numbers.
# Output seen:
#   120000000: humanize 120.0 百万, babel 1.2亿
#   15000000000000: humanize 15.0 兆, babel 15万亿
#   15000000000000000: humanize 15.0 千万亿, babel 15000万亿
#   in Taiwan, 15000000000000: babel 15兆
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check humanize==4.17.0 babel==2.19.0
env/bin/python - <<'PY'
import humanize
from babel.numbers import format_compact_decimal

humanize.i18n.activate("zh_CN")
found = {}
for number in (120_000_000, 15 * 10**12, 15 * 10**15):
    other = format_compact_decimal(number, locale="zh_CN", fraction_digits=1)
    found[number] = humanize.intword(number), other
    print(f"{number}: humanize {found[number][0]}, babel {other}")
taiwan = format_compact_decimal(15 * 10**12, locale="zh_TW")
print(f"in Taiwan, {15 * 10**12}: babel {taiwan}")
assert list(found.values()) == [
    ("120.0 百万", "1.2亿"),
    ("15.0 兆", "15万亿"),
    ("15.0 千万亿", "15000万亿"),
]
assert taiwan == "15兆"
PY
