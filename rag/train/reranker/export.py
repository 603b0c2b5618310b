"""Write the reranker as the program runs it: two ONNX graphs with int8 weights.

    python -m rag.train.reranker.export NETWORK OUT

NETWORK is a folder with the trained weights, OUT usually rag/data/reranker. `read.onnx` makes lower states from piece ids,
`join.onnx` scores from the states of one question and one passage (rag/embedded_reranker.py). Only the places that a passage
can have are kept.
"""

import argparse
import tempfile
from pathlib import Path

import torch
from torch import Tensor, nn

from rag.pieces import MAX_PASSAGE
from rag.train.reranker.network import WIDTH, CrossEncoder, load

Axes = dict[str, dict[int, str]]

ENDS = 2
"""Pieces around a text: the first and the last."""


class Read(nn.Module):
    """(1, T) piece ids to (1, T, WIDTH) lower states."""

    def __init__(self, network: CrossEncoder) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor) -> Tensor:
        return self.network.lower(ids, torch.ones_like(ids) > 0)


class Join(nn.Module):
    """Lower states of a question (1, Q, WIDTH) and a passage (1, T, WIDTH), for every piece the number of its sentence
    (1, T) from 1, 0 for none, and the numbers (S) asked for, to scores (1, S) and (1)."""

    def __init__(self, network: CrossEncoder) -> None:
        super().__init__()
        self.network = network

    def forward(self, question: Tensor, passages: Tensor, sentence: Tensor, numbers: Tensor) -> tuple[Tensor, Tensor]:
        of = sentence[:, None, :] == numbers[None, :, None]
        return self.network.join(question, torch.ones_like(question[..., 0]) > 0, passages, sentence >= 0, of)


def export(network: CrossEncoder, out: Path) -> None:
    """Write `read.onnx` and `join.onnx` into `out`."""
    places = network.body.places
    places.weight = nn.Parameter(places.weight[: MAX_PASSAGE + ENDS].detach().clone())
    out.mkdir(parents=True, exist_ok=True)
    passage, question = torch.zeros(1, 40, WIDTH), torch.zeros(1, 9, WIDTH)
    sentence = torch.tensor([[0, *([1] * 20), *([2] * 18), 0]])
    lower = Read(network), (torch.ones(1, 40, dtype=torch.long),)
    upper = Join(network), (question, passage, sentence, torch.tensor([1, 2]))
    _write(*lower, out / "read.onnx", {"ids": {1: "t"}}, {"states": {1: "t"}})
    given = {"question": {1: "q"}, "passages": {1: "t"}, "sentence": {1: "t"}, "numbers": {0: "s"}}
    _write(*upper, out / "join.onnx", given, {"sentences": {1: "s"}, "passage": {}})


def _write(module: nn.Module, inputs: tuple[Tensor, ...], file: Path, given: Axes, made: Axes) -> None:
    """Write `module` to `file` with int8 weights; `given` and `made` name its inputs and outputs and their free axes."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as scratch:
        whole = str(Path(scratch) / file.name)
        torch.onnx.export(
            module.eval(),
            inputs,
            whole,
            input_names=list(given),
            output_names=list(made),
            dynamic_axes={**given, **made},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(whole, str(file), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    export(load(given.network), given.out)
    for file in sorted(given.out.glob("*.onnx")):
        print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
