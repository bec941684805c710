"""What a page holds, element by element, for tests to look at."""

from html.parser import HTMLParser

VOID = {"meta", "img", "br", "link", "input", "hr"}


class Elements(HTMLParser):
    """The elements of a page as (name, attributes, text directly inside); fails where tags are not nested."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[int] = []
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, dict(attrs), []))
        if tag not in VOID:
            self.open.append(len(self.all) - 1)

    def handle_endtag(self, tag: str) -> None:
        assert self.all[self.open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        if self.open and data.strip():
            self.all[self.open[-1]][2].append(data.strip())

    def named(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        return [(attributes, " ".join(words)) for name, attributes, words in self.all if name == tag]
