"""Which documents each audience gets, checked before anything is rendered."""

from __future__ import annotations

from collections.abc import Callable

from actions.publicity import campus, enterprise, media, village
from actions.publicity.document import Document
from actions.publicity.guard import checked
from actions.publicity.material import Material
from policy_kb.facts import day_label

FORMS: dict[str, dict[str, Callable[[Material], Document]]] = {
    "village": {"leaflet": village.leaflet, "broadcast": village.broadcast},
    "enterprise": {"checklist": enterprise.checklist},
    "campus": {"handout": campus.handout, "slides": campus.slides},
    "media": {"article": media.article, "post": media.post, "qa": media.questions},
}


def documents(material: Material) -> tuple[Document, ...]:
    """All documents of the material's audience; MaterialError if the guard stops one."""
    return tuple(
        checked(material.kb, make(material), settings_of(material))
        for make in FORMS[material.brief.audience].values()
    )


def settings_of(material: Material) -> tuple[str, ...]:
    """What may bring figures into any line: the order itself and the district's own data."""
    brief, district = material.brief, material.kb.district
    return (
        day_label(brief.day),
        f"{brief.minutes}分钟",
        brief.district,
        brief.host,
        *(f"{line.number} {line.purpose}" for line in district.lines),
        *(" ".join(vars(office).values()) for office in district.offices),
    )


def fitted(material: Material, document: Document, pages: Callable[[Document], int]) -> Document:
    """The leaflet with as many provisions told in full as one page holds; `pages` counts them."""
    most = village.LEAFLET_ENTRIES
    while pages(document) > 1 and most > 1:
        most -= 1
        document = checked(material.kb, village.leaflet(material, most), settings_of(material))
    return document
