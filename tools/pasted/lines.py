"""The lines of a text that its writer wrote: no quoted answer, no head of a mail, no disclaimer."""

import re
from typing import NamedTuple


class Line(NamedTuple):
    """A line without the spaces around it: where it stands in the text."""

    start: int
    end: int


#: "Le lun. 23 nov. 2026 à 09:12, Sofia Martin <...> a écrit :", folded.
_QUOTING_RE = re.compile(
    r"(?:le|on|am|op) .{4,150}(?:a ecrit|wrote|schrieb|schreef) ?:?$"
    r"|-{3,} ?(?:message d'origine|message transfere|original message|forwarded message).{0,60}"
)
_FORWARD_RE = re.compile(r"-{3,} ?(?:message transfere|forwarded message)")
#: The head of a mail that somebody forwards or answers, folded.
_HEAD_RE = re.compile(
    r"\*?(?P<name>de|from|envoye|sent|date|a|to|cc|objet|subject|repondre a|reply-to)\*? ?:(?!//)"
)
_FROM = ("de", "from")
#: Lines that mail programs and lawyers add, folded.
_NOT_SAID_RE = re.compile(
    r"(?:envoye (?:de|depuis)|sent from|get outlook|obtenir outlook|telecharger outlook"
    r"|pensez a l'environnement|please consider the environment|n'imprimez|avant d'imprimer"
    r"|(?:this|the) (?:e-?mail|message|communication)\b.{0,40}(?:attach|confidential|intended)"
    r"|ce (?:message|courriel|mail|e-mail)\b.{0,40}(?:piece|confidentiel|destin)"
    r"|si vous n'etes pas|if you are not|pour vous desinscrire|unsubscribe)"
)
#: Fewer lines that look so are no head of a mail.
_LEAST_HEAD = 2
#: What stands around a line or a part of one and says nothing.
_AROUND = " \t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029\u200b\u2060\ufeff\u00a0*_"


def own_lines(text, folded):
    """Return ``(lines, senders)``: the lines of the writer, and those that name who wrote.

    :param folded: ``text`` as ``sign_for_sign`` gives it
    """
    lines, senders, head = [], [], []
    for line in _lines(text):
        words = folded[line.start : line.end]
        match = _HEAD_RE.match(words)
        if match:
            head.append((match["name"], line))
            continue
        if len(head) >= _LEAST_HEAD and lines:
            return lines, senders  # what follows is the message that was answered
        if len(head) >= _LEAST_HEAD:
            senders += [each for name, each in head if name in _FROM]
        else:
            lines += [each for _name, each in head]
        head = []
        if text[line.start] == ">" or (_QUOTING_RE.match(words) and not _FORWARD_RE.match(words)):
            if lines:
                return lines, senders
            continue
        if not _NOT_SAID_RE.match(words) and not _FORWARD_RE.match(words):
            lines.append(line)
    if len(head) < _LEAST_HEAD:
        lines += [each for _name, each in head]
    return lines, senders


def _lines(text):
    """Yield the lines that hold anything."""
    start = 0
    for whole in text.splitlines(keepends=True):
        line = trimmed(text, start, start + len(whole))
        if line.start < line.end:
            yield line
        start += len(whole)


def trimmed(text, start, end, signs=_AROUND):
    """Return the part without the signs around it."""
    while start < end and text[start] in signs:
        start += 1
    while start < end and text[end - 1] in signs:
        end -= 1
    return Line(start, end)
