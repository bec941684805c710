import hashlib
from pathlib import Path

import pytest

from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.data.descriptions import load_described, read_description

MINIMAL = 'name = "x"\nclasses = ["A", "B"]\nimages = { train = "i" }\nlabels = { train = "l" }\n'


def test_described_images_are_upright_and_labels_count_from_zero(described):
    train = load_described(described / "dataset.toml", "train")
    assert train.images[:, 20, 3].tolist() == [1, 2, 4, 5, 7, 8, 10, 11]  # every third is ignored
    assert train.labels.tolist() == [0, 1] * 4
    assert train.name == "two/train" and train.classes == ("A", "B")
    assert len(load_described(described / "dataset.toml", "test")) == 4


def test_title_and_conventions_may_be_left_out(tmp_path):
    (tmp_path / "dataset.toml").write_text(MINIMAL)
    dataset = read_description(tmp_path / "dataset.toml")
    assert dataset.title == "x" and dataset.first_label == 0 and not dataset.transposed
    assert dataset.ignore_label is None and dataset.files[0].digest is None
    with pytest.raises(UnknownName, match="no split of x is called 'test'"):
        load_described(tmp_path / "dataset.toml", "test")


def test_digest_is_checked_where_one_is_given(described):
    toml = described / "dataset.toml"
    digest = hashlib.sha256((described / "train-labels").read_bytes()).hexdigest()
    toml.write_text(toml.read_text() + f'\n[sha256]\ntrain-labels = "{digest}"')
    load_described(toml, "train")
    content = bytearray((described / "train-labels").read_bytes())
    content[-1] ^= 1
    (described / "train-labels").write_bytes(content)
    with pytest.raises(BadInput, match="train-labels is not the train-labels that was published"):
        load_described(toml, "train")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "lacks name, classes, images, labels"),
        ("name = ", "is not valid TOML"),
        (MINIMAL.replace("classes", "clases"), "no field of .* is called 'clases'; did you mean classes"),
        (MINIMAL + "first_lable = 1", "did you mean first_label"),
        (MINIMAL + "first_label = true", "wrong first_label: a whole number is needed"),
        (MINIMAL + "first_label = 1000000000000000000000", "no byte"),
        (MINIMAL + "transposed = 1", "wrong transposed: true or false is needed"),
        (MINIMAL.replace('["A", "B"]', '"AB"'), "wrong classes: a list of strings is needed"),
        (MINIMAL.replace('"B"', "2"), "wrong classes"),
        (MINIMAL.replace('"B"', '"A"'), "a name of its own"),
        (MINIMAL.replace('"A", "B"', ""), "needs a list of classes"),
        (MINIMAL.replace('{ train = "i" }', '{ train = ["i"] }'), "wrong images: a table of strings"),
        (MINIMAL.replace('{ train = "l" }', '{ test = "l" }'), "for different splits"),
        (MINIMAL + '[sha256]\nk = "00"', "no file in .* is called 'k'"),
        ("x = " + "[" * 10_000, "is not valid TOML"),
    ],
)
def test_wrong_description_is_refused_in_one_line(tmp_path, text, complaint):
    (tmp_path / "dataset.toml").write_text(text)
    with pytest.raises(BadInput, match=complaint) as caught:
        read_description(tmp_path / "dataset.toml")
    assert "\n" not in str(caught.value)


def test_binary_description_is_refused(tmp_path):
    (tmp_path / "dataset.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="not valid TOML"):
        read_description(tmp_path / "dataset.toml")


@pytest.mark.parametrize("escape", ["../outside", "/etc/hostname", "link", "sub/../../outside"])
def test_files_outside_the_folder_are_not_read(tmp_path, escape):
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "outside").write_bytes(b"secret")
    (folder / "link").symlink_to("../outside")
    (folder / "dataset.toml").write_text(MINIMAL.replace('"i"', f'"{escape}"'))
    with pytest.raises(BadInput, match="lies outside its folder"):
        load_described(folder / "dataset.toml", "train")


def test_names_of_files_that_can_be_none_are_refused(tmp_path):
    (tmp_path / "here").symlink_to("there")
    (tmp_path / "there").symlink_to("here")
    for name in ("a\\u0000b", "here"):
        (tmp_path / "dataset.toml").write_text(MINIMAL.replace('"i"', f'"{name}"'))
        with pytest.raises(BadInput, match="which is no file"):
            load_described(tmp_path / "dataset.toml", "train")


def test_an_empty_digest_is_none_that_fits(described):
    folder = Path(described)
    description = next(folder.glob("*.toml")) if folder.is_dir() else folder
    table = description.read_text().partition("[sha256]")[0]
    name = read_description(description).splits["train"].images.name
    description.write_text(f'{table}\n[sha256]\n"{name}" = ""\n')
    with pytest.raises(BadInput, match="not the"):
        load_described(description, "train")


def test_missing_files_are_named(tmp_path):
    (tmp_path / "dataset.toml").write_text(MINIMAL)
    with pytest.raises(BadInput, match="names i, but there is no such file"):
        load_described(tmp_path / "dataset.toml", "train")
