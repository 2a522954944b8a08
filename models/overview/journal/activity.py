"""What somebody said of a call or a task that is done, without the words that Odoo puts around."""

from lxml import html

from odoo.tools.mail import html_to_inner_content


def summary_and_feedback(body):
    """Return what an activity was about, and what was said of it.

    The note of the activity where there is no feedback; all of a text that Odoo did not write.

    >>> done = "<p><span>Call</span> done <span>: </span><span>Price</span></p>"
    >>> summary_and_feedback(f"<div>{done}<div><div>Feedback:</div>They agree</div></div>")
    ('Price', 'They agree')
    >>> summary_and_feedback(f"<div>{done}<div>Original note:</div><div>Ask twice</div></div>")
    ('Price', 'Ask twice')
    >>> summary_and_feedback("<p>Something else</p>")
    ('', 'Something else')
    """
    root = html.fragment_fromstring(body or "", create_parent="div")
    parts = root[0] if len(root) == 1 and root[0].tag == "div" else []
    if not len(parts) or parts[0].tag != "p":
        return "", html_to_inner_content(body or "")
    said = parts[-1] if len(parts) > 1 else None
    if said is not None and len(said) and said[0].tag == "div":
        said[0].drop_tree()
    return _summary(parts[0]), "" if said is None else _text(said)


def _summary(title):
    spans = list(title)
    after = [spans[i + 1] for i, span in enumerate(spans[:-1]) if _text(span) == ":"]
    return _text(after[-1]) if after else ""


def _text(element):
    return " ".join(element.text_content().split())
