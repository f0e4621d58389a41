"""Finds personal data in Chinese text: Presidio with recognisers of our own, and two ways to look for names.

Presidio (presidio-analyzer) has recognisers for some twenty countries and none for China; those for cards and e-mail
addresses ask for a word border, which Chinese text does not have: between 号 and 6 there is none. Ours ask for what is
true of a number in Chinese text: no digit before it and none after. Check digits are python-stdnum's, telephone numbers
those of Google's phonenumbers.
"""

import logging
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

STRUCTURED = (
    "phone",
    "id_card",
    "bank_card",
    "email",
)  # what has a form or a check digit of its own
KINDS = (*STRUCTURED, "address", "name")
HAN = "\u4e00-\u9fff"
NUMERAL = "[0-9一二三四五六七八九十百零〇两]"

# 《百家姓》, the single surnames and the compound ones.
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍"
    "史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项"
    "祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石"
    "崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武"
    "符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕"
    "冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾"
    "辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公"
)
COMPOUND = (
    "万俟 司马 上官 欧阳 夏侯 诸葛 闻人 东方 赫连 皇甫 尉迟 公羊 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 公孙 仲孙 轩辕 令狐 钟离 宇文 长孙 "
    "慕容 鲜于 闾丘 司徒 司空"
).split()
SURNAME = f"(?:{'|'.join(COMPOUND)}|[{SURNAMES}])"
BEFORE_A_NAME = (
    "姓名|名字|联系人|收件人|收货人|经办人|本人|我叫|名叫|叫做|我是|客服|经理|同事|朋友|老板"
)
AFTER_A_NAME = "先生|女士|小姐|太太|老师|师傅|经理|主任|医生|阿姨|同学"


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of a text, from start to before end, and what was found in it."""

    start: int
    end: int
    kind: str


Detector = Callable[[str], list[Span]]
WITHIN = {"phone": ("id_card", "bank_card"), "bank_card": ("id_card",)}


# --8<-- [start:normalise]
def narrow(text: str) -> str:
    """The text with full-width digits, letters and signs made narrow, each character where it was."""
    return "".join(
        plain if len(plain := unicodedata.normalize("NFKC", c)) == 1 else c for c in text
    )


# --8<-- [end:normalise]


def digits_of(text: str) -> str:
    """A number without the spaces and hyphens between its groups."""
    return re.sub(r"[ -]", "", text)


# --8<-- [start:checks]
def is_id_card(text: str) -> bool:
    """Whether the check digit is right (GB 11643-1999) and the date of birth exists.

    python-stdnum computes both. Its own `validate` also wants the county's code to have been in force in the year of
    birth, and so refuses older people: their codes date from when cards were first issued, long after they were born.
    """
    from stdnum.cn import ric
    from stdnum.exceptions import InvalidComponent

    number = digits_of(text).upper()
    try:
        ric.get_birth_date(number)
    except InvalidComponent:
        return False
    return ric.calc_check_digit(number) == number[-1]


def is_bank_card(text: str) -> bool:
    """Whether it begins as cards do and its Luhn sum is right (by python-stdnum)."""
    from stdnum import luhn

    number = digits_of(text)
    return number[0] in "3456" and luhn.is_valid(number)


# --8<-- [end:checks]


# What a number looks like, a check digit aside; groups may stand apart.
ID_CARD = r"(?<![0-9])[1-9][0-9]{5}[ -]?(?:18|19|20)[0-9]{2}[01][0-9][0-3][0-9][ -]?[0-9]{3}[0-9Xx](?![0-9A-Za-z])"
BANK_CARD = r"(?<![0-9])[3-6][0-9]{3}(?:[ -]?[0-9]{4}){3}(?:[ -]?[0-9]{1,3})?(?![0-9])"
EMAIL = r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
WORD = f"[{HAN}]"
AREA = (
    f"(?:{WORD}{{2,6}}?(?:省|自治区))?(?:{WORD}{{2,6}}?(?:市|自治州))?(?:{WORD}{{1,6}}?[区县旗])?"
    f"(?:{WORD}{{1,6}}?(?:镇|乡|街道))?"
)
STREET = f"{WORD}{{1,6}}(?:路|街|大道|巷|胡同){NUMERAL}+[号弄]院?(?:{WORD}{{2,8}}(?:小区|花园|公寓|大厦|广场|中心))?"
ESTATE = f"{WORD}{{2,8}}(?:小区|花园|公寓|新村|家园|大厦|广场|苑|村){NUMERAL}+(?:号楼|[栋幢座号])"
ROOM = f"(?: ?(?:{NUMERAL}+|[A-Z])(?:号楼|[栋幢座室层楼]|单元))*"
ADDRESS = f"{AREA}(?:{STREET}|{ESTATE}){ROOM}[0-9]{{0,4}}"
NAME_AFTER = f"(?<=(?:{BEFORE_A_NAME})[:： ]?){SURNAME}{WORD}{{1,2}}"
NAME_BEFORE = f"{SURNAME}{WORD}{{0,2}}?(?:{AFTER_A_NAME})"


@cache
def silent() -> None:
    """Presidio tells on stderr what it loads; nobody asked."""
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)


def engine(recognisers: Iterable):
    """Presidio's engine for Chinese with nothing but these recognisers; the language model is an empty one."""
    silent()
    import spacy
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class Empty(SpacyNlpEngine):
        """No model: none for Chinese comes with a package, and patterns need none."""

        def __init__(self):
            super().__init__(models=[{"lang_code": "zh", "model_name": "none"}])
            self.nlp = {"zh": spacy.blank("zh")}

        def load(self) -> None:
            """Loaded already; the parent's would download."""

    registry = RecognizerRegistry(recognizers=list(recognisers), supported_languages=["zh"])
    return AnalyzerEngine(registry=registry, nlp_engine=Empty(), supported_languages=["zh"])


def patterns(
    entity: str, regex: str, valid: Callable[[str], bool] | None = None, score: float = 0.6
):
    """A recogniser of one pattern; where `valid` is given, what it refuses is dropped."""
    from presidio_analyzer import Pattern, PatternRecognizer

    class Recogniser(PatternRecognizer):
        """Presidio's, with a check digit."""

        def validate_result(self, pattern_text: str) -> bool | None:
            return valid(pattern_text) if valid else None

    return Recogniser(
        supported_entity=entity, patterns=[Pattern(entity, regex, score)], supported_language="zh"
    )


def phones():
    """Presidio's recogniser of telephone numbers, told that they are of China."""
    from presidio_analyzer.predefined_recognizers import PhoneRecognizer

    return PhoneRecognizer(
        supported_language="zh", supported_regions=("CN",), supported_entity="phone"
    )


def as_shipped() -> Detector:
    """Presidio's own recognisers, set to Chinese and to China's telephone numbers."""
    silent()
    import tldextract
    from presidio_analyzer.predefined_recognizers import CreditCardRecognizer, EmailRecognizer

    # The list of domain endings that comes with the package, not one from the network.
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    found_by = engine(
        [
            phones(),
            EmailRecognizer(supported_language="zh", supported_entity="email"),
            CreditCardRecognizer(supported_language="zh", supported_entity="bank_card"),
        ]
    )
    return lambda text: spans(found_by.analyze(text, "zh"))


# --8<-- [start:ours]
def ours(check_digits: bool = True) -> Detector:
    """Recognisers for Chinese text. Without check digits, whatever has the form of a number counts."""
    found_by = engine(
        [
            phones(),
            patterns("id_card", ID_CARD, is_id_card if check_digits else None),
            patterns("bank_card", BANK_CARD, is_bank_card if check_digits else None),
            patterns("email", EMAIL),
            patterns("address", ADDRESS),
            patterns("name", NAME_AFTER),
            patterns("name", NAME_BEFORE),
        ]
    )
    return lambda text: spans(found_by.analyze(narrow(text), "zh"))


# --8<-- [end:ours]


def spans(results: Iterable) -> list[Span]:
    """Presidio's results as spans; what lies in a longer kind of number, as a card in an identity card, is left out."""
    found = sorted({Span(r.start, r.end, r.entity_type) for r in results})
    return [
        span
        for span in found
        if not any(
            other.kind in WITHIN.get(span.kind, ()) and overlap(span, other) for other in found
        )
    ]


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one.start < other.end and other.start < one.end


# --8<-- [start:mask]
def masked(text: str, found: Iterable[Span]) -> str:
    """The text with each span replaced by the name of its kind; of spans that overlap the first gives the name."""
    pieces, end = [], 0
    for span in sorted(found):
        if span.start < end:
            end = max(end, span.end)
            continue
        pieces += [text[end : span.start], f"[{span.kind}]"]
        end = span.end
    return "".join(pieces) + text[end:]


# --8<-- [end:mask]


# Names, three ways


def surnames_alone() -> Detector:
    """Every surname of the list with two characters after it, which is what the list alone gives."""
    name = re.compile(f"{SURNAME}[{HAN}]{{2}}")
    return lambda text: [Span(m.start(), m.end(), "name") for m in name.finditer(text)]


def tagger() -> Detector:
    """What the part-of-speech tagger of snownlp (People's Daily, 1998) takes for names, neighbours joined.

    It cuts 张伟 into two names, so that neighbours are one.
    """
    from snownlp import SnowNLP

    def find(text: str) -> list[Span]:
        found, place = [], 0
        for word, tag in SnowNLP(text).tags if text.strip() else ():
            start = text.find(word, place)
            if start < 0:  # it drops white space
                continue
            place = start + len(word)
            if tag == "nr" and found and found[-1].end == start:
                found[-1] = Span(found[-1].start, place, "name")
            elif tag == "nr":
                found.append(Span(start, place, "name"))
        return found

    return find
