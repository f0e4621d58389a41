"""The five calculators by name."""

from snippets.calculators.api import api
from snippets.calculators.breakeven import breakeven
from snippets.calculators.memory import memory
from snippets.calculators.serving import serving
from snippets.calculators.training import training

CALCULATORS = {
    "training": training,
    "memory": memory,
    "serving": serving,
    "api": api,
    "breakeven": breakeven,
}
