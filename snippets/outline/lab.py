# ---
# claims: []
# claim: {zh: 文中的说法, en: What the article says}
# number:
#   zh: 平均 0.45<!-- lab_outline.mean -->
#   en: mean 0.45<!-- lab_outline.mean -->
# description: {zh: 一句话的摘要。, en: A summary in one sentence.}
# ---

# %% tags=["parameters"]
LANGUAGE = "en"

# %% [markdown] lang="zh"
# # 实验做什么 {#outline}
#
# …

# %% [markdown] lang="en"
# # What the lab asks {#outline}
#
# …

# %% [markdown] lang="zh"
# ## 问题 {#question}
#
# …[…](../playbook.md#data-cleaning)

# %% [markdown] lang="en"
# ## The question {#question}
#
# …[…](../playbook.md#data-cleaning)

# %% [markdown] lang="zh"
# ## 方法 {#method}
#
# …

# %% [markdown] lang="en"
# ## Method {#method}
#
# …

# %%
from pathlib import Path

from snippets.outline import FULL, SMALL, run
from snippets.labs.show import table

# %%
result = run(FULL, Path("kept"))  # SMALL instead of FULL: a few seconds

# %%
table(["", "mean"], [["", str(result["mean"])]])

# %% [markdown] lang="zh"
# ## 结果 {#results}
#
# …

# %% [markdown] lang="en"
# ## Results {#results}
#
# …

# %% [markdown] lang="zh"
# ## 回答 {#answer}
#
# …

# %% [markdown] lang="en"
# ## The answer {#answer}
#
# …

# %% [markdown] lang="zh"
# ## 局限 {#limits}
#
# …

# %% [markdown] lang="en"
# ## Limits {#limits}
#
# …

# %% [markdown] lang="zh"
# ## 对创业者意味着什么 {#for-founders}
#
# …

# %% [markdown] lang="en"
# ## What it means for a founder {#for-founders}
#
# …

# %% [markdown] lang="zh"
# ## 换上自己的数据 {#own-data}
#
# …

# %% [markdown] lang="en"
# ## With your own data {#own-data}
#
# …

# %% [markdown] lang="zh"
# ## 出处 {#sources}
#
# …

# %% [markdown] lang="en"
# ## Sources {#sources}
#
# …
