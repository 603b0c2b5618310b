"""The folder that the product loads, and that sentence-transformers loads as well.

StaticEmbedding (tokenizer and table, float16) and Normalize. `LIMIT` is what the package may carry.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LIMIT = 16 * 2**20
MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def write_model(folder: Path, tokenizer: "Tokenizer", table: NDArray[np.float32]) -> int:
    """Write the model into `folder` and return its size in bytes; ValueError when it passes LIMIT."""
    from safetensors.numpy import save_file

    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    save_file({"embedding.weight": np.ascontiguousarray(table, np.float16)}, folder / "model.safetensors")
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "modules.json").write_text(json.dumps(MODULES, indent=2) + "\n", encoding="utf-8")
    names = {"module_input_name": "sentence_embedding", "module_output_name": "sentence_embedding"}
    (folder / "1_Normalize" / "config.json").write_text(json.dumps(names, indent=2) + "\n", encoding="utf-8")
    prompts: dict[str, object] = {
        "model_type": "SentenceTransformer",
        "prompts": {},
        "default_prompt_name": None,
        "similarity_fn_name": "cosine",
    }
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts, indent=2) + "\n", encoding="utf-8")
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    if size > LIMIT:
        raise ValueError(f"{folder}: {size} bytes, at most {LIMIT}")
    return size


def read_model(folder: Path) -> tuple["Tokenizer", NDArray[np.float32]]:
    """The tokenizer and the table of a model folder."""
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    table = load_file(folder / "model.safetensors")["embedding.weight"]
    return Tokenizer.from_file(str(folder / "tokenizer.json")), table.astype(np.float32)
