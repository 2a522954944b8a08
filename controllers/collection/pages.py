"""The pages of the collection room that show no form: unknown, gone, refused."""

from ..public_pages import Pages

#: Nothing but our own script, and what it sends goes to us.
POLICY = "; script-src 'self'; connect-src 'self'"

_pages = Pages("form_page_unknown", "form_page_refused", POLICY)
plain_page, not_found = _pages.page, _pages.not_found
GET, POST = _pages.get, _pages.post
