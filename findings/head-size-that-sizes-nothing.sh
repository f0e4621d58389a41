#!/usr/bin/env bash
# Versions: aiconfigurator-core 0.12.0 (PyPI), which ships copies of the models' config.json
# Guess: when head_dim in config.json grows from one release of a model to the next, so does what a token takes in the
#   cache; layers, heads and everything else stay as they were.
# Behaviour seen: from GLM-5.1 to GLM-5.2 head_dim goes from 64 to 192 and the cache stays at 89,856 bytes a token, since
#   with latent attention it is made of kv_lora_rank and qk_rope_head_dim. The usual formula on the same two files
#   gives 14 and 43 times as much. DeepSeek-V3 and Kimi-K2, with the same attention, have no head_dim at all.
# Output seen:
#   GLM-5.1: head_dim 64, usual formula 1277952, cache 89856
#   GLM-5.2: head_dim 192, usual formula 3833856, cache 89856
#   DeepSeek-V3: head_dim None, cache 70272
#   Kimi-K2-Instruct: head_dim None, cache 70272
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check --no-deps aiconfigurator-core==0.12.0
env/bin/python - <<'PYTHON'
import json
import pathlib
import sysconfig

home = pathlib.Path(sysconfig.get_path("purelib"))
found = {}
for name in ("zai-org--GLM-5.1", "zai-org--GLM-5.2", "deepseek-ai--DeepSeek-V3", "moonshotai--Kimi-K2-Instruct"):
    config = json.loads(next(home.rglob(f"{name}_config.json")).read_text())
    layers, heads, size = (config.get(key) for key in ("num_hidden_layers", "num_key_value_heads", "head_dim"))
    cache = layers * (config["kv_lora_rank"] + config["qk_rope_head_dim"]) * 2
    usual = 2 * layers * heads * size * 2 if size else None
    found[name.split("--")[1]] = size, usual, cache
    formula = f", usual formula {usual}" if size else ""
    print(f"{name.split('--')[1]}: head_dim {size}{formula}, cache {cache}")
assert list(found.values()) == [
    (64, 1277952, 89856), (192, 3833856, 89856), (None, None, 70272), (None, None, 70272)
], "changed"
PYTHON
