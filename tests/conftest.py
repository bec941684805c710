"""What all tests share. Shapes in the signatures are checked while they run."""

from jaxtyping import install_import_hook

install_import_hook("glyphspace", "beartype.beartype")
