"""Files of reporters: good ones, and those that mean harm."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

# The harmless test file that every scanner knows, in two pieces so that no scanner takes this one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def photo(format="JPEG", size=(40, 30), **extra):
    """A small picture, with metadata if asked."""
    if format == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    made = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(made, format, **extra)
    return made.getvalue()


def photo_with_place(word="Kanarie"):
    """A photo as a telephone makes it: with place, maker, comment, and more behind its end."""
    exif = Image.Exif()
    exif[0x010F] = word  # the maker
    exif.get_ifd(0x8825)[2] = (52.0, 5.0, 0.0)  # latitude
    exif[0x8825] = exif.get_ifd(0x8825)
    made = io.BytesIO()
    Image.effect_noise((40, 30), 60).convert("RGB").save(
        made, "JPEG", exif=exif, comment=word, icc_profile=word.encode() * 20
    )
    return made.getvalue() + f"<script>alert('{word}')</script>".encode()


def moving_webp():
    made = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(made, "WEBP", save_all=True, append_images=frames[1:])
    return made.getvalue()


def png_of(side):
    """A square PNG of one bit per pixel and nothing but zeros: small here, huge when opened."""

    def block(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    packer, rows = zlib.compressobj(9), bytearray()
    line = bytes(1 + (side + 7) // 8) * 100
    for _hundred in range(side // 100):
        rows += packer.compress(line)
    rows += packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + block(b"IHDR", head)
        + block(b"IDAT", bytes(rows))
        + block(b"IEND", b"")
    )


def pdf(*objects, pages=1, content=b"0 0 50 50 re f", catalog=b"", page=b"", trailer=b""):
    """A PDF written by hand, so that it can hold what no library writes."""
    kids = b"3 0 R " * pages
    numbered = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % pages,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R " + page + b" >>",
        b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream",
        *objects,
    ]
    out, at = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(numbered, start=1):
        at.append(len(out))
        out += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(numbered) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in at)
    out += b"trailer\n<< /Size %d /Root 1 0 R " % (len(numbered) + 1) + trailer
    return bytes(out + b">>\nstartxref\n%d\n%%%%EOF\n" % start)


def active_pdf():
    """A PDF that wants to run, launch, open an address and carry a file along."""
    return pdf(
        b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
        b"<< /Type /Annot /Subtype /Link /Rect [0 0 50 50] /A << /S /URI /URI (http://kwaad.example) >> >>",
        b"<< /Type /EmbeddedFile /Length 5 >>\nstream\nkwaad\nendstream",
        catalog=b"/OpenAction 5 0 R /AcroForm << /XFA (x) >> "
        b"/Names << /EmbeddedFiles << /Names [(x.exe) << /Type /Filespec /F (x.exe) /EF << /F 7 0 R >> >>] >> >>",
        page=b"/Annots [6 0 R] /AA << /O << /S /Launch /F (calc.exe) >> >>",
    )


def heavy_pdf():
    """A page whose drawing never ends: a small stream that unpacks to hundreds of megabytes."""
    packed = zlib.compress(b"0 0 9 9 re f 1 1 8 8 re S " * 12_000_000, 9)
    return pdf(
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream",
        page=b"/Contents 5 0 R",
    )


def sent(content, name="foto.jpg", content_type="image/jpeg"):
    """As a browser sends it."""
    return SimpleUploadedFile(name, content, content_type=content_type)
