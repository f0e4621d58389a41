"""Notebooks as the build reads and writes them: nbformat itself takes longer to import than the labs to be made pages of."""

import json

TEXT = (str, list)  # in one piece, or line by line
OUTPUTS = {  # what each type of output has at least
    "stream": {"name": str, "text": TEXT}, "display_data": {"data": dict}, "execute_result": {"data": dict},
    "error": {"ename": str, "evalue": str},
}
NO_OUTPUT = {"": object}  # what nothing has


class Node(dict):
    """A part of a notebook; its keys are attributes too, as with nbformat."""

    def __getattr__(self, name: str):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


def read_notebook(text: str) -> Node:
    """A notebook of format 4, each text in one piece. Raises ValueError for anything else."""
    notebook = json.loads(text, object_hook=Node)
    if not isinstance(notebook, Node) or notebook.get("nbformat") != 4 or not has(notebook, cells=list, metadata=dict):
        raise ValueError("this is no notebook of format 4")
    for number, cell in enumerate(notebook.cells, 1):
        if not has(cell, cell_type=str, source=TEXT, metadata=dict):
            raise ValueError(f"cell {number} lacks its type, source or metadata")
        join(cell, "source")
        if cell.cell_type != "code":
            continue
        if not has(cell, outputs=list, execution_count=(int, type(None))):
            raise ValueError(f"cell {number} lacks its outputs")
        for output in cell.outputs:
            if not has(output, output_type=str) or not has(output, **OUTPUTS.get(output.output_type, NO_OUTPUT)):
                raise ValueError(f"cell {number} has an output that is none")
            join(output, "text")
            data = output.get("data", {})
            for mime in data:
                if not mime.endswith("json"):
                    join(data, mime)
    return notebook


def has(value: object, **types) -> bool:
    """Tell whether something is an object with keys of these types."""
    return isinstance(value, Node) and all(key in value and isinstance(value[key], kind) for key, kind in types.items())


def join(holder: Node, key: str) -> None:
    """A text that is held line by line, in one piece."""
    if isinstance(holder.get(key), list):
        if not all(isinstance(line, str) for line in holder[key]):
            raise ValueError(f"{key} holds something that is no text")
        holder[key] = "".join(holder[key])


def write_notebook(notebook: Node) -> str:
    """A notebook as a file holds it: the same text each time."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
