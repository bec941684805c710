import pytest

from glyphspace.core.errors import BadInput, Unavailable, UnknownName
from glyphspace.data import fetch_dataset, list_datasets, load_dataset
from glyphspace.data.catalogue import catalogue


def test_name_and_path_are_both_loaded(described):
    assert load_dataset("sklearn-digits", "test").name == "sklearn-digits/test"
    assert load_dataset(str(described)).name == "two/train"


def test_plus_is_a_union(described):
    both = load_dataset(f"sklearn-digits+{described}", "test")
    assert both.classes == (*"0123456789", "A", "B") and len(both) == 360 + 4
    assert both.name == "sklearn-digits+two/test"


def test_dataset_is_called_what_stands_before_the_equals_sign(described):
    assert load_dataset(f"letters={described}").name == "letters/train"
    both = load_dataset(f"characters=sklearn-digits+{described}", "test")
    assert both.name == "characters/test" and len(both.classes) == 12
    with pytest.raises(UnknownName, match="no dataset is called 'mnits'"):
        load_dataset("letters=mnits")


def test_path_with_an_equals_sign_is_a_path(described, monkeypatch):
    described.rename(described.with_name("a=b"))
    monkeypatch.chdir(described.parent)
    assert load_dataset("a=b").name == "two/train"


def test_path_with_a_plus_is_one_dataset(described):
    renamed = described.rename(described.with_name("a+b"))
    assert load_dataset(str(renamed)).classes == ("A", "B")


def test_name_of_the_catalogue_comes_before_a_folder(tmp_path, monkeypatch):
    (tmp_path / "sklearn-digits").mkdir()
    monkeypatch.chdir(tmp_path)
    assert len(load_dataset("sklearn-digits")) == 1437
    with pytest.raises(BadInput, match="has no train images"):
        load_dataset("./sklearn-digits")


@pytest.mark.parametrize("name", ["mnits", "mnist+mnits", "", "sklearn-digits+", "x" * 5000, "a\0b"])
def test_unknown_name_is_refused_with_the_nearest(name, monkeypatch):
    monkeypatch.setattr("glyphspace.data.load.read_files", lambda *_, **__: pytest.fail("nothing is to be read"))
    with pytest.raises(UnknownName, match="no dataset is called"):
        load_dataset(name.replace("mnist+", "mnits+").replace("sklearn-digits+", "+"))


@pytest.mark.parametrize("path", ["/no/such/folder", "no/such", "none.toml"])
def test_missing_path_is_refused(path):
    with pytest.raises(BadInput, match="there is no folder or file"):
        load_dataset(path)


def test_unknown_split_is_refused_before_anything_is_fetched():
    with pytest.raises(UnknownName, match="no split of mnist is called 'validation'"):
        load_dataset("mnist", "validation")


def test_list_tells_what_is_cached():
    before = {listing.name: listing.cached for listing in list_datasets()}
    fetch_dataset("sklearn-digits")
    after = {listing.name: listing.cached for listing in list_datasets()}
    assert list(before) == [*catalogue, "stacked-mnist"] and not any(before.values())
    assert [name for name, cached in after.items() if cached] == ["sklearn-digits"]
    mnist = list_datasets()[0]
    assert (mnist.classes, mnist.images) == (10, {"train": 60_000, "test": 10_000})


def test_dataset_out_of_reach_says_what_to_do(monkeypatch):
    monkeypatch.setattr(
        "glyphspace.data.sources.urllib.request.urlopen", lambda *_, **__: (_ for _ in ()).throw(OSError)
    )
    with pytest.raises(Unavailable, match=r"kmnist could not be had .* GLYPHSPACE_DATA"):
        load_dataset("kmnist")


def test_digits_and_letters_make_36_or_47_classes(emnist):
    assert len(load_dataset(f"sklearn-digits+{emnist}", "test").classes) == 36
    assert len(load_dataset(f"sklearn-digits+{emnist}/cased.toml", "test").classes) == 47
