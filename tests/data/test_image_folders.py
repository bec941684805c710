import numpy as np
import pytest
from PIL import Image

from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.data.image_folders import load_image_folders


def fill(folder, **counts):
    """Pictures 28×28 in a folder for each class, the n-th with the grey n in its middle."""
    for name, count in counts.items():
        (folder / name).mkdir(parents=True)
        for i in range(count):
            pixels = np.zeros((28, 28), np.uint8)
            pixels[14, 14] = i + 1
            Image.fromarray(pixels).save(folder / name / f"{i:02}.png")


def greys(images):
    return images.images[:, 14, 14].tolist()


def test_given_splits_are_kept(tmp_path):
    fill(tmp_path / "train", A=3, B=2)
    fill(tmp_path / "test", A=1, C=1)
    train, test = load_image_folders(tmp_path, "train"), load_image_folders(tmp_path, "test")
    assert train.classes == test.classes == ("A", "B", "C")
    assert train.labels.tolist() == [0, 0, 0, 1, 1] and test.labels.tolist() == [0, 2]
    assert greys(train) == [1, 2, 3, 1, 2] and train.name == f"{tmp_path.name}/train"


def test_a_sixth_of_each_class_is_drawn_for_the_test(tmp_path):
    fill(tmp_path, A=12, B=6, C=2, D=1)
    train, test = load_image_folders(tmp_path, "train"), load_image_folders(tmp_path, "test")
    assert test.class_counts().tolist() == [2, 1, 1, 0] and train.class_counts().tolist() == [10, 5, 1, 1]
    assert sorted(greys(train) + greys(test)) == sorted([*range(1, 13), *range(1, 7), 1, 2, 1])
    assert greys(load_image_folders(tmp_path, "test")) == greys(test)


def test_draw_depends_on_names_and_not_on_where_the_folder_is(tmp_path):
    fill(tmp_path / "here", A=30)
    fill(tmp_path / "there", A=30)
    assert greys(load_image_folders(tmp_path / "here", "test")) == greys(load_image_folders(tmp_path / "there", "test"))


def test_classes_are_in_the_order_of_their_numbers(tmp_path):
    fill(tmp_path, **{"10": 1, "9": 1, "x": 1, ".hidden": 1})
    assert load_image_folders(tmp_path, "train").classes == ("9", "10", "x")


def test_other_files_are_passed_over(tmp_path):
    fill(tmp_path, A=2)
    (tmp_path / "A/notes.txt").write_text("not a picture")
    (tmp_path / "README").write_text("not a class")
    assert len(load_image_folders(tmp_path, "train")) == 1


def test_folder_without_pictures_is_refused(tmp_path):
    with pytest.raises(BadInput, match="has no train images"):
        load_image_folders(tmp_path, "train")


def test_half_a_split_is_refused(tmp_path):
    fill(tmp_path / "train", A=1)
    with pytest.raises(BadInput, match="has a folder train but not both"):
        load_image_folders(tmp_path, "train")


def test_unknown_split_and_broken_picture_are_named(tmp_path):
    fill(tmp_path, A=2)
    with pytest.raises(UnknownName, match="did you mean train"):
        load_image_folders(tmp_path, "training")
    (tmp_path / "A/00.png").write_bytes(b"no png")
    with pytest.raises(BadInput, match=r"00\.png cannot be read as an image"):
        for split in ("train", "test"):
            load_image_folders(tmp_path, split)


def test_what_is_hidden_and_folders_without_pictures_are_passed_over(tmp_path):
    fill(tmp_path, a=6, b=6, empty=0)
    (tmp_path / "a" / "._00.png").write_bytes(b"no picture")
    assert load_image_folders(tmp_path, "train").classes == ("a", "b")
    (tmp_path / "other" / "a").mkdir(parents=True)
    (tmp_path / "other" / "a" / "0.heic").write_bytes(b"a picture of a kind that is not read")
    with pytest.raises(BadInput, match=r"with pictures in it \(.*\.png, .*\), is needed"):
        load_image_folders(tmp_path / "other", "train")


def test_a_class_that_no_model_file_could_name_is_refused(tmp_path):
    fill(tmp_path, **{"a\u2028b": 3, "c": 3})
    with pytest.raises(BadInput, match="cannot be printed; give its folder another name"):
        load_image_folders(tmp_path, "train")
