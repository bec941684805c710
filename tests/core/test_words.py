from glyphspace.core.words import can_be_shown


def test_what_no_line_of_writing_has_cannot_be_shown():
    assert all(map(can_be_shown, ("", "A b", "क\u200dष", "👨\u200d👩\u200d👧", "x\u00ady", "\u3000")))
    assert not any(map(can_be_shown, ("\n", "a\tb", "\x1b[1m", "\x7f", "\u2028", "\udcff", "\0")))
