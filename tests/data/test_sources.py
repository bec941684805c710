import hashlib
import http.server
import io
import threading
import zipfile

import pytest

from glyphspace.core.errors import Unavailable
from glyphspace.core.progress import silent
from glyphspace.data import sources
from glyphspace.data.published import IdxFile
from glyphspace.data.sources import Archive, Mirror, download, read_member

FILES = (IdxFile("one"), IdxFile("two"))


@pytest.fixture
def site(tmp_path):
    """A web server on this machine: the folder it serves and its address."""
    folder = tmp_path / "site"
    folder.mkdir()

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args):
            super().__init__(*args, directory=folder)

        def do_GET(self):
            if self.path == "/broken.gz":
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.wfile.write(b"half")
            else:
                super().do_GET()

        def log_message(self, *_):
            pass

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, *_):  # a reader that has had enough hangs up
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_mirror_gives_every_wanted_file_and_tells_its_progress(site, tmp_path):
    folder, address = site
    (folder / "one.gz").write_bytes(b"1" * 300_000)
    (folder / "two.gz").write_bytes(b"2")
    calls = []
    obtained = dict(Mirror(address).obtain(FILES, tmp_path, lambda *call: calls.append(call)))
    assert obtained == {FILES[0]: b"1" * 300_000, FILES[1]: b"2"}
    assert calls[-2:] == [(300_000, 300_000, "one.gz"), (1, 1, "two.gz")]


def test_mirror_without_a_file_says_so(site, tmp_path):
    with pytest.raises(Unavailable, match=r"one\.gz: 404"):
        list(Mirror(site[1]).obtain(FILES, tmp_path, silent))


def test_connection_that_breaks_off_is_told(site):
    with pytest.raises(Unavailable, match="broke off after 4 of 1000 bytes"):
        list(download(site[1] + "broken.gz", 10_000, silent))


def test_no_more_is_downloaded_than_a_published_file_has(site):
    (site[0] / "one.gz").write_bytes(bytes(10_000_000))
    with pytest.raises(Unavailable, match="larger than"):
        list(download(site[1] + "one.gz", 1_000_000, silent))


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/x", "http://name.invalid/x", "nonsense"])
def test_address_out_of_reach_gives_one_short_line(address):
    with pytest.raises(Unavailable) as caught:
        list(download(address, 1000, silent))
    assert 0 < len(str(caught.value)) < 100 and "\n" not in str(caught.value)


def zipped(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, member in members.items():
            archive.writestr(f"gzip/{name}.gz", member)
    return content.getvalue()


def test_archive_gives_the_wanted_members_alone(site, tmp_path):
    content = zipped(one=b"1", two=b"2", three=b"3")
    (site[0] / "all.zip").write_bytes(content)
    archive = Archive(site[1] + "all.zip", hashlib.md5(content).hexdigest(), "gzip")
    assert dict(archive.obtain(FILES, tmp_path, silent)) == {FILES[0]: b"1", FILES[1]: b"2"}


def test_archive_that_is_not_the_published_one_is_not_opened(site, tmp_path):
    (site[0] / "all.zip").write_bytes(zipped(one=b"1"))
    with pytest.raises(Unavailable, match="not the published"):
        list(Archive(site[1] + "all.zip", "0" * 32, "gzip").obtain(FILES, tmp_path, silent))


def test_member_that_is_missing_damaged_or_huge_is_told(tmp_path, monkeypatch):
    path = tmp_path / "all.zip"
    path.write_bytes(zipped(one=b"1" * 1000).replace(b"1" * 500, b"2" * 500))
    for name in ("gzip/one.gz", "gzip/none.gz"):
        with pytest.raises(Unavailable, match=r"all\.zip has no whole"):
            read_member(path, name)
    monkeypatch.setattr(sources, "LARGEST_FILE", 999)
    with pytest.raises(Unavailable, match="larger"):
        read_member(path, "gzip/one.gz")
    path.write_bytes(b"no zip")
    with pytest.raises(Unavailable, match="no whole"):
        read_member(path, "gzip/one.gz")
