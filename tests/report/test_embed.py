import base64
import io

import pytest
from PIL import Image

from glyphspace.report.embed import embed


def picture(kind: str, size: tuple[int, int]) -> bytes:
    content = io.BytesIO()
    Image.new("L", size).save(content, kind)
    return content.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_picture_comes_back_whole_and_with_its_size(kind: str) -> None:
    content = picture(kind, (300, 28))
    embedded = embed(content)
    head, data = embedded.uri.split(",")
    assert head == f"data:image/{kind.lower()};base64"
    assert base64.b64decode(data) == content
    assert (embedded.width, embedded.height) == (300, 28)


@pytest.mark.parametrize("attributes", ['width="100pt" height="50pt"', 'height="50pt" viewBox="0 0 9 9" width="100pt"'])
def test_an_svg_is_shown_at_the_size_of_readable_type(attributes: str) -> None:
    embedded = embed(f"<svg {attributes}></svg>")
    assert (embedded.width, embedded.height) == (160, 80)


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff", "", "text", "<svg></svg>"])
def test_what_is_no_picture_is_refused(content: bytes | str) -> None:
    with pytest.raises(ValueError, match="must be the content of"):
        embed(content)
