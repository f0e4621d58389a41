"""What we expected of each method, written down before anything was measured. Nothing that measures imports this."""

# Test accuracy by the number of labelled reviews; None where we had no idea.
ACCURACY = {
    "tfidf": {"50": 0.63, "200": 0.72, "1000": 0.77, "5000": 0.805, "all": 0.826},
    "e5": {"50": 0.74, "200": 0.78, "1000": 0.81, "5000": 0.83, "all": 0.84},
    "use": {"50": 0.69, "200": 0.735, "1000": 0.76, "5000": 0.775, "all": 0.78},
    "minilm": {"50": 0.53, "200": 0.56, "1000": 0.60},
    "scratch": {"50": 0.53, "200": 0.58, "1000": 0.68},
    "together": {"50": 0.74, "200": 0.79, "1000": 0.82, "5000": 0.84, "all": 0.85},
}
