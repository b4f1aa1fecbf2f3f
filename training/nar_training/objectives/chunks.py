"""SynST (Akoury 2019, section 3): first the chunks of the answer from left to right, then all its words at once.

    chunks c_1 … c_J: a kind and a number of tokens each, from a light chunker;   T = Σ sizes
    loss = mean_j -log p(c_j | X, c_<j) + mean_t -log p(y_t | X, chunks); slot_t = mask + C[its chunk] + P[place in it]

The paper's chunks come from a constituency parser. Here a chunk begins at a function word: a preposition, a determiner
(not behind a preposition), an auxiliary or frequent verb, a conjunction, a question word, a mark; what follows belongs
to it. That is close to base phrases of questions, and needs no treebank.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data.tokenizer import MASK, PAD, RESERVED
from ..network.model import NarModel
from .pairs import Pairs, forward, source_stream, token_loss
from .small_writer import SmallWriter, shifted
from .vectors import answers_from_vectors

LARGEST = 6  # tokens of a chunk; a longer one is cut
KINDS = ["noun", "preposition", "verb", "conjunction", "question", "mark"]
WORDS = {
    "preposition": "of in to for on with at by from about as into like through after over between without during "
    "before under against than",
    "verb": "is are was were be been am do does did have has had can could will would should may might must get make "
    "need use go know think become take find learn mean",
    "conjunction": "and or but if because while that so",
    "question": "what how why which who when where whose whom",
    "mark": '. , ? ! ; : ( ) " -',
    "determiner": "the a an my your his her its our their this these those some any every each no all it i you he she "
    "we they me them us one",
}


def piece_classes(pieces: list[str], vocabulary: int) -> Tensor:
    """Class of each token id [vocabulary]: 0 none or the rest of a word, k the k-th key of WORDS."""
    known = {word: number for number, words in enumerate(WORDS.values(), 1) for word in words.split()}
    classes = torch.zeros(vocabulary, dtype=torch.long)
    for index, piece in enumerate(pieces[: vocabulary - RESERVED]):
        classes[RESERVED + index] = known.get(piece, 0)
    return classes


def chunk(classes: list[int]) -> list[tuple[int, int]]:
    """Kind (index of KINDS) and size of each chunk of a text of token classes."""
    determiner = list(WORDS).index("determiner") + 1
    preposition = list(WORDS).index("preposition") + 1
    kinds = {number: KINDS.index(name) for number, name in enumerate(WORDS, 1) if name in KINDS}
    chunks: list[list[int]] = []
    for place, kind in enumerate(classes):
        begins = kind in kinds or (kind == determiner and not (place and classes[place - 1] == preposition))
        if not chunks or begins or chunks[-1][1] == LARGEST:
            chunks.append([kinds.get(kind, 0), 0])
        chunks[-1][1] += 1
    return [(kind, size) for kind, size in chunks]


def symbol_of(kind: int, size: int) -> int:
    """1 … KINDS · LARGEST; 0 begins and ends a sequence."""
    return 1 + kind * LARGEST + size - 1


def size_of(symbols: Tensor) -> Tensor:
    """Tokens of each chunk, 0 for the end."""
    return torch.where(symbols > 0, (symbols - 1) % LARGEST + 1, 0)


def add_chunks(model: NarModel, pieces: list[str]) -> None:
    configuration, symbols = model.configuration, 1 + len(KINDS) * LARGEST
    model.chunk_writer = SmallWriter(symbols, configuration.width)
    model.chunk_vectors = nn.Embedding(symbols, configuration.width)
    model.chunk_places = nn.Embedding(LARGEST, configuration.width)
    nn.init.normal_(model.chunk_vectors.weight, std=0.02)
    nn.init.normal_(model.chunk_places.weight, std=0.02)
    model.register_buffer("piece_classes", piece_classes(pieces, configuration.vocabulary))


def chunk_symbols(model: NarModel, pairs: Pairs) -> Tensor:
    """Symbols of the answers' chunks [batch, J], 0 behind."""
    rows = []
    for row, length in zip(model.piece_classes[pairs.target].tolist(), pairs.lengths.tolist(), strict=True):
        rows.append([symbol_of(kind, size) for kind, size in chunk(row[:length])])
    longest = max(len(row) for row in rows)
    return torch.tensor([row + [0] * (longest - len(row)) for row in rows])


def slots_of_chunks(model: NarModel, symbols: Tensor, longest: int) -> tuple[Tensor, Tensor]:
    """Vectors [batch, longest, width] of the slots that the chunks open, and their numbers [batch]."""
    sizes = size_of(symbols)
    counts = sizes.sum(1).clamp(max=longest)
    at = torch.arange(longest, device=symbols.device)
    ends = sizes.cumsum(1)
    owner = (at[None, :, None] >= ends[:, None, :]).sum(2).clamp(max=symbols.shape[1] - 1)  # [batch, longest]
    begin = (ends - sizes).gather(1, owner)
    place = (at - begin).clamp(0, LARGEST - 1)
    vectors = model.chunk_vectors(symbols.gather(1, owner)) + model.chunk_places(place)
    return vectors + model.tokens.weight[MASK], counts


def chunk_loss(model: NarModel, pairs: Pairs) -> tuple[Tensor, dict[str, float]]:
    symbols = chunk_symbols(model, pairs)
    vectors, _ = slots_of_chunks(model, symbols, pairs.target.shape[1])
    rows, source = answers_from_vectors(model, pairs, vectors)
    token = token_loss(model.token_logits(rows[pairs.real]), pairs.target[pairs.real])
    ended = F.pad(symbols, (0, 1))
    asked = torch.arange(ended.shape[1]) <= (symbols > 0).sum(1)[:, None]
    logits, _ = model.chunk_writer(source, pairs.source != PAD, shifted(ended))
    chunks = F.cross_entropy(logits[asked], ended[asked])
    return token + chunks, {"token": token.item(), "chunks": chunks.item()}


@torch.no_grad()
def write_chunks(model: NarModel, pairs: Pairs, longest: int) -> tuple[Tensor, Tensor]:
    """Chunks greedily, then the words in one pass: slots [batch, longest] and their numbers [batch]."""
    (source,) = forward(model, [source_stream(pairs.source, pairs.segments)])
    symbols = model.chunk_writer.write(source, pairs.source != PAD, longest)
    if not symbols.shape[1]:
        symbols = torch.zeros(len(pairs.source), 1, dtype=torch.long)
    symbols[:, 0] = torch.where(symbols[:, 0] == 0, symbol_of(0, 1), symbols[:, 0])  # an empty text is no answer
    vectors, counts = slots_of_chunks(model, symbols, longest)
    rows, _ = answers_from_vectors(model, pairs, vectors, counts)
    return model.token_logits(rows).argmax(2), counts
