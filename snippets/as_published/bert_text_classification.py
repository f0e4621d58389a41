import tensorflow as tf
from transformers import BertTokenizer, TFBertForSequenceClassification

# 加载预训练的 BERT 模型和分词器
tokenizer = BertTokenizer.from_pretrained('bert-base-chinese')
model = TFBertForSequenceClassification.from_pretrained('bert-base-chinese')

# 对文本数据进行预处理
def preprocess(texts):
    input_ids = []
    attention_masks = []

    for text in texts:
        encoded_dict = tokenizer.encode_plus(
            text,
            add_special_tokens=True,
            max_length=64,
            padding='max_length',
            truncation=True,
            return_attention_mask=True,
            return_tensors='tf',
        )
        input_ids.append(encoded_dict['input_ids'])
        attention_masks.append(encoded_dict['attention_mask'])

    return tf.concat(input_ids, 0), tf.concat(attention_masks, 0)

# 加载训练数据和测试数据
train_texts = ["这是一个样本文本。", "这是另一个样本文本。"]
train_labels = [0, 1]

# 预处理文本数据
train_input_ids, train_attention_masks = preprocess(train_texts)

# 训练模型
model.compile(optimizer=tf.keras.optimizers.Adam(learning_rate=3e-5),
              loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
              metrics=[tf.keras.metrics.SparseCategoricalAccuracy()])

model.fit(
    train_input_ids,
    train_labels,
    attention_mask=train_attention_masks,
    epochs=2
)

# 评估模型
test_texts = ["这是一个测试文本。", "这是另一个测试文本。"]
test_input_ids, test_attention_masks = preprocess(test_texts)

test_loss, test_acc = model.evaluate(test_input_ids, test_labels, attention_mask=test_attention_masks)
print('Test accuracy:', test_acc)
