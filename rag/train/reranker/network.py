"""The network of the embedded reranker: a small cross-encoder whose lower layers read question and passage apart.

A passage's lower states serve all questions about it. One layer reads both together; the last is asked only for what the
scores need: the question, the passage's first piece and one vector for each sentence. All sentences of a passage are scored
at once, so each is read with its neighbours in sight. Shapes: N passages, T pieces of a passage, Q of the question,
S sentences, WIDTH dimensions.
"""

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH = 384
HEADS = 12
LOWER = 2
LAYERS = 4
TEACHER_LAYERS = (0, 2, 3, 5)
"""The layers of all-MiniLM-L6-v2 that the network starts from."""
PLACES = 512
NEVER = -1e4


class Layer(nn.Module):
    """A BERT layer; the names say what it does in order."""

    def __init__(self) -> None:
        super().__init__()
        self.attend = nn.Linear(WIDTH, 3 * WIDTH)
        self.gather = nn.Linear(WIDTH, WIDTH)
        self.gathered = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen = nn.Linear(WIDTH, 4 * WIDTH)
        self.narrow = nn.Linear(4 * WIDTH, WIDTH)
        self.narrowed = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, states: Tensor, there: Tensor, asking: Tensor | None = None) -> Tensor:
        """The new states of `asking` (default: of `states` themselves) after looking at those `states` that are `there`."""
        asking = states if asking is None else asking
        of_query, of_key, of_value = self.attend.weight.chunk(3)
        bias = self.attend.bias.chunk(3)
        seen = functional.scaled_dot_product_attention(
            _heads(functional.linear(asking, of_query, bias[0])),
            _heads(functional.linear(states, of_key, bias[1])),
            _heads(functional.linear(states, of_value, bias[2])),
            attn_mask=there[:, None, None, :],
        )
        seen = seen.transpose(1, 2).reshape(asking.shape)
        asking = self.gathered(asking + self.gather(seen))
        return self.narrowed(asking + self.narrow(functional.gelu(self.widen(asking))))  # type: ignore[no-any-return]


class Body(nn.Module):
    """Word pieces to contextual states, as BERT does it."""

    def __init__(self, layers: int, pieces: int) -> None:
        super().__init__()
        self.pieces = nn.Embedding(pieces, WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))

    def embed(self, ids: Tensor) -> Tensor:
        """(N, T) piece ids to (N, T, WIDTH) states before the first layer."""
        return self.norm(self.pieces(ids) + self.places.weight[: ids.shape[1]] + self.kinds.weight[0])  # type: ignore[no-any-return]

    def forward(self, ids: Tensor, there: Tensor) -> Tensor:
        """(N, T) piece ids to (N, T, WIDTH) states; `there` (N, T) is False where a piece is padding."""
        states = self.embed(ids)
        for layer in self.layers:
            states = layer(states, there)
        return states


class CrossEncoder(nn.Module):
    """Scores every sentence of a passage as an answer to a question, and the passage as a whole; all scores are log-odds."""

    def __init__(self, body: Body, dropout: float = 0.15) -> None:
        super().__init__()
        self.body = body
        self.dropout = dropout
        self.side = nn.Parameter(torch.zeros(2, WIDTH))
        """Added to the states of question and passage where they meet."""
        self.weigh = nn.Linear(WIDTH, 1)
        self.compare = nn.Linear(4 * WIDTH + 2, 256)
        self.score = nn.Linear(256, 1)
        self.likeness = nn.Parameter(torch.tensor([6.0, 6.0, 6.0]))
        self.bias = nn.Parameter(torch.tensor(-6.0))
        self.compare_passage = nn.Linear(2 * WIDTH, 192)
        self.score_passage = nn.Linear(192, 1)
        for layer in (self.weigh, self.score, self.score_passage):
            nn.init.zeros_(layer.weight)
        nn.init.zeros_(self.weigh.bias)

    def lower(self, ids: Tensor, there: Tensor) -> Tensor:
        """The states of (N, T) piece ids after the layers that read one text alone."""
        states = functional.dropout(self.body.embed(ids), self.dropout, self.training)
        for layer in list(self.body.layers)[:LOWER]:
            states = layer(states, there)
        return states

    def join(self, asked: Tensor, asked_there: Tensor, passage: Tensor, there: Tensor, of: Tensor) -> tuple[Tensor, Tensor]:
        """Scores (N, S) of the sentences and (N) of the passages from lower states (N, Q, WIDTH) and (N, T, WIDTH); `of`
        (N, S, T) tells which pieces are a sentence's."""
        size = asked.shape[1]
        both = torch.cat([asked + self.side[0], passage + self.side[1]], 1)
        both_there = torch.cat([asked_there, there], 1)
        for layer in list(self.body.layers)[LOWER:-1]:
            both = layer(both, both_there)
        question, read = both[:, :size], both[:, size:]
        apart = mean(passage, of), mean(asked, asked_there[:, None])
        together = _weighted(read, of, self.weigh(read)), _weighted(question, asked_there[:, None], self.weigh(question))
        asking = torch.cat([together[1], read[:, :1], together[0]], 1)
        asking = self.body.layers[-1](both, both_there, asking)
        of_question, of_passage, of_sentence = asking[:, :1], asking[:, 1], asking[:, 2:]

        def spread(one: Tensor) -> Tensor:
            return one.expand(-1, of_sentence.shape[1], -1)

        likeness = torch.stack(
            [
                _cosine(spread(of_question), of_sentence),
                _cosine(spread(together[1]), together[0]),
                _cosine(spread(apart[1]), apart[0]),
            ],
            -1,
        )
        compared = torch.cat(
            [
                of_sentence,
                spread(of_question),
                of_sentence * spread(of_question),
                together[0],
                likeness[..., 0:1],
                likeness[..., 2:3],
            ],
            -1,
        )
        compared = functional.gelu(self.compare(functional.dropout(compared, self.dropout, self.training)))
        sentences = self.score(compared).squeeze(-1) + (likeness * self.likeness).sum(-1) + self.bias
        whole = functional.gelu(self.compare_passage(torch.cat([of_passage, of_question[:, 0]], -1)))
        return sentences, self.score_passage(whole).squeeze(-1)


def load(folder: Path) -> CrossEncoder:
    """The network saved by `save` in `folder`, ready to be asked."""
    from safetensors.torch import load_file

    weights = load_file(folder / "network.safetensors")
    network = CrossEncoder(Body(LAYERS, len(weights["body.pieces.weight"])))
    network.load_state_dict(weights)
    return network.eval()


def save(network: CrossEncoder, folder: Path) -> None:
    """Write the weights of `network` into `folder`."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    save_file({name: value.contiguous() for name, value in network.state_dict().items()}, folder / "network.safetensors")


def teacher_body(folder: Path, layers: Sequence[int], pieces: Tensor | None = None) -> Body:
    """The body of all-MiniLM-L6-v2 in `folder` with some of its `layers`; `pieces` (rows, WIDTH) replace its word pieces."""
    from safetensors.torch import load_file

    weights = {name.removeprefix("bert."): value for name, value in load_file(folder / "model.safetensors").items()}
    rows = weights["embeddings.word_embeddings.weight"] if pieces is None else pieces
    body = Body(len(layers), len(rows))
    named = {
        "pieces.weight": rows,
        "places.weight": weights["embeddings.position_embeddings.weight"],
        "kinds.weight": weights["embeddings.token_type_embeddings.weight"],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    parts = {
        "gather": "attention.output.dense",
        "gathered": "attention.output.LayerNorm",
        "widen": "intermediate.dense",
        "narrow": "output.dense",
        "narrowed": "output.LayerNorm",
    }
    for number, layer in enumerate(layers):
        for kind in ("weight", "bias"):
            start = f"encoder.layer.{layer}"
            attend = [weights[f"{start}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            named[f"layers.{number}.attend.{kind}"] = torch.cat(attend)
            for own, theirs in parts.items():
                named[f"layers.{number}.{own}.{kind}"] = weights[f"{start}.{theirs}.{kind}"]
    body.load_state_dict(named)
    return body


def _heads(states: Tensor) -> Tensor:
    return states.view(states.shape[0], -1, HEADS, WIDTH // HEADS).transpose(1, 2)


def mean(states: Tensor, of: Tensor) -> Tensor:
    """(N, S, WIDTH) means of the (N, T, WIDTH) states that `of` (N, S, T) names; 0 where it names none."""
    share = of.float()
    return share @ states / share.sum(-1, keepdim=True).clamp(min=1e-6)


def _weighted(states: Tensor, of: Tensor, weights: Tensor) -> Tensor:
    share = weights.transpose(1, 2).masked_fill(~of, NEVER).softmax(-1) * of
    return share @ states / share.sum(-1, keepdim=True).clamp(min=1e-6)


def _cosine(one: Tensor, other: Tensor) -> Tensor:
    return functional.cosine_similarity(one, other, dim=-1, eps=1e-6)
