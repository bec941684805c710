"""Model files that were damaged or made to do harm: each is refused in one line, or is a model that works."""

import json
import pickle
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load, save

from glyphspace.core.errors import BadInput
from glyphspace.core.tensors import load_tensors, save_tensors
from glyphspace.nets import Model, build, load_model, save_model
from glyphspace.nets.condition import told

MUTATIONS = 1200
SLOWEST = 2.0  # seconds that any file may take
NETS = [
    ("generator", "fast", {"z_dim": 4, "width": 8}),
    ("classifier", "fast", {"width": 2, "classes": 3}),
    ("discriminator", "fast", {"width": 2}),
    ("discriminator", "fast-spectral", {"width": 2}),
    ("generator", "conditional", {"z_dim": 4, "width": 8, "condition_dim": 2, "classes": 3}),
    ("discriminator", "projection", {"width": 2, "condition_dim": 2, "classes": 3}),
]
OFTEN = (8, 8, 3, 1, 4, 4)  # a spectral norm is slow to lay out
HOSTILE = [
    *(None, True, -1, 0, 1, 3, 4097, 2**31, 2**63, 10**300, 0.5, 1e308, float("nan"), float("inf"), -float("inf")),
    *("", "x" * 100_000, "../../etc/passwd", "\x1b[2J\n\n", "\ud800", "__import__('os').system('true')", "reference"),
    *(
        [],
        {},
        [[]],
        [None],
        {"": None},
        ["0"] * 20_000,
        {"z_dim": 4096, "width": 4096},
        {str(n): n for n in range(500)},
    ),
]

Random = random.Random


def flip_bits(content: bytes, chance: Random) -> bytes:
    """Some bits anywhere."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def flip_header_bits(content: bytes, chance: Random) -> bytes:
    """Some bits where the format is described."""
    end = 8 + int.from_bytes(content[:8], "little")
    return flip_bits(content[:end], chance) + content[end:]


def cut_short(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content))]


def cut_out(content: bytes, chance: Random) -> bytes:
    """A piece is missing or is there twice."""
    first, last = sorted(chance.choices(range(len(content)), k=2))
    return content[:first] + content[last:] if chance.random() < 0.5 else content[:last] + content[first:]


def claim_a_size(content: bytes, chance: Random) -> bytes:
    """The header says that it is longer or shorter than it is."""
    size = chance.choice([0, 1, 7, len(content), 2**31, 2**32 - 1, 2**63, 2**64 - 1, chance.randrange(2**64)])
    return size.to_bytes(8, "little") + content[8:]


def edit_table(content: bytes, chance: Random) -> bytes:
    """A hostile value somewhere in the safetensors table: a shape, a type, an offset, the metadata."""
    size = int.from_bytes(content[:8], "little")
    table = replaced(json.loads(content[8 : 8 + size]), chance)
    return with_table(json.dumps(table).encode("utf-8", "surrogatepass"), content[8 + size :])


def edit_header(content: bytes, chance: Random) -> bytes:
    """A hostile value somewhere in our own header."""
    size = int.from_bytes(content[:8], "little")
    table = json.loads(content[8 : 8 + size])
    header = replaced(json.loads(table["__metadata__"]["glyphspace"]), chance)
    table["__metadata__"]["glyphspace"] = json.dumps(header)
    return with_table(json.dumps(table).encode(), content[8 + size :])


def nest_deeply(content: bytes, chance: Random) -> bytes:
    """JSON as deep as it is long, in the table or in our header."""
    size = int.from_bytes(content[:8], "little")
    deep = chance.choice(["[", '{"a":']) * chance.choice([500, 5_000, 100_000])
    if chance.random() < 0.5:
        return with_table(deep.encode(), content[8 + size :])
    table = json.loads(content[8 : 8 + size])
    table["__metadata__"]["glyphspace"] = deep
    return with_table(json.dumps(table).encode(), content[8 + size :])


def change_a_tensor(content: bytes, chance: Random) -> bytes:
    """Other numbers, another type, another shape; one tensor gone, one too many, two exchanged."""
    size = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + size])["__metadata__"]
    tensors = load(content)
    name, other = chance.sample(sorted(tensors), 2)
    kinds = [*(torch.float64, torch.float16, torch.bfloat16, torch.float8_e4m3fn, torch.float8_e5m2, torch.complex64)]
    kinds += [torch.int8, torch.int64, torch.uint16, torch.uint64, torch.bool]
    changes: list[Callable[[torch.Tensor], torch.Tensor]] = [
        lambda t: t.to(chance.choice(kinds)),
        lambda t: torch.full_like(t.float(), chance.choice([float("nan"), float("inf"), 3e38, 1e-45, 0.0])),
        lambda t: t.float() * 1e30,
        lambda t: -t,
        lambda t: t.flatten(),
        lambda t: t[None],
        lambda t: t[:0] if t.ndim else t.expand(0),
        lambda t: t.flip(0) if t.ndim else t + 1,
        lambda t: torch.cat([t.flatten(), t.flatten()]),
    ]
    match chance.randrange(12):
        case 0:
            del tensors[name]
        case 1:
            tensors["extra"] = tensors[name]
        case 2:
            tensors[name], tensors[other] = tensors[other], tensors[name]
        case _:
            tensors[name] = chance.choice(changes)(tensors[name])
    return save({key: tensor.contiguous().clone() for key, tensor in tensors.items()}, header)


def with_table(table: bytes, rest: bytes) -> bytes:
    return len(table).to_bytes(8, "little") + table + rest


def replaced(value, chance: Random):
    """`value` with one hostile thing in place of some part of it, or a key gone, or one too many."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        key = chance.choice(list(value))
        match chance.randrange(8):
            case 0:
                return {name: part for name, part in value.items() if name != key}
            case 1:
                return {**value, chance.choice(["", "extra", "__class__", "\x1b"]): chance.choice(HOSTILE)}
        return {**value, key: replaced(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.7:
        place = chance.randrange(len(value))
        return [*value[:place], replaced(value[place], chance), *value[place + 1 :]]
    return chance.choice(HOSTILE)


MUTATE = [
    *(flip_bits, flip_header_bits, cut_short, cut_out, claim_a_size),
    *(edit_table, edit_header, edit_header, nest_deeply, change_a_tensor, change_a_tensor),
]


@pytest.mark.parametrize("classes", [10**9, 4097, 0, -1, 4, 2, 3.0, None, "3"])
def test_a_conditional_net_that_claims_other_classes_is_refused_in_one_line(tmp_path, classes):
    for kind, name, numbers in NETS[-2:]:
        save_model(tmp_path / "model", Model(build(kind, name, numbers), kind, name, numbers, "mnist", tuple("abc")))
        tensors, header = load_tensors(tmp_path / "model")
        save_tensors(tmp_path / "model", tensors, {**header, "numbers": {**numbers, "classes": classes}})
        with pytest.raises(BadInput, match=f"^{tmp_path}/model: (its header names 3 classes|.* with classes = )"):
            load_model(tmp_path / "model")


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> list[bytes]:
    """A small model file of each kind of net."""
    folder = tmp_path_factory.mktemp("whole")
    for place, (kind, name, numbers) in enumerate(NETS):
        classes = ("0", "1", "2")
        model = Model(build(kind, name, numbers).eval(), kind, name, numbers, "mnist", classes, {"name": "x"})
        save_model(folder / str(place), model)
    return [(folder / str(place)).read_bytes() for place in range(len(NETS))]


def test_a_damaged_model_file_is_refused_in_one_line_or_is_a_model_that_works(whole, tmp_path):
    chance = Random(2026)
    refused, slowest = 0, 0.0
    for number in range(MUTATIONS):
        mutate = MUTATE[number % len(MUTATE)]
        (content,) = chance.choices(whole, OFTEN)
        content = mutate(content, chance)
        before = time.process_time()
        refused += not is_a_working_model(content, tmp_path / "file", f"{mutate.__name__}, number {number}")
        slowest = max(slowest, time.process_time() - before)
    assert slowest < SLOWEST
    assert 0.5 * MUTATIONS < refused < MUTATIONS  # some changes are no damage, such as another class name


def is_a_working_model(content: bytes, path: Path, what: str) -> bool:
    path.write_bytes(content)
    try:
        model = load_model(path)
    except BadInput as error:
        assert str(error).isprintable(), what
        assert str(error).startswith(str(path)), what
        return False
    except Exception as error:
        raise AssertionError(f"{what} raised {type(error).__name__}") from error
    labels = torch.tensor([0, len(model.classes) - 1])
    if model.kind == "generator":
        latents = torch.zeros(2, model.net.z_dim)
        assert model.net(latents, *told(model.net, labels)).shape == (2, 1, 28, 28), what
    else:
        assert len(model.net(torch.zeros(2, 1, 28, 28), *told(model.net, labels))) == 2, what
    return True


class Payload:
    """Makes a file when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return Path.touch, (self.mark,)


def test_no_code_in_a_file_is_run(tmp_path):
    mark = tmp_path / "mark"
    (tmp_path / "pickle").write_bytes(pickle.dumps(Payload(mark)))
    torch.save({"weights": Payload(mark)}, tmp_path / "torch")
    for name in ("pickle", "torch"):
        with pytest.raises(BadInput, match="is not a whole safetensors file"):
            load_model(tmp_path / name)
    assert not mark.exists()
