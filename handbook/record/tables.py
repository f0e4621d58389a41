"""The tables of the problem pages and of what was measured on the site, as Markdown in both languages, from the recordings."""

from collections.abc import Callable
from html import escape

from handbook.record.keep import RECORDINGS, read_result

WORDS = {
    "zh": {
        "digit": "数字", "precision": "精确率", "recall": "召回率", "f1": "F1", "examples": "样本数", "method": "方法",
        "accuracy": "测试准确率", "interval": "95% 区间", "macro_f1": "宏平均 F1", "log_loss": "对数损失", "auc": "ROC AUC",
        "majority": "多数类", "tfidf": "TF-IDF + 逻辑回归", "bert": "小 BERT，从零训练", "seed": "随机种子",
        "clean": "去重后", "leaking": "不去重", "cnn": "卷积神经网络", "text": "评论", "true": "标签", "predicted": "判为",
        "made": "记录于 {date}：{versions}；{processor}，{cores} 核，单线程；全部运行共 {minutes} 分钟；代码 `{code}`。",
        "probability": "概率", "negative": "差评", "positive": "好评", "wrong": "错的张数", "class": "类别", "of": "/",
        "leaked": "测试集中也出现在训练集或验证集里的文本", "unseen": "{}，只看没见过的测试文本", "empty": "空", "join": "、", "backend": "后端",
        "page": "页面", "ours": "本站", "plain": "默认主题", "home": "首页", "article": "文章", "section": "文章的一节", "problem": "编程题", "lab": "实验", "glossary": "术语表",
        "share": "分享页", "search": "搜索打开", "404": "404 页", "zh": "中文", "en": "英文", "lcp": "LCP", "size": "压缩后", "requests": "请求",
        "sections": "小节数", "key": "95% 的按键", "opening": "打开到首个结果", "pages": "每种语言的页数", "cold": "冷构建",
        "warm": "热构建", "ratio": "冷构建 / Zensical", "from": "从", "to": "到", "times_pages": "页数", "times_seconds": "时间", "quotient": "时间 / 页数",
        "times": "{}\u00a0倍", "in": "{}（{}）", "seconds": "{}\u00a0秒", "milliseconds": "{}\u00a0毫秒", "connections": "连接数", "per_second": "每秒应答", "p99": "99% 的应答不超过", "errors": "出错", "kilobytes": "{}\u00a0KB", "among": "改一页到看见",
        "measured": "测于 {date}：{versions}；{processor}，{cores} 核；每项 {runs} 次取中位数。",
    },
    "en": {
        "digit": "Digit", "precision": "Precision", "recall": "Recall", "f1": "F1", "examples": "Examples",
        "method": "Method", "accuracy": "Test accuracy", "interval": "95% interval", "macro_f1": "Macro F1",
        "log_loss": "Log loss", "auc": "ROC AUC", "majority": "Majority class", "tfidf": "TF-IDF + logistic regression",
        "bert": "Small BERT, from scratch", "seed": "Random seed", "clean": "Repeats removed", "leaking": "Repeats kept",
        "cnn": "Convolutional network", "text": "Review", "true": "Label", "predicted": "Taken for",
        "made": "Recorded on {date}: {versions}; {processor}, {cores} cores, one thread; {minutes} minutes for all runs "
                "together; code `{code}`.",
        "probability": "Probability", "negative": "negative", "positive": "positive", "wrong": "Wrong", "class": "Class",
        "of": "&nbsp;of&nbsp;", "leaked": "Test texts that also occur in training or validation",
        "unseen": "{}, unseen test texts only", "empty": "empty", "join": ", ", "backend": "Backend",
        "page": "Page", "ours": "Ours", "plain": "Default theme", "home": "Home", "article": "Article", "section": "Section address", "problem": "Problem", "lab": "Lab",
        "glossary": "Glossary", "share": "Share page", "search": "Search open", "404": "404 page", "zh": "Chinese", "en": "English", "lcp": "LCP",
        "size": "Compressed", "requests": "Requests", "sections": "Sections", "key": "95% of keys", "opening": "First result after opening",
        "pages": "Pages per language", "cold": "Cold build", "warm": "Warm build", "ratio": "Cold / Zensical", "from": "From", "to": "To",
        "times_pages": "Pages", "times_seconds": "Time", "quotient": "Time / pages", "times": "{}×", "in": "{} ({})", "seconds": "{}\u00a0s", "milliseconds": "{}\u00a0ms", "connections": "Connections", "per_second": "Answers a second", "p99": "99% within", "errors": "Errors",
        "kilobytes": "{}\u00a0KB", "among": "An edit is shown after",
        "measured": "Measured on {date}: {versions}; {processor}, {cores} cores; median of {runs} runs each.",
    },
}
LONGEST = 60  # characters of a review in a table


def table(heads: list[str], rows: list[list[str]], numbers_from: int = 1) -> str:
    """A Markdown table whose columns from one on are numbers, set to the right."""
    align = ["---" if i < numbers_from else "--:" for i in range(len(heads))]
    return "".join(f"| {' | '.join(row)} |\n" for row in (heads, align, *rows))


def interval(scores: dict) -> str:
    return f"{scores['interval'][0]:.3f} – {scores['interval'][1]:.3f}"


def made(result: dict, words: dict) -> str:
    """When, where and by what the recording was made, as one sentence."""
    about, versions = result["made"], result["versions"]
    names = [f"{name} {number}" for name, number in versions.items() if name not in ("threads", "backend")]
    if "backend" in versions:
        names.append(versions["backend"])
    return words["made"].format(
        date=about["date"], versions=words["join"].join(names), processor=about["processor"], cores=about["cores"],
        minutes=round(about["seconds"] / 60), code=about["code"],
    ) + "\n{: .hb-where }\n"


def cnn_classes(result: dict, words: dict) -> str:
    return table(
        [words["digit"], words["precision"], words["recall"], words["f1"], words["wrong"]],
        [[row["name"], f"{row['precision']:.4f}", f"{row['recall']:.4f}", f"{row['f1']:.4f}",
          f"{round(row['examples'] * (1 - row['recall']))}{words['of']}{row['examples']}"]
         for row in result["test"]["per_class"]],
    )


def cnn_seeds(result: dict, words: dict) -> str:
    return table(
        [words["seed"], words["accuracy"], words["wrong"]],
        [[str(run["seed"]), f"{run['accuracy']:.4f}", str(result["test"]["examples"] - run["correct"])]
         for run in result["seeds"]],
    )


def bert_scores(result: dict, words: dict) -> str:
    methods = {"majority": result["baselines"]["majority"], "tfidf": result["baselines"]["tfidf"], "bert": result["test"]}
    return table(
        [words[key] for key in ("method", "accuracy", "interval", "macro_f1", "log_loss", "auc")],
        [[words[name], f"{s['accuracy']:.3f}", interval(s), f"{s['macro_f1']:.3f}", f"{s['log_loss']:.3f}", f"{s['roc_auc']:.3f}"]
         for name, s in methods.items()],
    )


def bert_seeds(result: dict, words: dict) -> str:
    return table(
        [words["seed"], words["tfidf"], words["bert"]],
        [[str(run["seed"]), f"{run['tfidf']:.3f}", f"{run['bert']:.3f}"] for run in result["seeds"]],
    )


def bert_classes(result: dict, words: dict) -> str:
    return table(
        [words["class"], words["precision"], words["recall"], words["f1"], words["examples"]],
        [[words[row["name"]], f"{row['precision']:.3f}", f"{row['recall']:.3f}", f"{row['f1']:.3f}", str(row["examples"])]
         for row in result["test"]["per_class"]],
    )


def bert_leak(result: dict, words: dict) -> str:
    columns = (result, result["leaking"])
    rows = [[words["leaked"], *(f"{c['data']['leaked']}{words['of']}{c['data']['test']}" for c in columns)]]
    scores = [{"tfidf": c["baselines"]["tfidf"], "bert": c["test"]} for c in columns]
    for name in ("tfidf", "bert"):
        rows.append([words[name], *(f"{s[name]['accuracy']:.3f}" for s in scores)])
    for name in ("tfidf", "bert"):  # with repeats removed, no test text has been seen
        unseen = (scores[0][name], result["leaking"]["unseen"][name])
        rows.append([words["unseen"].format(words[name]), *(f"{s['accuracy']:.3f}" for s in unseen)])
    return table(["", words["clean"], words["leaking"]], rows)


def bert_examples(result: dict, words: dict) -> str:
    """Two reviews of each sort: sure and right, sure and wrong, unsure."""
    shown = [example for sort in ("right", "wrong", "unsure") for example in result["examples"][sort][:3]]
    return table(
        [words["text"], words["true"], words["predicted"], words["probability"]],
        [[f'<span lang="zh">{cell(example["text"])}</span>', words[example["true"]], words[example["predicted"]],
          f"{example['probability']:.3f}"] for example in shown], 3,
    )


def cell(text: str) -> str:
    """A review for one cell: shortened, without anything that Markdown or HTML would read as a mark."""
    text = " ".join(text.split())
    text = text if len(text) <= LONGEST else text[:LONGEST - 1] + "…"
    return escape(text).translate({ord(c): f"&#{ord(c)};" for c in "|*_`[]\\~<>#"})


def measured(result: dict, words: dict) -> str:
    """When, where and with what the site was measured, as one sentence."""
    return words["measured"].format(
        date=result["date"], versions=words["join"].join(f"{name} {number}" for name, number in result["versions"].items()),
        processor=result["machine"]["processor"], cores=result["machine"]["cores"], runs=result["runs"],
    ) + "\n{: .hb-where }\n"


def audited_pages(result: dict, words: dict) -> str:
    """Lighthouse's four scores, the largest contentful paint and the weight of each page, the theme's own beside it."""
    pages = {(page["kind"], page["language"], page["site"]): page for page in result["pages"]}
    rows = []
    for kind, language in dict.fromkeys((kind, language) for kind, language, _ in pages):
        name = words[kind] if kind == "404" else words["in"].format(words[kind], words[language])
        rows.append([name] + [cell for site in ("handbook", "material") for cell in audited(pages.get((kind, language, site)), words)])
    heads = [words["page"], *(f"{words[site]}<br>{head}" for site in ("ours", "plain") for head in ("Lighthouse", words["lcp"], words["size"]))]
    return table(heads, rows)


def audited(page: dict | None, words: dict) -> list[str]:
    """Three cells, without content where a page was not measured."""
    if page is None:
        return ["—"] * 3
    return ["/".join(str(score) for score in page["scores"].values()), words["seconds"].format(f"{page['lcp_ms'] / 1000:.2f}"),
            words["kilobytes"].format(f"{page['bytes'] / 1000:.1f}")]


def audited_search(result: dict, words: dict) -> str:
    return table(
        [words["page"], words["sections"], words["key"], words["opening"]],
        [[words["in"].format(words["times"].format(one["times"]), words[one["language"]]), str(one["sections"]),
          words["milliseconds"].format(f"{one['p95_ms']:.0f}"), words["milliseconds"].format(one["load_ms"])]
         for one in sorted(result["search"], key=lambda one: (one["language"] != "zh", one["times"]))],
    )


def built_sizes(result: dict, words: dict) -> str:
    return table(
        [words["pages"], words["cold"], words["warm"], "Zensical", words["ratio"]],
        [[str(size["pages"]), *(words["seconds"].format(digits(size[kind]["median"])) for kind in ("cold", "warm", "zensical")),
          f"{size['cold_to_zensical']:.2f}"] for size in result["sizes"]], 0,
    )


def digits(seconds: float) -> str:
    """Three digits of a time, so that the ratios beside it can be seen to be right."""
    return f"{seconds:.2f}" if seconds < 10 else f"{seconds:.1f}"


def built_growth(result: dict, words: dict) -> str:
    return table(
        [words["from"], words["to"], words["times_pages"], words["times_seconds"], words["quotient"]],
        [[str(step["from"]), str(step["to"]), words["times"].format(f"{step['pages']:.1f}"), words["times"].format(f"{step['seconds']:.1f}"),
          f"{step['ratio']:.2f}"] for step in result["growth"]], 0,
    )


def served_load(result: dict, words: dict) -> str:
    return table(
        [words["connections"], words["per_second"], words["p99"], words["errors"]],
        [[str(one["connections"]), f"{one['per_second']['median']:,.0f}", words["milliseconds"].format(f"{one['p99_ms']['median']:.1f}"),
          str(one["errors"])] for one in result["load"]], 0,
    )


TABLES: dict[str, tuple[str, Callable[[dict, dict], str]]] = {
    "made-cnn": ("cnn_image_classification", made),
    "made-bert": ("bert_text_classification", made),
    "classes": ("cnn_image_classification", cnn_classes),
    "seeds": ("cnn_image_classification", cnn_seeds),
    "scores": ("bert_text_classification", bert_scores),
    "seeds-of-bert": ("bert_text_classification", bert_seeds),
    "per-class": ("bert_text_classification", bert_classes),
    "leak": ("bert_text_classification", bert_leak),
    "examples": ("bert_text_classification", bert_examples),
    "measured-pages": ("audit", measured),
    "pages": ("audit", audited_pages),
    "search": ("audit", audited_search),
    "measured-builds": ("bench", measured),
    "sizes": ("bench", built_sizes),
    "growth": ("bench", built_growth),
    "measured-server": ("server", measured),
    "load": ("server", served_load),
}


def tables_of(name: str) -> dict:
    """The files of one table with their content."""
    recording, write = TABLES[name]
    result = read_result(RECORDINGS / recording)
    return {
        RECORDINGS / recording / f"{name}.{language}.md": write(result, words) for language, words in WORDS.items()
    }


def write_all() -> None:
    """Write every table whose recording is there."""
    for name, (recording, _) in TABLES.items():
        if (RECORDINGS / recording / "result.json").is_file():
            for path, text in tables_of(name).items():
                path.write_text(text, encoding="utf-8", newline="\n")
