"""A document as plain text: for reading out, for pasting into a group."""

from __future__ import annotations

from collections.abc import Iterator

from actions.publicity.document import Block, Card, Document, Items, Para, Table


def text(document: Document) -> str:
    """Lines without any mark-up; the link stands where the code would."""
    lines = [document.title, document.subtitle, ""]
    for section in document.sections:
        if section.heading:
            lines += [f"【{section.heading}】"]
        lines += [line for block in section.blocks for line in _block(block)]
        lines.append("")
    lines += [f"{document.scan}：{document.link}", *document.foot]
    return "\n".join(lines) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Para():
            yield block.line.whole
        case Items():
            yield from (f"{mark} {line.whole}" for mark, line in block.marked())
        case Card():
            badge = f"（{block.badge}）" if block.badge else ""
            yield f"■ {block.title.whole}{badge}"
            yield from (f"  {line.whole}" for line in block.body)
        case Table():
            for row in block.rows:
                yield row[0].whole
                pairs = zip(block.header[1:], row[1:], strict=True)
                yield from (f"  {name}：{cell.whole}" for name, cell in pairs)
