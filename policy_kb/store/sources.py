"""Read the YAML sources of the knowledge base and put them together."""

from __future__ import annotations

import hashlib
from pathlib import Path

from policy_kb.errors import SourceError
from policy_kb.model import Knowledge, Provision
from policy_kb.store.parse import parse_article
from policy_kb.store.parse_registry import parse_district, parse_registry
from policy_kb.store.yaml_lines import Block, read_block, read_text, yaml_files

DATA = Path(__file__).resolve().parents[2] / "data"


def read_sources(data: Path = DATA) -> dict[str, str]:
    """Text of every source file by its path below the project, in a fixed order."""
    paths = [data / "facts.yaml", data / "district.yaml", *yaml_files(data / "plan")]
    shown = {f"data/{path.relative_to(data)}": path for path in paths}
    return {name: read_text(path, name) for name, path in shown.items()}


def version_of(sources: dict[str, str]) -> str:
    """Hash of the sources: the `kb_version` on every result."""
    digest = hashlib.sha256()
    for name, text in sorted(sources.items()):
        digest.update(f"{name}\0{text}\0".encode())
    return digest.hexdigest()[:12]


def assemble(sources: dict[str, str]) -> Knowledge:
    """The knowledge base of these sources; SourceError names the first mistake."""
    blocks = {name: read_block(text, name) for name, text in sources.items()}
    registry = parse_registry(blocks.pop("data/facts.yaml"))
    district = parse_district(blocks.pop("data/district.yaml"), registry)
    provisions: dict[str, Provision] = {}
    for name, block in blocks.items():
        for provision in parse_article(block, registry):
            if provision.id in provisions:
                raise SourceError(
                    name, provision.line, f"编号 {provision.id} 用了两次", "改成没用过的编号"
                )
            provisions[provision.id] = provision
    _check_links(provisions, blocks)
    ordered = dict(sorted(provisions.items(), key=lambda item: order_of(item[0])))
    return Knowledge(ordered, registry, district, version_of(sources))


def load_sources(data: Path = DATA) -> Knowledge:
    """Read and assemble in one go."""
    return assemble(read_sources(data))


def order_of(provision_id: str) -> tuple[int, int, int]:
    """Order of the text: targets, articles, requirements."""
    head, _, tail = provision_id.partition(".")
    if head == "G":
        return 0, 0, int(tail)
    if head.startswith("R"):
        return 2, int(head[1:]), int(tail)
    return 1, int(head), int(tail)


def _check_links(provisions: dict[str, Provision], blocks: dict[str, Block]) -> None:
    for block in blocks.values():
        for raw in block["provisions"]:
            for key in ("excludes", "best_of", "see", "routes"):
                for other in raw.get(key) or []:
                    if other not in provisions:
                        raise raw.fail(key, f"没有编号为“{other}”的条款", "改成存在的编号")
