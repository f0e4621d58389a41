"""What the pages on law say around the rules, and the questions of the picker, in both languages."""

WORDS = {
    "zh": {
        "cn": "中国",
        "eu": "欧盟",
        "us": "美国",
        "none": "这一题没有收录{}的规则，不等于没有。",
        "join": "、",
        "stop": "。",
        "colon": "：",
        "since": "{} 起",
        "from": "{} 起",
        "recheck": "{} 前复核",
        "quoted": "条文据逐字转引",
        "reported": "据{}：",
        "limits": "不能据此得出：",
        "coming": "即将变化",
        "unknown": "尚不清楚",
        "subscribe": "[把这些日期加进自己的日历](calendar.ics)（.ics，任何日历软件都能打开）。",
        "nothing": "未来 18 个月没有已定日期的变化。",
        "advice": "核对于 {read}，不是法律意见。没有特别说明的，我们读了条文全文；"
        "“条文据逐字转引”是在别处读到的原句；“据某某”只有二手报道。",
        "overdue": "本页有 # 条规则已过复核日期，可能已经改变，请先看原文。",
    },
    "en": {
        "cn": "China",
        "eu": "EU",
        "us": "US",
        "none": "Nothing is listed on this question for: {}. That does not mean there is no rule.",
        "join": ", ",
        "stop": ".",
        "colon": ": ",
        "since": "since {}",
        "from": "from {}",
        "recheck": "recheck by {}",
        "quoted": "wording as quoted elsewhere",
        "reported": "As reported by {}: ",
        "limits": "Do not conclude:",
        "coming": "What is coming",
        "unknown": "What is not known",
        "subscribe": "[Add these dates to your own calendar](calendar.ics) (.ics, for any calendar app).",
        "nothing": "Nothing with a fixed date in the next 18 months.",
        "advice": "Checked on {read}; not legal advice. Unless marked otherwise, we read the provision itself. "
        "“Wording as quoted elsewhere” means that we read its words in another text; “as reported by” means that we "
        "have only a secondary report.",
        "overdue": "# rules on this page are past their recheck date and may have changed: read the source first.",
    },
}
# The questions of the picker, their answers in the address: ?for=public&model=tune.
QUESTIONS = {
    "where": {
        "zh": ("用户或业务在哪里？", {"cn": "中国", "eu": "欧盟", "us": "美国"}),
        "en": ("Where is your market?", {"cn": "China", "eu": "EU", "us": "US"}),
    },
    "for": {
        "zh": (
            "做给谁用？",
            {"public": "公众（客户的用户也算）", "business": "企业客户", "inside": "自己的员工"},
        ),
        "en": (
            "Who is it for?",
            {
                "public": "the public (a client's users too)",
                "business": "business customers",
                "inside": "our own staff",
            },
        ),
    },
    "data": {
        "zh": (
            "用谁的数据？",
            {
                "web": "网上抓取或买来的",
                "users": "自己用户或员工的",
                "partner": "客户或合作方的",
                "none": "不碰个人信息",
            },
        ),
        "en": (
            "Whose data do you use?",
            {
                "web": "scraped or bought",
                "users": "our own users' or staff's",
                "partner": "a customer's or partner's",
                "none": "nothing about people",
            },
        ),
    },
    "model": {
        "zh": (
            "模型怎么来？",
            {"api": "调用 API", "open": "开放权重，不改", "tune": "微调", "train": "从头训练"},
        ),
        "en": (
            "Where does the model come from?",
            {
                "api": "an API",
                "open": "open weights as they are",
                "tune": "we fine-tune",
                "train": "we pre-train",
            },
        ),
    },
    "use": {
        "zh": (
            "用在哪里？",
            {
                "health": "医疗健康",
                "hiring": "招聘、员工管理",
                "credit": "信贷、保险",
                "education": "教育、考试",
                "minors": "未成年人",
                "companion": "陪伴、情感",
                "other": "其他",
            },
        ),
        "en": (
            "What is it used for?",
            {
                "health": "health",
                "hiring": "hiring and managing staff",
                "credit": "credit and insurance",
                "education": "education and testing",
                "minors": "minors",
                "companion": "companionship",
                "other": "something else",
            },
        ),
    },
}
PICK = {
    "zh": {
        "legend": "选出用得上的规则",
        "clear": "重新选",
        "all": "共 # 个题目，以下全部列出。",
        "some": "选出 # 个题目，共 @ 个。",
        "where": "答案只写在这一页的网址里，可以收藏或转发；不上传任何数据。每问可多选，不选就不筛。",
    },
    "en": {
        "legend": "Pick the rules that concern you",
        "clear": "Start again",
        "all": "All # questions are listed below.",
        "some": "# of @ questions concern you.",
        "where": "Your answers are kept only in this page's address, so you can bookmark or send it; nothing is "
        "uploaded. Choose as many as apply; a question left blank filters nothing.",
    },
}
