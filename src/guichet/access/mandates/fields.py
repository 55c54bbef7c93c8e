"""Signature fields in a tagged document: each has its place in the structure that is read aloud."""

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


def number(value: int) -> generic.PdfObject:
    """A number of a document."""
    return generic.NumberObject(value)  # type: ignore[no-untyped-call]  # of pyHanko


def describe(writer: IncrementalPdfFileWriter) -> None:
    """Hang every field of the form under the first element of the structure, with its words.

    The structure has one flat tree of parents, as the typesetter writes it.
    """
    tree = writer.root["/StructTreeRoot"]
    element, parents = tree["/K"].raw_get(0), tree["/ParentTree"]["/Nums"]
    children = element.get_object()["/K"]
    key = int(tree["/ParentTreeNextKey"])
    for reference in _references(writer):
        field = reference.get_object()  # type: ignore[no-untyped-call]  # of pyHanko
        described = writer.add_object(_described(reference, field, element))
        field["/StructParent"] = number(key)
        children.append(described)
        parents.append(number(key))
        parents.append(described)
        writer.update_container(field)
        key += 1
    tree["/ParentTreeNextKey"] = number(key)
    for changed in (children, parents, tree):
        writer.update_container(changed)


def _references(writer: IncrementalPdfFileWriter) -> list[generic.IndirectObject]:
    fields = writer.root["/AcroForm"]["/Fields"]
    return [fields.raw_get(index) for index in range(len(fields))]


def _described(
    reference: generic.IndirectObject,
    field: generic.DictionaryObject,
    parent: generic.IndirectObject,
) -> generic.DictionaryObject:
    page = field.raw_get("/P")
    target = _dictionary(Type=pdf_name("/OBJR"), Obj=reference, Pg=page)
    return _dictionary(
        Type=pdf_name("/StructElem"),
        S=pdf_name("/Form"),
        P=parent,
        Pg=page,
        Alt=pdf_string(str(field["/TU"])),
        K=target,
    )


def _dictionary(**entries: generic.PdfObject) -> generic.DictionaryObject:
    values = {pdf_name(f"/{name}"): value for name, value in entries.items()}
    return generic.DictionaryObject(values)  # type: ignore[no-untyped-call]  # of pyHanko
