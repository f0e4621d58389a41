"""What the pages of the calculators say around inputs and results, in both languages."""

WORDS = {
    "form": ("输入", "Your numbers"),
    "more": ("更多假设（#）", "More assumptions (#)"),
    "no_script": (
        "脚本没有运行，下面的结果是按这些输入预先算好的。",
        "Scripts do not run here: the results below were worked out for these inputs.",
    ),
    "result": ("结果", "Result"),
    "basis": ("依据", "Based on"),
    "parts": ("各项结果", "All results"),
    "inputs": ("算这个结果用的输入", "The inputs behind this result"),
    "plot": ("#result随#input变化", "#result by #input"),
    "plot_here": ("竖线是现在的输入。", "The vertical line marks your present input."),
    "plot_table": ("图中的数", "The figures in the plot"),
    "link": ("复制链接", "Copy link"),
    "text": ("复制为文字", "Copy as text"),
    "csv": ("复制为 CSV", "Copy as CSV"),
    "reset": ("回到初值", "Start again"),
    "copied_link": ("链接已复制，打开就是这次计算", "Link copied: it opens this calculation"),
    "copied_text": ("结果已复制", "Result copied"),
    "copied_csv": ("CSV 已复制，数字未经舍入", "CSV copied, figures unrounded"),
    "own": ("（自己填）", "(your own)"),
    "by_itself": ("（按表）", "(as in the table)"),
    "stop": ("。", ". "),
    "models": ("模型表", "models"),
    "cards": ("显卡表", "cards"),
    "grids": ("电网表", "grids"),
    "prices": ("价目表", "price lists"),
    "fits": ("装得下：", "Fits on "),
    "tight": ("低端装得下，高端装不下：", "Fits at the lower end only: "),
    "no": ("装不下：", "Does not fit on "),
    "most": (
        "省得最多：#lever，每月 #amount。",
        "Saves most: #lever, #amount a month.",
    ),
    "lever": ("#lever：每月省 #amount。", "#lever: saves #amount a month."),
    "memory-bound": (
        "受带宽限制：机器不变，多接会话，每个词元更便宜。",
        "Limited by bandwidth: more conversations on the same cards make each token cheaper.",
    ),
    "compute-bound": (
        "受算力限制：再接会话，每个人都变慢。",
        "Limited by compute: with more conversations, each of them gets slower.",
    ),
    "either": (
        "在这些区间内，受带宽还是算力限制都有可能。",
        "Within these ranges either bandwidth or compute may be the limit.",
    ),
    "cheapest_api": (
        "不管落在区间的哪里，都是 API 最便宜。",
        "The API is cheapest throughout these ranges.",
    ),
    "cheapest_own": (
        "不管落在区间的哪里，都是自有显卡最便宜。",
        "Your own GPU is cheapest throughout these ranges.",
    ),
    "cheapest_small": (
        "不管落在区间的哪里，都是微调的小模型最便宜。",
        "The fine-tuned small model is cheapest throughout these ranges.",
    ),
    "cheapest_open": (
        "区间重叠，还分不出哪种最便宜：先把最宽的那项假设量准。",
        "The ranges overlap, so it is not clear which is cheapest: measure the widest assumption first.",
    ),
    "checked": ("核对于 #day", "checked on #day"),
    "tables": (
        "取自哪些表（核对日期）和出处",
        "Tables, with the day they were checked, and sources",
    ),
    "join": ("、", ", "),
    "semicolon": ("；", "; "),
    "colon": ("：", ": "),
    "published": ("公布", "Published"),
    "ours": ("本页算得", "This page"),
}
# What the script says; #name stands for a value.
SAID = {
    "missing": (
        "还算不出结果：请先改好#labels。",
        "No result yet: mend #labels first.",
    ),
    "lacking": (
        "“#label”还算不出来，原因见下。",
        "“#label” cannot be worked out yet; the reason is given below.",
    ),
    "key": (
        "这个网址里的“#key”，本页不认识（也许来自旧版或打错了），没有用上；其余照网址填好了。",
        "This address contains “#key”, which this page does not know (an older version, or a slip). It was not "
        "used; the rest was.",
    ),
    "option": (
        "网址里“#label”的“#value”不在现在的表里，没有用上；现在用的是初值。",
        "“#value” for “#label” in this address is not in the present list. It was not used; the field has the value "
        "that the page opens with.",
    ),
}

# What the tables hold and where it was read, for the first page. #count: rows, #by: who reported the rents.
TABLES = {
    "models": (
        "**模型**（#count 个，核对于 #read，#recheck 前复核）：参数量和缓存的形状。形状读自各模型的配置，或 "
        "transformers、litgpt 里该模型的默认值；每个模型的出处链接在计算结果下面。",
        "**Models** (#count, checked on #read, recheck by #recheck): sizes, and the shape of the cache. "
        "Shapes were read from each model's configuration, or are the model's defaults in transformers and "
        "litgpt; the link to a model's source stands below the result.",
    ),
    "cards": (
        "**显卡**（#count 种，核对于 #read，#recheck 前复核）：显存、带宽、稠密峰值、标称功率，据厂商规格的转"
        "引或报道。租价是#rents：#by。没有查到日期的租价没有收，请自己填。",
        "**Cards** (#count, checked on #read, recheck by #recheck): memory, bandwidth, dense peaks and rated "
        "power, as quoted from the makers or reported. Rents are #rents: #by. Where we found no dated rent, "
        "type yours.",
    ),
    "grids": (
        "**电网**（#count 个，核对于 #read，#recheck 前复核）：每度电的二氧化碳。中国取生态环境部和国家统计局"
        "公布的 2023 年数，美国取能源信息署的；另有两个数是由论文反推的。",
        "**Grids** (#count, checked on #read, recheck by #recheck): carbon dioxide of a kilowatt-hour. "
        "China's are those of the Ministry of Ecology and Environment and the National Bureau of Statistics "
        "for 2023, the US figure is that of the Energy Information Administration; two more are worked back "
        "from papers.",
    ),
    "prices": (
        "**API 价目**（#count 份，核对于 #read，#recheck 前复核）：DeepSeek 的读自[官方价目页]({deepseek})，"
        "其余取自软件包 [model-prices 0.0.5]({model-prices})，没有逐家核对。",
        "**Price lists** (#count, checked on #read, recheck by #recheck): DeepSeek's was read on its [own "
        "page]({deepseek}), the others are those of the package [model-prices 0.0.5]({model-prices}) and "
        "were not compared with each provider's page.",
    ),
}


def words(language: str) -> dict[str, str]:
    """All of them in one language."""
    place = ("zh", "en").index(language)
    return {key: pair[place] for key, pair in {**WORDS, **SAID}.items()}
