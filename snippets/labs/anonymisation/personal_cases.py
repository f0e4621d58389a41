"""Makes cases for the search for personal data: sentences with one item each, and sentences that only look so.

Everything here is invented. Names, telephone numbers and e-mail addresses come from the package Faker, as do the counties
of identity cards: its own card numbers count from the day on which they are asked for, and would change all that is drawn
after them from one day to the next. Faker knows nothing of the patterns that are to find them; this module shares no code and no list with
`personal_data`. How often people write a number with spaces, in full-width digits or in words is not known to us: the
shares below are a choice, and results are told by notation.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from faker import Faker
from faker.providers.ssn.zh_CN import Provider as Cards

TODAY = date(2026, 11, 1)  # ages are counted from it, whenever the cases are made

NOTATIONS: dict[str, tuple[str, ...]] = {
    "phone": ("plain", "grouped", "country", "landline", "wide", "words"),
    "id_card": ("plain", "grouped", "small_x", "wide", "old", "mistyped"),
    "bank_card": ("plain", "grouped", "credit", "wide", "mistyped"),
    "email": ("plain", "tight", "wide", "veiled"),
    "address": ("full", "street", "estate", "short", "village", "described"),
    "name": ("introduced", "mentioned", "title", "compound", "minority", "latin"),
}
TRAPS = (
    "order_like_phone",
    "order",
    "id_wrong_digit",
    "card_wrong_digit",
    "serial_18",
    "serial_19",
    "date_or_price",
    "isbn",
    "hotline",
    "word_like_name",
    "word_like_address",
    "handle",
)

AROUND: dict[str, tuple[str, ...]] = {
    "phone": (
        "有事打我电话{}，白天都在。",
        "快递放门口就行，手机{}",
        "{}是我的号码，麻烦尽快回电",
        "我的联系方式：{}。",
        "打了三次{}都没人接",
        "加我微信吧，号码就是{}，备注书名",
    ),
    "id_card": (
        "登记入住的身份证是{}，帮我改一下",
        "身份证号{}，请核对。",
        "证件号码：{}",
        "实名认证填的{}，一直通不过",
        "我把{}发给你们客服了，查一下吧",
        "开发票要用{}这个证件",
    ),
    "bank_card": (
        "退款请打到{}，建设银行的",
        "卡号{}，户名是我本人。",
        "钱一直没退到{}这张卡",
        "我的账号是{}，请核实",
        "付款用的{}，扣了两次",
        "工行卡：{}",
    ),
    "email": (
        "有兴趣的话给我写信：{}",
        "发票请发到 {} 谢谢",
        "联系邮箱{}，长期有效",
        "照片可以寄到{}给我看看",
        "({})欢迎交流",
        "我的邮箱 {}。",
    ),
    "address": (
        "请改送到{}，谢谢。",
        "收货地址：{}",
        "我住在{}，快递说送不到",
        "地址是{}，别送错了",
        "退货寄回{}可以吗？",
        "酒店就在我家旁边，{}",
    ),
    "introduced": (
        "我叫{}，订单一直没到。",
        "联系人：{}",
        "收件人{}，请尽快发货",
        "前台{}小姐的服务很好",
        "{}先生送货很准时",
        "我是{}，上周订的房间",
    ),
    "mentioned": (
        "昨天{}打电话来说没货了",
        "这本书是{}推荐给我的",
        "和{}一起住的，都觉得不错",
        "多亏{}帮忙才装好",
        "东西是替{}买的，他很喜欢",
        "结果{}跟我说不能退",
    ),
    "title": (
        "{}态度很好",
        "跟{}反映过，没有下文",
        "多亏{}帮忙",
        "{}说可以退，后来又不认了",
        "找的{}修的电脑",
        "谢谢{}",
    ),
}
ORDER = (
    "订单号{}，到现在没发货",
    "单号{}查不到",
    "运单{}三天没更新了",
    "编号是{}的那台",
    "我的订单是{}，请处理",
    "流水号：{}",
)
WORDS_LIKE_NAMES = (
    "收到的时候很高兴，马上就用上了",
    "房间温馨，白天也安静",
    "方便又安全，任何问题都能解决",
    "万一坏了怎么办，包装单薄",
    "金色的外壳很高级",
    "全家都满意，空调也强劲",
    "黄金周去的，人太多",
    "和想象中一样，成功装好了系统",
    "我是常客了，一直很满意",
    "同事都说好用",
    "客服应该培训一下",
    "朋友从来没住过这么差的",
    "经理一点责任都不负",
    "我是真心觉得不值",
)
WORDS_LIKE_ADDRESSES = (
    "路由器放在3号桌上",
    "在路上走了三十分钟",
    "一号楼的电梯坏了",
    "住在8楼，窗外是小区花园",
    "离地铁2号线很近",
    "市区里找了5家店",
    "广场边上有3家饭馆",
    "街上到处都是，5元一个",
    "第2单元的习题有错",
    "过了马路100米就是",
    "附近有中山路步行街",
    "老城区的房子，隔音差",
)
HANDLES = (
    "@客服小妹 出来说话",
    "晚上@我一下就行",
    "给它5分@_@",
    "微博上搜@旅行日记2008",
    "见包装盒上的www.example.com",
    "单价12@件，买了3件",
)
ROADS = (
    "建设路",
    "解放大道",
    "文三路",
    "淮海中路",
    "天府三街",
    "南京西路",
    "学院南路",
    "滨江道",
    "朝阳门内大街",
    "青年路",
    "长江东路",
    "人民北路",
    "东直门外大街",
    "环市东路",
    "五一大道",
    "柳巷",
)
ESTATES = (
    "幸福里小区",
    "翠苑五区",
    "阳光花园",
    "万科金域华府",
    "龙湖滟澜山",
    "锦绣江南",
    "回龙观新村",
    "天通苑",
    "学府家园",
    "碧桂园凤凰城",
    "紫金公寓",
    "华星时代广场",
)
VILLAGES = (
    "王家村三组18号",
    "大石桥镇东风村7号",
    "柳林乡下河村四社",
    "红旗农场八连",
    "新集镇北街村5组",
    "双河乡中心小学旁边老李家",
)
DESCRIBED = (
    "万达后面那个小区的三栋",
    "一中对面二楼，门口有棵槐树",
    "老火车站出来右手第一家",
    "电视台家属院最里面那排",
    "南门菜市场楼上",
    "大学城北门进来左边那栋宿舍",
)
COMPOUND_NAMES = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "皇甫",
    "慕容",
    "令狐",
    "司徒",
    "南宫",
    "东方",
    "夏侯",
    "尉迟",
)
MINORITY = (
    "古丽巴哈尔·买买提",
    "阿卜杜拉·吐尔逊",
    "扎西顿珠",
    "次仁央金",
    "巴特尔",
    "乌兰图雅",
    "艾合买提·依明",
    "洛桑曲珍",
    "其其格",
    "热依汗·卡德尔",
)
LATIN = ("Zhang Wei", "Li Na", "Jack", "Linda", "wangfang", "David Chen", "小 K", "Tony")
TITLES = ("经理", "师傅", "老师", "医生", "主任", "阿姨", "总", "姐", "哥", "工")
WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789Xx@."}
SPOKEN = str.maketrans("0123456789", "零幺二三四五六七八九")
COMPACT = str.maketrans("", "", " -")


@dataclass(frozen=True)
class Case:
    """A text, and what is in it: from start to before end, of a kind and in a notation, or a trap (kind "none")."""

    text: str
    start: int
    end: int
    kind: str
    notation: str
    place: tuple[int, int]  # where what was put into the review begins and ends


class Maker:
    """Makes cases; the same seed gives the same ones."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.faker = Faker("zh_CN")
        self.faker.seed_instance(seed)

    # Numbers

    def digits(self, count: int, first: str = "123456789") -> str:
        """So many digits, the first of them one of those given."""
        return self.random.choice(first) + "".join(
            self.random.choice("0123456789") for _ in range(count - 1)
        )

    def citizen(self) -> str:
        """An identity-card number of somebody of 18 to 80 years, with the check digit of GB 11643-1999."""
        born = TODAY - timedelta(days=self.random.randint(18 * 365, 80 * 365))
        county = self.random.choice(list(Cards.area_codes))
        number = f"{county}{born:%Y%m%d}{self.digits(3, '0123456789')}"
        weighed = sum(2 ** (17 - at) * int(digit) for at, digit in enumerate(number))
        return number + "10X98765432"[weighed % 11]

    def card(self, length: int, first: str) -> str:
        """A card number whose last digit makes the Luhn sum right."""
        head = first + self.digits(length - 1 - len(first), "0123456789")
        total = 0
        for place, digit in enumerate(reversed(head)):
            value = int(digit) * (2 if place % 2 == 0 else 1)
            total += value - 9 if value > 9 else value
        return head + str(-total % 10)

    def mistyped(self, number: str) -> str:
        """The number with one digit wrong, not the first six nor the last."""
        place = self.random.randrange(6, len(number) - 1)
        other = self.random.choice([d for d in "0123456789" if d != number[place]])
        return number[:place] + other + number[place + 1 :]

    def with_wrong_check_digit(self, number: str) -> str:
        """A number whose last digit is not the right one."""
        return number[:-1] + self.random.choice([d for d in "0123456789" if d != number[-1]])

    # --8<-- [start:notations]
    def phone(self, notation: str) -> str:
        """A telephone number, written in a way."""
        number = self.faker.phone_number().translate(COMPACT)[-11:]
        if notation == "grouped":
            gap = self.random.choice(" -")
            return f"{number[:3]}{gap}{number[3:7]}{gap}{number[7:]}"
        if notation == "country":
            return self.random.choice(("+86", "+86 ", "0086", "86-")) + number
        if notation == "landline":
            area, rest = self.random.choice(
                (("010", 8), ("021", 8), ("0571", 8), ("0755", 8), ("0791", 7), ("028", 8))
            )
            return area + self.random.choice(("-", "", " ")) + self.digits(rest, "68")
        if notation == "words":
            return number.translate(SPOKEN)
        return number.translate(WIDE) if notation == "wide" else number

    def id_card(self, notation: str) -> str:
        """An identity-card number, written in a way."""
        number = self.citizen()
        if notation == "grouped":
            return f"{number[:6]} {number[6:14]} {number[14:]}"
        if notation == "small_x":
            while not number.endswith("X"):
                number = self.citizen()
            return number.lower()
        if (
            notation == "old"
        ):  # fifteen digits, as issued before 1999: no century and no check digit
            return number[:6] + number[8:17]
        if notation == "mistyped":
            return self.mistyped(number)
        return number.translate(WIDE) if notation == "wide" else number

    # --8<-- [end:notations]

    def bank_card(self, notation: str) -> str:
        """A card number, written in a way."""
        number = self.card(19, "62")
        if notation == "credit":
            return self.card(16, self.random.choice(("4", "51", "62", "35")))
        if notation == "grouped":
            return " ".join(number[i : i + 4] for i in range(0, 19, 4))
        if notation == "mistyped":
            return self.mistyped(number)
        return number.translate(WIDE) if notation == "wide" else number

    def email(self, notation: str) -> str:
        """An e-mail address, written in a way."""
        address = self.faker.ascii_free_email()
        if self.random.random() < 0.5:
            address = f"{self.digits(9)}@{self.random.choice(('qq.com', '163.com', 'sina.com.cn'))}"
        if notation == "veiled":
            user, host = address.split("@")
            sign, dot = self.random.choice(
                (("#", "."), ("(at)", "."), ("艾特", "点"), (" at ", " dot "))
            )
            return f"{user}{sign}{host.replace('.', dot)}"
        return address.translate(WIDE) if notation == "wide" else address

    def address(self, notation: str) -> str:
        """A postal address, written in a way."""
        number, room = (
            self.random.randint(1, 999),
            f"{self.random.randint(1, 30)}0{self.random.randint(1, 6)}",
        )
        area = f"{self.faker.city_name()}市{self.faker.district()}区"
        street = f"{self.random.choice(ROADS)}{self.random.choice(('', '', '', '甲'))}{number}号"
        block = self.random.randint(1, 30)
        house = self.random.choice(
            (f"{block}栋{room}", f"{block}号楼2单元{room}室", f"{block}-2-{room}", f"{block}幢")
        )
        estate = self.random.choice(ESTATES)
        return {
            "full": f"{self.faker.province()}{area}{street}{estate}{house}",
            "street": f"{area}{street}",
            "estate": f"{self.faker.city_name()}{estate}{house}",
            "short": street,
            "village": f"{self.faker.province()}{self.faker.city_name()}市{self.random.choice(VILLAGES)}",
            "described": self.random.choice(DESCRIBED),
        }[notation]

    def name(self, notation: str) -> str:
        """A name, written in a way."""
        full = self.faker.name()
        return {
            "introduced": full,
            "mentioned": full,
            "title": self.faker.last_name() + self.random.choice(TITLES),
            "compound": self.random.choice(COMPOUND_NAMES) + self.faker.first_name(),
            "minority": self.random.choice(MINORITY),
            "latin": self.random.choice(LATIN),
        }[notation]

    # Sentences

    def sentence(self, kind: str, notation: str) -> tuple[str, int, int]:
        """A sentence with one item in it, and where it begins and ends."""
        item = getattr(self, kind)(notation)
        patterns = (
            AROUND[kind]
            if kind != "name"
            else AROUND.get(notation, AROUND["introduced"] + AROUND["mentioned"])
        )
        if notation == "tight":  # Chinese on both sides, no space and no sign
            patterns = ("邮箱{}长期有效", "请发到{}谢谢", "写信给{}就行")
        before, after = self.random.choice(patterns).split("{}")
        return before + item + after, len(before), len(before) + len(item)

    def trap(self, sort: str) -> str:
        """A sentence that holds nobody's data."""
        if sort in ("word_like_name", "word_like_address", "handle"):
            return self.random.choice(
                {
                    "word_like_name": WORDS_LIKE_NAMES,
                    "word_like_address": WORDS_LIKE_ADDRESSES,
                    "handle": HANDLES,
                }[sort]
            )
        if sort == "hotline":
            number = self.random.choice(
                (
                    f"400-{self.digits(3)}-{self.digits(4)}",
                    f"800{self.digits(7)}",
                    "95588",
                    "12315",
                    "10086",
                )
            )
            return self.random.choice(
                ("打了客服电话{}，没人接", "拨打{}转人工", "官方热线{}")
            ).format(number)
        if sort == "date_or_price":
            year, month, day = (
                self.random.randint(2003, 2024),
                self.random.randint(1, 12),
                self.random.randint(1, 28),
            )
            return self.random.choice(
                (
                    f"{year}{month:02}{day:02}下的单",
                    f"{year}-{month:02}-{day:02} 18:30:{day:02}入住",
                    f"一共花了{self.digits(2)},{self.digits(3)}.00元",
                    f"型号ThinkPad X{self.digits(3)}-{self.digits(6)}",
                    f"版本{month}.{day}.{self.digits(8)}",
                    f"分辨率1280x{self.digits(3)}，序列{year}{month:02}{day:02}{self.digits(6)}",
                )
            )
        number = {
            "order_like_phone": lambda: "1" + self.digits(10, "3456789"),
            "order": lambda: self.digits(self.random.choice((9, 10, 12, 13, 14, 15, 20, 22))),
            "id_wrong_digit": lambda: self.with_wrong_check_digit(self.citizen()),
            "card_wrong_digit": lambda: self.with_wrong_check_digit(self.card(19, "62")),
            "serial_18": lambda: self.digits(18),
            "serial_19": lambda: self.digits(self.random.choice((16, 19))),
            "isbn": lambda: "978" + self.digits(10),
        }[sort]()
        return self.random.choice(ORDER).format(number)

    def placed(
        self, review: str, sentence: str, start: int, end: int, kind: str, notation: str
    ) -> Case:
        """A sentence put into a review, after one of its own sentences or at either end."""
        ends = [0, *(i + 1 for i, c in enumerate(review) if c in "。！？!?\n"), len(review)]
        at = self.random.choice(ends)
        return Case(
            review[:at] + sentence + review[at:],
            at + start,
            at + end,
            kind,
            notation,
            (at, at + len(sentence)),
        )


def cases(reviews: Sequence[str], seed: int, each: int) -> list[Case]:
    """So many cases of each notation and each trap, every one in another review."""
    maker = Maker(seed)
    wanted = [(kind, notation) for kind, all_of_it in NOTATIONS.items() for notation in all_of_it]
    wanted += [("none", sort) for sort in TRAPS]
    chosen = iter(maker.random.sample(range(len(reviews)), each * len(wanted)))
    made = []
    for kind, notation in wanted:
        for _ in range(each):
            found = (
                maker.sentence(kind, notation) if kind != "none" else (maker.trap(notation), 0, 0)
            )
            made.append(maker.placed(reviews[next(chosen)], *found, kind, notation))
    return made
