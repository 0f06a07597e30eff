"""The tree of tags as objects of the file, and links that know the part of the text they stand in."""

from array import array
from collections.abc import Iterator, Sequence
from typing import Any, Final

from reportlab.pdfbase import pdfdoc

from perfdesk.documents.writers.pdf.tags import Element, LinkElement

# printed, not hidden
_SHOWN: Final = 4


class LinkAnnotation(pdfdoc.LinkAnnotation):
    """A link as an object of the file."""

    permitted = (*pdfdoc.LinkAnnotation.permitted, "StructParent")

    def __init__(
        self, place: tuple[float, float, float, float], contents: str, destination: object, element: LinkElement
    ) -> None:
        super().__init__(place, contents, destination, Border="[0 0 0]", F=_SHOWN)
        self.element = element


class TagObjects:
    """The objects of a tree, numbered from ``first``: its root, and behind it the elements in reading order."""

    def __init__(self, root: Element, first: int) -> None:
        self.first = first
        self._order: list[Element] = []
        self._parents = array("L")
        waiting = [(root, first)]
        while waiting:
            element, parent = waiting.pop()
            self._order.append(element)
            self._parents.append(parent)
            element.number = number = first + len(self._order)
            if element.parts:
                waiting += [(part, number) for part in reversed(element.parts)]

    @property
    def last(self) -> int:
        """The number of the last object."""
        return self.first + len(self._order)

    def written(
        self, pages: Sequence[int], marks: Sequence[Sequence[Element]], links: Sequence[LinkElement]
    ) -> Iterator[bytes]:
        """Yield the objects.

        Args:
            pages: the numbers of the pages' objects.
            marks: what stands at each mark of each page.
            links: in the order of their keys, which begin behind those of the pages.
        """
        keys = [f"{n} [{' '.join([f'{element.number} 0 R' for element in found])}]" for n, found in enumerate(marks)]
        keys += [f"{n} {link.number} 0 R" for n, link in enumerate(links, len(pages))]
        tree = f"/ParentTree << /Nums [{' '.join(keys)}] >> /ParentTreeNextKey {len(keys)}"
        yield f"<< /Type /StructTreeRoot /K {self.first + 1} 0 R {tree} >>".encode()
        for element, parent in zip(self._order, self._parents, strict=True):
            yield f"<< /S /{element.role} /P {parent} 0 R{element.entries}{_kids(element, pages)} >>".encode()


def add_tags(document: Any, root: Element, marks: Sequence[Sequence[Element]]) -> Iterator[bytes]:
    """Number the objects of a tree and let pages and links know them; return them.

    Args:
        document: reportlab's, whose pages are all added.
        root: of the tree.
        marks: what stands at each mark of each page.
    """
    pages = document.Pages.pages
    numbers = document.idToObjectNumberAndVersion
    links: list[LinkElement] = []
    for name, link in document.idToObject.items():
        if isinstance(link, LinkAnnotation):
            link.element.link = numbers[name][0]
            link.otherkw["StructParent"] = len(pages) + len(links)
            links.append(link.element)
    for n, page in enumerate(pages):
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = n
        page.Tabs = pdfdoc.PDFName("S")
    tree = TagObjects(root, document.objectcounter + 1)
    document.objectcounter = tree.last
    document.Catalog.StructTreeRoot = f"{tree.first} 0 R"
    document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
    return tree.written([numbers[page.__InternalName__][0] for page in pages], marks, links)


def _kids(element: Element, pages: Sequence[int]) -> str:
    """Return the entries that lead to the parts of an element, or to where it stands."""
    if element.parts:
        return f" /K [{' '.join([f'{part.number} 0 R' for part in element.parts])}]"
    places = element.all_places()
    if not places:
        return ""
    page = places[0][0]
    kids = [str(mark) if at == page else f"<< /Type /MCR /Pg {pages[at]} 0 R /MCID {mark} >>" for at, mark in places]
    if isinstance(element, LinkElement):
        kids.append(f"<< /Type /OBJR /Obj {element.link} 0 R >>")
    return f" /Pg {pages[page]} 0 R /K [{' '.join(kids)}]"
