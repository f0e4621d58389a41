# ---
# claims: []
# claim: {zh: 文中的说法, en: What the article says}
# number:
#   zh: 平均 0.45<!-- lab_private_training.mean -->
#   en: mean 0.45<!-- lab_private_training.mean -->
# techniques:
#   technique:
#     zh: 做法 | 平均 0.45<!-- lab_private_training.mean --> | 该怎么做
#     en: Technique | mean 0.45<!-- lab_private_training.mean --> | What to do
# description: {zh: 一句话的摘要。, en: A summary in one sentence.}
# ---

# %% tags=["parameters"]
LANGUAGE = "en"

# %% [markdown] lang="zh"
# # 实验做什么 {#private-training}
#
# …
#
# !!! answer "答案，带数字"
#
#     - **该做：**…
#     - **问供应商：**…
#     - **别误读：**…

# %% [markdown] lang="en"
# # What the lab asks {#private-training}
#
# …
#
# !!! answer "The answer, with its figure"
#
#     - **Do:** …
#     - **Ask your supplier:** …
#     - **Do not conclude:** …

# %% [markdown] lang="zh"
# ## 逐项结论 {#answer}
#
# […](../playbook.md#data-cleaning)…
#
# <!-- verdicts -->

# %% [markdown] lang="en"
# ## Verdict by technique {#answer}
#
# […](../playbook.md#data-cleaning) …
#
# <!-- verdicts -->

# %%
from pathlib import Path

from snippets.labs.private_training import FULL, SMALL, run
from snippets.labs.show import table

# %%
result = run(FULL, Path("kept"))  # SMALL instead of FULL: a few seconds

# %% [markdown] lang="zh"
# ## 对创业者意味着什么 {#for-founders}
#
# …

# %% [markdown] lang="en"
# ## What it means for a founder {#for-founders}
#
# …

# %% [markdown] lang="zh"
# ## 结果 {#results}
#
# …

# %% [markdown] lang="en"
# ## Results {#results}
#
# …

# %%
table(["", "mean"], [["", str(result["mean"])]])

# %% [markdown] lang="zh"
# ## 这个实验没有说明什么 {#limits}
#
# …

# %% [markdown] lang="en"
# ## What it does not show {#limits}
#
# …

# %% [markdown] lang="zh"
# ## 方法 {#method .fold}
#
# …

# %% [markdown] lang="en"
# ## Method {#method .fold}
#
# …

# %% [markdown] lang="zh"
# ## 换上自己的数据 {#own-data .fold}
#
# …

# %% [markdown] lang="en"
# ## With your own data {#own-data .fold}
#
# …

# %% [markdown] lang="zh"
# ## 出处 {#sources .fold}
#
# …

# %% [markdown] lang="en"
# ## Sources {#sources .fold}
#
# …
