from odoo.tests import tagged

from ...axe import AxeCase, needs_axe
from .pages_common import PageCase


@tagged("post_install", "-at_install")
@needs_axe
class TestFormLooks(PageCase, AxeCase):
    """No violation of WCAG 2.2 that axe-core can see, at a desk and at 320 px (400 % zoom)."""

    def paths(self):
        """Yield the pages of a form, in each language and from both sides."""
        check = self.filled()
        draft = check.url.partition(self.base_url())[2] or check.request.path_url
        for lang in ("en_US", "fr_FR", "ar_001"):
            yield f"{self.path_of(self.short)}?lang={lang}"
            yield f"{draft.replace('lang=en_US', f'lang={lang}')}"
        yield draft.replace("step=4", "step=2")
        yield f"{draft}&later=1"
        yield f"{self.path_of(self.short)}?done=1"
        yield f"{self.path_of(self.short)}?framed=1"
        yield "/customer_sheet/form/none"
        yield "/customer_sheet/complete"
        yield self.path(self.ada._sheet_complete_url())

    def check_pages(self):
        for path in self.paths():
            with self.subTest(path=path):
                self.check_page(path)

    def test_pages_on_desktops(self):
        self.check_pages()

    def test_pages_at_320_pixels(self):
        self.browser_size = "320x640"
        self.check_pages()
