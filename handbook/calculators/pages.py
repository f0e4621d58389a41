"""What each page opens with: the inputs of its worked example, the results that come first, what its plot shows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Opening:
    """The choices of a page; names are those of data/calculators/inputs.yml."""

    inputs: dict[str, str]  # over the defaults
    headline: tuple[str, ...]  # the big results, the first one biggest
    over: str  # the input along the plot's axis
    plotted: tuple[str, ...]  # one result, or several that are compared
    question: tuple[str, str]  # that the page answers, in both languages
    case: tuple[str, str]  # the inputs in words


OPENINGS = {
    "training": Opening(
        {"model": "Llama-3.1-8B", "tokens": "1e12", "gpus": "256"},
        ("cost", "days", "gpu_hours"),
        "tokens",
        ("cost",),
        (
            "一次预训练要多少卡时、多少天、多少钱、多少电？",
            "How many GPU hours, days, dollars and kilowatt-hours does a run take?",
        ),
        (
            "Llama 3.1 8B 的大小，1 万亿词元，256 张 H100",
            "The size of Llama 3.1 8B, 1 trillion tokens, 256 H100s",
        ),
    ),
    "memory": Opening(
        {"model": "Llama-3.1-8B", "gpus": "8"},
        ("per_gpu", "total"),
        "sequence",
        ("per_gpu",),
        ("微调这个模型，显存够不够？", "Does fine-tuning this model fit into my memory?"),
        ("全参数微调 Llama 3.1 8B，8 张卡、ZeRO-3", "Llama 3.1 8B in full, 8 cards, ZeRO-3"),
    ),
    "serving": Opening(
        {"model": "Qwen3-32B", "gpus": "2"},
        ("users", "tokens_per_second_per_user", "cost_per_million_output_tokens"),
        "context",
        ("users",),
        (
            "这些卡能同时撑多少人，每人多快，每百万词元多少钱？",
            "How many users do these cards carry, how fast, at what price a token?",
        ),
        ("Qwen3-32B，2 张 H100，每人 8,192 个词元", "Qwen3-32B on 2 H100s, 8,192 tokens each"),
    ),
    "api": Opening(
        {},
        ("month", "year", "per_dialogue"),
        "dialogues",
        ("month",),
        (
            "一个月的 API 账单是多少，哪一招最省？",
            "What does the API cost a month, and which lever saves most?",
        ),
        (
            "每月 1 万个五轮的中文对话，DeepSeek Flash",
            "10,000 Chinese dialogues of five turns a month on DeepSeek Flash",
        ),
    ),
    "breakeven": Opening(
        {"wage": "30..60"},
        ("api_month", "own_month", "small_month"),
        "output_tokens",
        ("api_month", "own_month", "small_month"),
        (
            "调用 API、自建，还是微调小模型：从多大的用量起划算？",
            "API, own GPU or a fine-tuned small model: what pays from which volume?",
        ),
        (
            "每月输出 10 亿个词元，工时每小时 30–60 美元",
            "1 billion output tokens a month, an hour of work at USD 30–60",
        ),
    ),
}


@dataclass(frozen=True)
class Case:
    """An example of ours, with no published figure: inputs over the defaults, and the results to show."""

    title: tuple[str, str]
    inputs: dict[str, str]
    results: tuple[str, ...]


CASES = {
    "memory": (
        Case(
            ("QLoRA 微调 Llama 3.1 70B，1 张卡", "QLoRA of Llama 3.1 70B on one card"),
            {"model": "Llama-3.1-70B", "method": "qlora"},
            ("per_gpu",),
        ),
        Case(
            ("LoRA 微调 Qwen3-8B，1 张卡", "LoRA of Qwen3-8B on one card"),
            {"model": "Qwen3-8B", "method": "lora"},
            ("per_gpu",),
        ),
    ),
    "api": (
        Case(
            ("同样的对话，按人民币价目", "The same dialogues on the list in yuan"),
            {"currency": "CNY"},
            ("month",),
        ),
        Case(
            ("每天 10 万个十轮对话", "100,000 dialogues of ten turns a day"),
            {"dialogues": "100000", "period": "day", "turns": "10"},
            ("month",),
        ),
    ),
    "breakeven": (
        Case(
            ("每月输出 1 亿个词元", "100 million output tokens a month"),
            {"wage": "30..60", "output_tokens": "1e8"},
            ("api_month", "small_month"),
        ),
        Case(
            ("每月输出 300 亿个词元", "30 billion output tokens a month"),
            {"wage": "30..60", "output_tokens": "30e9"},
            ("api_month", "own_month", "small_month"),
        ),
        Case(
            ("API 换成 DeepSeek-V4-Pro", "DeepSeek-V4-Pro as the API"),
            {"wage": "30..60", "api": "deepseek-v4-pro"},
            ("api_month", "own_month", "small_month"),
        ),
    ),
}
