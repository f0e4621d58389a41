"""Sentences as rules have them; each the same in everyday words, with one word turned round, and with another amount.

Written before any of them was measured.
"""

PAIRS = [
    {
        "sentence": "公司可以在试用期内解除合同。",
        "paraphrase": "试用的那段时间，老板有权让人走。",
        "negation": "公司不得在试用期内解除合同。",
        "amount": "公司可以在三个月试用期内解除合同。",
    },
    {
        "sentence": "经营者有欺诈行为的，应当赔偿价款的三倍。",
        "paraphrase": "商家骗人，得按货钱翻三番赔给顾客。",
        "negation": "经营者有欺诈行为的，不必赔偿价款的三倍。",
        "amount": "经营者有欺诈行为的，应当赔偿价款的十倍。",
    },
    {
        "sentence": "消费者有权在七日内退货。",
        "paraphrase": "买了东西，一个礼拜里不想要可以拿回去。",
        "negation": "消费者无权在七日内退货。",
        "amount": "消费者有权在三十日内退货。",
    },
    {
        "sentence": "承租人经同意可以转租房屋。",
        "paraphrase": "房东点了头，租客就能把屋子再租给别人。",
        "negation": "承租人未经同意可以转租房屋。",
        "amount": "承租人经同意可以转租两间房屋。",
    },
    {
        "sentence": "股东应当在五年内缴足出资。",
        "paraphrase": "入股的人认下的钱，最迟五年要交齐。",
        "negation": "股东无须在五年内缴足出资。",
        "amount": "股东应当在二十年内缴足出资。",
    },
    {
        "sentence": "处理敏感个人信息应当取得单独同意。",
        "paraphrase": "碰指纹、病史这类资料，要另外征得本人点头。",
        "negation": "处理敏感个人信息不必取得单独同意。",
        "amount": "处理十万人以上敏感个人信息应当取得单独同意。",
    },
    {
        "sentence": "用人单位应当支付二倍的工资。",
        "paraphrase": "老板得给双份的薪水。",
        "negation": "用人单位不应当支付二倍的工资。",
        "amount": "用人单位应当支付四倍的工资。",
    },
    {
        "sentence": "诉讼时效期间为三年。",
        "paraphrase": "要打官司，得在三个年头之内。",
        "negation": "诉讼时效期间不是三年。",
        "amount": "诉讼时效期间为二十年。",
    },
    {
        "sentence": "醉酒驾驶机动车的，吊销驾驶证。",
        "paraphrase": "喝得大醉还开车，本子就没了。",
        "negation": "醉酒驾驶机动车的，不吊销驾驶证。",
        "amount": "两次醉酒驾驶机动车的，吊销驾驶证。",
    },
    {
        "sentence": "增值税税率为百分之十三。",
        "paraphrase": "卖东西要上交一成多一点的流转税。",
        "negation": "增值税税率不为百分之十三。",
        "amount": "增值税税率为百分之三。",
    },
    {
        "sentence": "注册商标的有效期为十年。",
        "paraphrase": "牌子登记一回，能用上十个年头。",
        "negation": "注册商标的有效期不止十年。",
        "amount": "注册商标的有效期为一年。",
    },
    {
        "sentence": "网络运营者应当在二十四小时内报告。",
        "paraphrase": "办网站的出了事，一天之内得往上说。",
        "negation": "网络运营者不必在二十四小时内报告。",
        "amount": "网络运营者应当在七十二小时内报告。",
    },
]
