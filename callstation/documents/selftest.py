"""The self-test's documents: one letter in every format and one in a Word form of its own, made again byte for byte."""

from pathlib import Path
from typing import TYPE_CHECKING

from callstation.calling.campaign_filter import CampaignFilter
from callstation.documents.choosing import choose
from callstation.documents.data import Subject
from callstation.documents.filing import Made, make_again, make_document
from callstation.documents.word_own import write_form
from callstation.work import Work
from db.nouns import Contact
from db.vocabulary import DocumentKind, FileFormat

if TYPE_CHECKING:
    from callstation.app import App

KIND = DocumentKind.REMINDER


def every_format(app: "App", folder: Path) -> str:
    """Make them below ``folder``; what was made in words. An error of any kind where one cannot be made."""
    app.settings = app.settings.with_values(company_name="Self Test & Co", signed_by="The self-test")
    one = app.ask(choose, KIND, wanted=CampaignFilter(expires_from_days=0)).recipients[0]
    subject = Subject(one.account_id, one.renewal_id)
    app.record(_reachable, one.account_id)
    formats = (FileFormat.PDF, FileFormat.DOCX, FileFormat.EML)
    made = [make_document(app, KIND, subject, one_format, folder=folder) for one_format in formats]
    app.ask(write_form, KIND, one.locale.partition("_")[0])
    made.append(make_document(app, KIND, subject, FileFormat.DOCX, folder=folder))
    sizes = [_checked(app, document) for document in made]
    return f"{len(made)} letters of {sum(sizes) // 1000} kB, made again the same"


def _reachable(work: Work, account_id: int) -> None:
    """Everybody there gets an address for the e-mail."""
    for (contact_id,) in work.rows("SELECT id FROM contact WHERE account_id = ?", (account_id,)):
        work.update(Contact, contact_id, email="selftest@example.com")


def _checked(app: "App", made: Made) -> int:
    content = made.path.read_bytes()
    if make_again(app, made.document_id) != content:
        raise AssertionError(f"{made.path.name} came out otherwise the second time")
    return len(content)
