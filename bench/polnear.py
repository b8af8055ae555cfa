"""Reads PolNeAR (github.com/networkdynamics/PolNeAR): who said what in US news, by hand.

Its annotations are stand-off files ("T" lines are spans, "E" lines join a source, a cue and a
content); its pronouns are resolved by CoreNLP, so they carry that program's mistakes too. The
corpus is read where the person keeps it; what was parsed is kept in the system's temp folder.
"""

import json
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int]
_CACHE = Path(tempfile.gettempdir()) / "on-the-record-polnear-1"
_SAME_PERSON = {"conj", "appos"}  # heads of a source besides its root: "Smith and Jones"
_PRONOUNS = frozenset(
    "he she they it i we you who that which his her their him them its my our those these one "
    "himself herself themselves whose us me".split()
)


@dataclass(frozen=True)
class GoldAttribution:
    """One annotated attribution: somebody (`source`) gives `contents`."""

    cue: str
    source: str
    source_span: Span | None
    contents: tuple[Span, ...]
    heads: frozenset[str]
    """Lower-case head words of the source, and of the names it refers to."""
    is_pronoun: bool


@dataclass(frozen=True)
class GoldArticle:
    name: str
    text: str
    attributions: tuple[GoldAttribution, ...]


@dataclass(frozen=True)
class _Parse:
    """Of CoreNLP's output: tokens as (start, end, part of speech), heads, and chains."""

    tokens: list[list[tuple[int, int, str]]]
    governors: list[list[tuple[int, str]]]
    chains: list[list[tuple[int, int]]]
    """Mentions as (sentence, head token), both from 0."""


def read_polnear(data: Path, split: str, limit: int | None = None) -> Iterator[GoldArticle]:
    """The articles of one split ("train" or "dev") below the folder that holds `data/`.

    Raises:
        FileNotFoundError: there are none.
    """
    folder = data / "data" / split
    annotations: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        annotations.setdefault(path.stem.rsplit("_", 1)[0], path)
    texts = sorted((folder / "text").glob("*.txt"))
    if not texts:
        raise FileNotFoundError(f"{folder} has no articles: name a checkout of PolNeAR.")
    for path in texts[:limit]:
        parsed = folder / "corenlp" / f"{path.name}.xml"
        if path.stem not in annotations or not parsed.is_file():
            continue
        text = path.read_bytes().decode("utf-8")
        attributions = _attributions(annotations[path.stem], text, _read_parse(parsed))
        yield GoldArticle(path.stem, text, tuple(attributions))


def _attributions(path: Path, text: str, parse: _Parse) -> Iterator[GoldAttribution]:
    spans: dict[str, list[Span]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        identifier, _, rest = line.partition("\t")
        if identifier.startswith("T"):
            places = rest.split("\t")[0].partition(" ")[2]
            spans[identifier] = [
                (int(a), int(b)) for a, b in (p.split() for p in places.split(";") if p)
            ]
        elif identifier.startswith("E"):
            parts = dict(part.split(":", 1) for part in rest.split())
            contents = tuple(
                span
                for role in ("Content", "Content2")
                for span in spans.get(parts.get(role, ""), [])
            )
            source = spans.get(parts.get("Source", ""), [])
            cue = " ".join(text[a:b] for a, b in spans.get(parts.get("Cue", ""), []))
            words = " ".join(text[a:b] for a, b in source)
            heads = _heads(source, text, parse) if source else frozenset()
            yield GoldAttribution(
                cue,
                words,
                source[0] if source else None,
                contents,
                heads,
                words.lower() in _PRONOUNS,
            )


def _heads(source: list[Span], text: str, parse: _Parse) -> frozenset[str]:
    """The head words of a source, with those of the names in the same coreference chain."""
    inside = [
        (s, t)
        for s, sentence in enumerate(parse.tokens)
        for t, (start, end, _) in enumerate(sentence)
        if any(a <= start and end <= b for a, b in source)
    ]
    members = set(inside)
    roots = [(s, t) for s, t in inside if (s, parse.governors[s][t][0]) not in members]
    roots = [(s, t) for s, t in roots if parse.tokens[s][t][2][0].isalpha()] or roots
    heads = roots + [
        (s, t)
        for s, t in inside
        if parse.governors[s][t][1] in _SAME_PERSON and (s, parse.governors[s][t][0]) in roots
    ]
    heads += [antecedent for head in heads if (antecedent := _antecedent(parse, head))]
    words = {_word(parse, head, text) for head in heads}
    only_pronouns = words <= _PRONOUNS
    for chain in parse.chains:
        if any(mention in heads for mention in chain):
            named = [m for m in chain if _tag(parse, m).startswith("NNP")]
            # A chain without a name says nothing sure of "he"; of "they" its nouns are all.
            kinds = "NNS" if only_pronouns and not named else "NN"
            words |= {_word(parse, m, text) for m in chain if _tag(parse, m).startswith(kinds)}
    return frozenset(words - _PRONOUNS)


def _antecedent(parse: _Parse, head: tuple[int, int]) -> tuple[int, int] | None:
    """The noun that a relative pronoun stands for: "Smith, who said"."""
    sentence, token = head
    if not _tag(parse, head).startswith("W"):
        return None
    for _ in range(4):
        token, kind = parse.governors[sentence][token]
        if token < 0:
            return None
        if kind.startswith("acl"):
            return None
        above, above_kind = parse.governors[sentence][token]
        if above_kind.startswith("acl") and above >= 0:
            return sentence, above
    return None


def _tag(parse: _Parse, mention: tuple[int, int]) -> str:
    return parse.tokens[mention[0]][mention[1]][2]


def _word(parse: _Parse, mention: tuple[int, int], text: str) -> str:
    start, end, _ = parse.tokens[mention[0]][mention[1]]
    return text[start:end].lower()


def _read_parse(path: Path) -> _Parse:
    cached = _CACHE / f"{path.name}.json"
    if not cached.is_file():
        _CACHE.mkdir(parents=True, exist_ok=True)
        partial = cached.with_suffix(".partial")
        partial.write_text(json.dumps(_parse_xml(path)), encoding="utf-8")
        partial.replace(cached)
    raw = json.loads(cached.read_text(encoding="utf-8"))
    return _Parse(
        [[(a, b, tag) for a, b, tag in sentence] for sentence in raw["tokens"]],
        [[(a, kind) for a, kind in sentence] for sentence in raw["governors"]],
        [[(s, t) for s, t in chain] for chain in raw["chains"]],
    )


def _parse_xml(path: Path) -> dict[str, object]:
    root = ET.parse(path).getroot()  # noqa: S314  a corpus the person chose, not a stranger's
    tokens, governors = [], []
    for sentence in root.iterfind("document/sentences/sentence"):
        found = sentence.findall("tokens/token")
        tokens.append(
            [
                (
                    int(token.findtext("CharacterOffsetBegin", "0")),
                    int(token.findtext("CharacterOffsetEnd", "0")),
                    token.findtext("POS", ""),
                )
                for token in found
            ]
        )
        above = [(-1, "root")] * len(found)
        for dep in sentence.iterfind("dependencies[@type='basic-dependencies']/dep"):
            governor, dependent = dep.find("governor"), dep.find("dependent")
            if governor is not None and dependent is not None:
                index = int(dependent.get("idx", "1")) - 1
                above[index] = (int(governor.get("idx", "0")) - 1, dep.get("type", ""))
        governors.append(above)
    chains = [
        [
            (int(m.findtext("sentence", "1")) - 1, int(m.findtext("head", "1")) - 1)
            for m in chain.iterfind("mention")
        ]
        for chain in root.iterfind("document/coreference/coreference")
    ]
    return {"tokens": tokens, "governors": governors, "chains": chains}
