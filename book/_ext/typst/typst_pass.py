"""One pass of the Typst compiler, as a program: what to compile comes as JSON, and so goes what came of it.

The compiler keeps what it has laid out, gigabytes for a hundred chapters, so each pass has a process of its own. It is
not forked: the compiler's threads do not come along, and the next pass would wait for them for ever.
"""

import base64
import json
import sys
from typing import Any

import typst


def compiled(source: str, root: str, fonts: list[str], inputs: dict[str, str], **output: Any) -> dict[str, Any]:
    """Return the values that the labels `end` and `row` have in a Typst file once it is laid out and, where the
    `output` is described, the PDF in base64 and the compiler's warnings; or its `error` alone."""
    faces = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=fonts)
    compiler = typst.Compiler(source, root=root, font_paths=faces, sys_inputs=inputs)
    try:
        made: Any = compiler.compile_with_warnings(**output) if output else (b"", [])
        found = {label: [one["value"] for one in json.loads(compiler.query(f"<{label}>"))] for label in ("end", "row")}
    except (typst.TypstError, RuntimeError) as error:  # the second from a query
        return {"error": f"{error} {getattr(error, 'diagnostic', '')}"}
    pdf, warnings = made
    return {**found, "pdf": base64.b64encode(pdf).decode(), "warnings": [str(warning) for warning in warnings]}


if __name__ == "__main__":
    json.dump(compiled(**json.load(sys.stdin)), sys.stdout)
