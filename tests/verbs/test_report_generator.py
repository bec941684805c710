"""Parts of a generator's page: its message, and what it tells of stacked digits."""

from pathlib import Path

from glyphspace.report.parts import Absent
from glyphspace.verbs import report_generator
from glyphspace.verbs.report import report
from glyphspace.verbs.train import train
from latent import stamps

TINY = {"generator": "fast:z_dim=8,width=8", "discriminator": "fast:width=4", "batch_size": 32}


def test_a_message_is_written_and_read_back_by_two() -> None:
    told = report_generator._writing(
        " 20 26", stamps.generator(), stamps.classifier(), stamps.classifier(), lambda *_: None
    )
    assert told.text == " 20 26"
    assert [reading.text for reading in told.readings] == [" 20 26", " 20 26"]
    assert all(reading.certainty > 0.8 for reading in told.readings)
    assert told.picture[0, 0].tolist() == [255, 255, 255]
    alone = report_generator._writing("7", stamps.generator(), stamps.classifier(), Absent("x"), lambda *_: None)
    assert len(alone.readings) == 1


def test_the_page_of_stacked_digits_tells_modes_and_leaves_out_what_is_of_single_ones(tmp_path: Path) -> None:
    run = train("gan-fast", data="stacked-sklearn-digits", steps=3, out=tmp_path / "run", changes=TINY)
    text = report(run.folder, judge_by="mnist-judging").read_text(encoding="utf-8")
    assert "1,000 in all. 26,000 generated" in text.replace("\n", " ")
    assert text.count("this is told of single characters") >= 4
    assert "Traceback" not in text
