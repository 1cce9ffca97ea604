"""Reading a FHIR resource from XML text into FHIR's JSON form.

The XML says nothing of lists, numbers and yes/no; the table in `stu3` does. Document types and entities are refused
before anything is expanded. Source: FHIR STU3, XML and JSON representation of resources; security row 19 (XXE).
"""

from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape, quoteattr

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from zorgbalie.exchange.rules.json_file import MAX_DEPTH
from zorgbalie.exchange.rules.stu3 import SHAPES, Shape, shape_of
from zorgbalie.exchange.types import BrokenFile
from zorgbalie.kernel.exact_json import parse_exact_json

_FHIR = "{http://hl7.org/fhir}"
_XHTML = "{http://www.w3.org/1999/xhtml}"


def read_xml(*, text: str, file: str) -> dict[str, Any]:
    """The resource in a text, as JSON. Raises BrokenFile with line and column, or with the path of the element."""
    try:
        root = defusedxml.ElementTree.fromstring(text.encode(), forbid_dtd=True)
    except ParseError as error:
        line, column = error.position
        raise BrokenFile(f"not XML: {error.msg}", place=f"{file}: line {line}, column {column + 1}") from None
    except DefusedXmlException:
        line = text[: max(text.find("<!"), 0)].count("\n") + 1
        raise BrokenFile("the XML has a document type or entity", place=f"{file}: line {line}") from None
    except (ValueError, LookupError) as error:
        raise BrokenFile(f"not XML: {type(error).__name__}", place=file) from None
    return _Reader(file).resource(root, ())


class _Reader:
    """Turns elements into JSON and knows, for its complaints, in which file and at which path it is."""

    def __init__(self, file: str) -> None:
        self.file = file

    def resource(self, element: Element, path: tuple[str, ...]) -> dict[str, Any]:
        name = self._name(element, path)
        content = self._object(element, name, (*path, name), is_resource=True)
        return {"resourceType": name, **content}

    def _object(
        self, element: Element, type_name: str, path: tuple[str, ...], *, is_resource: bool = False
    ) -> dict[str, Any]:
        if len(path) > MAX_DEPTH:
            raise self._broken("nested too deep", path)
        self._check_no_text(element, path)
        made: dict[str, Any] = {} if is_resource else self._attributes(element, path)
        grouped: dict[str, list[Element]] = {}
        for child in element:
            grouped.setdefault(self._name(child, path), []).append(child)
        for name, children in grouped.items():
            self._put(made, name, children, shape_of(type_name=type_name, element=name), (*path, name))
        return made

    def _put(
        self, made: dict[str, Any], name: str, children: list[Element], shape: Shape, path: tuple[str, ...]
    ) -> None:
        repeats = shape.repeats or len(children) > 1
        if shape.type_name == "Resource":
            found: Any = [self._inner_resource(child, path) for child in children]
        elif self._is_primitive(children, shape):
            self._put_primitive(made, name, children, shape, path)
            return
        else:
            found = [self._complex(child, shape, path) for child in children]
        made[name] = found if repeats else found[0]

    def _complex(self, element: Element, shape: Shape, path: tuple[str, ...]) -> Any:
        if element.tag == f"{_XHTML}div":
            return self._xhtml(element, path, depth=0)
        return self._object(element, shape.type_name, path)

    def _xhtml(self, element: Element, path: tuple[str, ...], *, depth: int) -> str:
        """The narrative as text of XHTML, without prefixes."""
        if depth > MAX_DEPTH:
            raise self._broken("nested too deep", path)
        name = element.tag.rpartition("}")[2]
        attributes = "".join(f" {key.rpartition('}')[2]}={quoteattr(value)}" for key, value in element.attrib.items())
        namespace = ' xmlns="http://www.w3.org/1999/xhtml"' if depth == 0 else ""
        inner = escape(element.text or "") + "".join(
            self._xhtml(child, path, depth=depth + 1) + escape(child.tail or "") for child in element
        )
        return f"<{name}{namespace}{attributes}>{inner}</{name}>"

    def _inner_resource(self, element: Element, path: tuple[str, ...]) -> dict[str, Any]:
        if len(element) != 1:
            raise self._broken("holds not exactly one resource", path)
        return self.resource(element[0], path)

    def _is_primitive(self, children: list[Element], shape: Shape) -> bool:
        if shape.type_name in SHAPES:
            return False
        return all(
            child.tag != f"{_XHTML}div"
            and ("value" in child.attrib or (len(child) > 0 and all(_is_extension(part) for part in child)))
            for child in children
        )

    def _put_primitive(
        self, made: dict[str, Any], name: str, children: list[Element], shape: Shape, path: tuple[str, ...]
    ) -> None:
        values = [self._primitive(child, shape, path) for child in children]
        extras = [self._extras(child, path) for child in children]
        repeats = shape.repeats or len(children) > 1
        if any(value is not None for value in values):
            made[name] = values if repeats else values[0]
        if any(extra is not None for extra in extras):
            made[f"_{name}"] = extras if repeats else extras[0]

    def _primitive(self, element: Element, shape: Shape, path: tuple[str, ...]) -> Any:
        self._check_no_text(element, path)
        text = element.get("value")
        if text is None:
            return None
        if shape.is_boolean and text in ("true", "false"):
            return text == "true"
        if shape.is_number:
            return _number(text)
        return text

    def _extras(self, element: Element, path: tuple[str, ...]) -> dict[str, Any] | None:
        made: dict[str, Any] = {
            name: value for name, value in self._attributes(element, path).items() if name != "value"
        }
        parts = [self._object(child, "Extension", (*path, "extension")) for child in element]
        if parts:
            made["extension"] = parts
        return made or None

    def _attributes(self, element: Element, path: tuple[str, ...]) -> dict[str, str]:
        plain = {name: value for name, value in element.attrib.items() if not name.startswith("{")}
        unknown = set(plain) - {"id", "url", "value"}
        if unknown:
            raise self._broken(f"unknown attribute {sorted(unknown)[0][:40]}", path)
        return plain

    def _name(self, element: Element, path: tuple[str, ...]) -> str:
        if element.tag == f"{_XHTML}div":
            return "div"
        if not element.tag.startswith(_FHIR):
            raise self._broken("an element that is not of FHIR", path)
        return element.tag.removeprefix(_FHIR)

    def _check_no_text(self, element: Element, path: tuple[str, ...]) -> None:
        loose = [element.text, *(child.tail for child in element)]
        if any(text and text.strip() for text in loose):
            raise self._broken("text outside a value", path)

    def _broken(self, message: str, path: tuple[str, ...]) -> BrokenFile:
        return BrokenFile(message, place=f"{self.file}: {'.'.join(path[:12]) or 'the outermost element'}")


def _is_extension(element: Element) -> bool:
    return element.tag == f"{_FHIR}extension"


def _number(text: str) -> Any:
    """As JSON would give it; a text that is no JSON number stays text and is refused where it is read."""
    try:
        value = parse_exact_json(text)
        return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else text
    except (ValueError, InvalidOperation, RecursionError):
        return text
