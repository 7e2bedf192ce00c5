"""A certificate on paper."""

import qrcode
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knowledge.library.services.pdf import Cover, PagePdf
from knowledge.training.models import Attempt, Certificate
from knowledge.training.models.attempts import Kind


def certificate_pdf(certificate: Certificate, *, address: str) -> bytes:
    """The bytes of one sheet: who, what, until when, and the code to check it with."""
    cover = Cover(
        title=_("Certificate"),
        summary="",
        owner="",
        source="",
        changed_on=None,
        valid_until=certificate.valid_until,
        is_public=True,
        is_fictional=False,
        address=address,
    )
    pdf = CertificatePdf(cover)
    pdf.add_page()
    pdf.ln(22)
    pdf.line(_("Certificate"), size=30, bold=True)
    pdf.ln(10)
    pdf.line(certificate.holder, size=22, bold=True)
    pdf.ln(3)
    pdf.line(what_was_done(certificate.attempt), size=12)
    pdf.ln(3)
    pdf.line(certificate.title, size=18, bold=True)
    pdf.ln(10)
    facts = [
        (_("Issued on"), date_format(certificate.issued_on, "j F Y")),
        (_("Valid until"), date_format(certificate.valid_until, "j F Y")),
        (_("Code"), certificate.spaced_code),
    ]
    for name, value in facts:
        pdf.line(f"{name}: {value}", size=12)
    pdf.ln(10)
    code = qrcode.make(address, box_size=6, border=1).get_image()
    pdf.image(code, w=38, alt_text=address)
    pdf.ln(4)
    pdf.line(_("Scan the code, or type it at: %(address)s") % {"address": address}, size=10)
    return bytes(pdf.output())


def what_was_done(attempt: Attempt) -> str:
    """What the holder did; nobody passed a test who was there, or read."""
    if attempt.kind == Kind.FULL:
        return _("passed the test of the training module")
    return _("followed the training module")


class CertificatePdf(PagePdf):
    """A sheet without the marks of a page of the knowledge base."""

    def header(self) -> None:
        """Nothing above."""

    def footer(self) -> None:
        """Who issued it."""
        self.set_y(-16)
        self.set_font(self.family, "", 8)
        self.cell(0, 5, self.safe(self.cover.address), align="C")
