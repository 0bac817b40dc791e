"""The one registry of what can be done and by which key: menus, palette, key sheet, tool tips and README."""

import sys
from dataclasses import dataclass

ANYWHERE = "anywhere"
QUOTE = "quote"
"""The quote on the desk, which has keys of its own."""
DOCUMENT, BATCH = "document", "batch"
"""A document on the desk, and a new batch on the page of documents."""
PLACES = (QUOTE, DOCUMENT, BATCH)
"""Where keys are beside the pages: sheets that take a page's keys while they are open."""
LISTS = ("desk", "callbacks", "accounts")
PIPELINE = ("pipeline", "whitespace")
"""The pipeline, and its grid of accounts by product family."""
WALKED = (*LISTS, "campaigns", "quotes", "sync", "closing", "documents", "catalogue", *PIPELINE, "forecast", "reports")
FORMS = (*WALKED, "import", "settings")


@dataclass(frozen=True, slots=True)
class Action:
    """``keys`` are alternatives in Qt's portable words (Ctrl is Cmd on macOS); ``where`` are page ids or ANYWHERE.

    With ``takes_digit`` the handler receives the digit that was pressed.
    """

    id: str
    label: str
    keys: tuple[str, ...]
    group: str
    where: tuple[str, ...]
    icon: str
    help: str
    takes_digit: bool = False
    shown: str = ""

    def is_at(self, page_id: str) -> bool:
        """Whether the action belongs to a page."""
        return ANYWHERE in self.where or page_id in self.where


def _act(
    action_id: str, label: str, keys: str, group: str, where: str | tuple[str, ...], icon: str, help_words: str
) -> Action:
    places = (where,) if isinstance(where, str) else where
    return Action(action_id, label, tuple(keys.split(" | ")) if keys else (), group, places, icon, help_words)


_DIGITS = tuple("123456789")

ACTIONS: tuple[Action, ...] = (
    _act("call", "Start or end the call", "Space", "Call", ("desk", QUOTE, DOCUMENT), "phone",
         "Dials, and starts the timer."),
    Action("log", "Log this outcome", _DIGITS, "Call", ("desk",), "list-checks",
           "Logs the call and opens the next account.", takes_digit=True, shown="1 to 9"),
    Action("log_typing", "Log this outcome while typing", tuple(f"Ctrl+{d}" for d in _DIGITS), "Call",
           ("desk", QUOTE, DOCUMENT), "list-checks", "The same, from inside the note.", takes_digit=True,
           shown="Ctrl+1 to 9"),
    _act("more_outcomes", "More outcomes", "0", "Call", "desk", "ellipsis", "All outcomes, to search in."),
    _act("back", "Go back", "Esc", "Call", (*FORMS, *PLACES), "arrow-left",
         "Leaves the note, the search or a choice."),
    _act("note", "Write the note", "N", "Call", "desk", "pencil", "Puts the caret into the note."),
    _act("snippet", "Insert a snippet", ";", "Call", "desk", "file-text", "Standard words at the caret."),
    _act("talk_point", "Tick the next talk-track point", "T", "Call", "desk", "circle-check", "Top to bottom."),
    _act("copy_number", "Copy the number", "C", "Call", ("desk", QUOTE, DOCUMENT), "copy",
         "Puts the number on the clipboard."),
    _act("next", "Next row", "J", "Lists", (*WALKED, QUOTE, DOCUMENT), "chevron-down",
         "Opens the next row of the list."),
    _act("previous", "Previous row", "K", "Lists", (*WALKED, QUOTE, DOCUMENT), "chevron-right",
         "Opens the row before."),
    _act("search", "Search the list", "/", "Lists", (*LISTS, "quotes", "catalogue", "settings", *PIPELINE), "search",
         "Account, contact or number."),
    _act("skip", "Skip", "S", "Lists", "desk", "step-forward", "Leaves the account for later; the skip is logged."),
    _act("snooze", "Snooze", "Z", "Lists", "desk", "alarm-clock", "Brings the account back later today."),
    _act("context", "Show or hide the context", "I", "Lists", ("desk", QUOTE, DOCUMENT), "panel-right",
         "Money, people, history."),
    _act("why", "Why is this account here?", "W", "Lists", "desk", "circle-question-mark", "The parts of its rank."),
    _act("plan", "The plan of this contract", "P", "Lists", "desk", "list-checks",
         "Every step counted back from the end."),
    _act("quote", "The quote of this account", "Q", "Quote", "desk", "file-text",
         "Opens it in the call, from what they own now."),
    Action("quote_option", "Choose this option", tuple("1234"), "Quote", (QUOTE,), "list-checks",
           "As is, co-term, three years, upgrade; or what is offered for a saved quote.", takes_digit=True,
           shown="1 to 4"),
    Action("quote_seats", "Type seats", (), "Quote", (QUOTE,), "pencil",
           "95, or + and - for more or fewer; Tab goes to discount and price.", shown="Enter"),
    _act("quote_discount", "Discount of this line", "D", "Quote", QUOTE, "tag", "In percent."),
    _act("quote_discount_all", "Discount of every line", "Shift+D", "Quote", QUOTE, "tag",
         "But of those with their own."),
    _act("quote_price", "Price of one unit", "P", "Quote", QUOTE, "pencil", "Where the book has none, or another."),
    _act("quote_leave_out", "Leave the line out", "X", "Quote", QUOTE, "minus", "Or take it in again."),
    _act("quote_add_on", "Add an add-on", "A", "Quote", QUOTE, "plus", "From the price book, to search in."),
    _act("quote_upgrade", "Upgrade the line", "U", "Quote", QUOTE, "chevron-up", "To another edition."),
    _act("quote_end", "Common end", "T", "Quote", QUOTE, "calendar-clock", "The day on which all contracts end."),
    _act("quote_explain", "Explain the price", "E", "Quote", QUOTE, "circle-question-mark", "The sum, step by step."),
    _act("quote_versions", "Quotes and versions", "V", "Quote", QUOTE, "history", "Every one, as it was made."),
    _act("quote_note", "Note to the customer", "N", "Quote", QUOTE, "pencil", "Printed on the quote."),
    _act("quote_reason", "Reason for the discount", "R", "Quote", QUOTE, "pencil", "For whoever approves it."),
    _act("quote_save", "Save the quote", "Ctrl+S", "Quote", QUOTE, "check", "As a draft, which can be changed."),
    _act("quote_send", "Send the quote", "Ctrl+Return", "Quote", QUOTE, "mail",
         "Saves it, makes the PDF, opens the e-mail draft; or asks for approval."),
    _act("quote_preview", "Preview the quote", "Ctrl+P", "Quote", QUOTE, "eye", "The paper, as they will see it."),
    Action("open_quote", "Open this quote", (), "Quote", ("quotes",), "tag", "On the desk, in the call.",
           shown="Enter"),
    Action("call_now", "Call this account now", (), "Lists", ("accounts", "callbacks", "closing"), "phone",
           "Opens it on the desk.", shown="Enter"),
    _act("sort", "Order by the next column", "O", "Lists", ("accounts", "pipeline"), "chevrons-up-down",
         "Name, city, end, value."),
    _act("turn_order", "Turn the order round", "Shift+O", "Lists", ("accounts", "pipeline"), "chevrons-up-down",
         "Up or down."),
    _act("edit_account", "Correct the account", "E", "Lists", "accounts", "pencil",
         "Name, address, language of its documents."),
    _act("add_person", "Add a person", "P", "Lists", "accounts", "plus", "With role, e-mail and number."),
    Action("call_campaign", "Call this campaign", (), "Lists", ("campaigns",), "phone",
           "Opens the desk with its list.", shown="Enter"),
    _act("add_campaign", "New campaign", "A", "Lists", "campaigns", "plus", "Asks for its name and kind."),
    _act("close_campaign", "Close or reopen the campaign", "X", "Lists", "campaigns", "circle-check",
         "A closed one keeps its record."),
    _act("reschedule", "Move the callback", "R", "Lists", "callbacks", "calendar-clock", "To a time that is typed."),
    _act("complete", "The callback is kept", "D", "Lists", "callbacks", "check", "Closes it as done."),
    _act("cancel", "Cancel the callback", "X", "Lists", "callbacks", "x", "Closes it as no longer owed."),
    Action("closing_step", "Tick off this closing step", tuple("12345"), "Lists", ("closing",), "list-checks",
           "2 asks for the order number; a step that is done is taken back.", takes_digit=True, shown="1 to 5"),
    _act("other_list", "The other list", "L", "Lists", ("closing", "documents", "catalogue", "forecast"),
         "chevrons-up-down", "Of the two that the page has."),
    Action("edit_price", "Type the price", (), "Catalogue", ("catalogue",), "pencil",
           "Over the old one, in its place; Tab goes on to cost and family.", shown="Enter"),
    _act("edit_cost", "Type the cost", "C", "Catalogue", "catalogue", "pencil", "What you pay; empty is unknown."),
    _act("edit_family", "Type the family", "F", "Catalogue", "catalogue", "pencil", "Shared by its editions."),
    _act("turn_kind", "Plan or add-on", "T", "Catalogue", "catalogue", "package", "What stands alone, or beside it."),
    _act("edit_product", "Change the product", "E", "Catalogue", "catalogue", "pencil", "Vendor, family, SKU, kind."),
    _act("add_price", "Add a list price", "N", "Catalogue", "catalogue", "plus", "It holds from today on."),
    _act("agree_price", "Add a contracted price", "A", "Catalogue", "catalogue", "plus", "What one account pays."),
    _act("pipeline_mark", "Mark it", "Space", "Pipeline", "pipeline", "check", "The keys then change all marked ones."),
    _act("pipeline_mark_next", "Mark and go down", "Shift+J", "Pipeline", "pipeline", "chevron-down", "Row by row."),
    _act("pipeline_mark_previous", "Mark and go up", "Shift+K", "Pipeline", "pipeline", "chevron-up", "Row by row."),
    _act("pipeline_stage", "Stage", "S", "Pipeline", "pipeline", "step-forward", "By digit; lost asks why."),
    _act("pipeline_category", "Forecast category", "C", "Pipeline", "pipeline", "star",
         "Your pick, or back to what the stage suggests."),
    _act("pipeline_date", "Close date", "D", "Pipeline", "pipeline", "calendar-clock", "Typed: fri, 15 dec, in 3 w."),
    _act("pipeline_step", "Next step", "N", "Pipeline", "pipeline", "pencil", "In a few words; empty takes it away."),
    _act("pipeline_amount", "Amount", "A", "Pipeline", "pipeline", "tag", "In its own currency."),
    _act("pipeline_contact", "Name someone", "P", "Pipeline", "pipeline", "users", "Opens the account."),
    _act("pipeline_view", "Table or board", "B", "Pipeline", "pipeline", "chart-no-axes-column", "The same list."),
    _act("pipeline_on", "On to the next stage", "Shift+Right", "Pipeline", "pipeline", "chevron-right",
         "The card on the board, or all marked ones."),
    _act("pipeline_back", "Back to the stage before", "Shift+Left", "Pipeline", "pipeline", "chevron-left",
         "The card on the board, or all marked ones."),
    _act("pipeline_alike", "Only those alike", "L", "Pipeline", PIPELINE, "funnel",
         "Same stage, month, partner, family and so on, by digit."),
    _act("pipeline_save", "Save this filter", "F", "Pipeline", "pipeline", "funnel", "By a name; a digit recalls it."),
    _act("pipeline_filters", "Change a saved filter", "Shift+F", "Pipeline", "pipeline", "funnel",
         "Rename, move or delete it."),
    Action("pipeline_digit", "Recall this filter", _DIGITS, "Pipeline", PIPELINE, "funnel",
           "Or choose what the digit stands beside.", takes_digit=True, shown="1 to 9"),
    _act("pipeline_zero", "Everything", "0", "Pipeline", PIPELINE, "funnel", "Takes every filter off."),
    _act("whitespace", "Whitespace", "W", "Pipeline", PIPELINE, "package",
         "Each account by product family: what they have, and what they could. W again goes back."),
    _act("whitespace_make", "Make growth", "M", "Pipeline", "whitespace", "plus",
         "Opens it in the pipeline; where it is open already, goes there."),
    _act("whitespace_competitor", "A competitor has it", "C", "Pipeline", "whitespace", "users", "With its name."),
    _act("whitespace_not", "Not eligible", "X", "Pipeline", "whitespace", "ban", "With the reason."),
    _act("whitespace_clear", "Take the mark off", "U", "Pipeline", "whitespace", "undo-2",
         "The contracts alone speak again."),
    Action("pipeline_open", "Open this account", (), "Pipeline", PIPELINE, "phone-call", "On the desk.",
           shown="Enter"),
    Action("forecast_digit", "Rolling, month, quarter or year", _DIGITS, "Forecast", ("forecast",), "calendar-days",
           "Or choose what the digit stands beside.", takes_digit=True, shown="1 to 4"),
    _act("forecast_later", "The period after", "Shift+Right", "Forecast", "forecast", "chevron-right", "One on."),
    _act("forecast_earlier", "The period before", "Shift+Left", "Forecast", "forecast", "chevron-left", "One back."),
    Action("forecast_open", "Open what is in this cell", (), "Forecast", ("forecast",), "list-checks",
           "Its contracts; from there, Enter goes to the desk.", shown="Enter"),
    _act("forecast_explain", "Explain the figures", "E", "Forecast", "forecast", "circle-question-mark",
         "Formula, period and count of each; arrows walk them."),
    _act("forecast_quota", "Quota", "Q", "Forecast", "forecast", "pencil", "Of the month, quarter or year in hand."),
    _act("forecast_adjust", "Adjust this cell", "N", "Forecast", "forecast", "pencil", "By an amount, with a note."),
    _act("forecast_overdue", "What was expected before", "O", "Forecast", "forecast", "alarm-clock",
         "And is still open."),
    _act("forecast_bridge", "Bridge: what moved", "B", "Forecast", "forecast", "git-compare",
         "Between two snapshots, each move with its contract and activity; B again leaves it."),
    _act("forecast_accuracy", "Accuracy", "A", "Forecast", "forecast", "history", "Of the commit forecast, by period."),
    _act("forecast_measure", "Bridge of what", "M", "Forecast", "forecast", "list-checks", "Commit, open pipeline."),
    _act("forecast_from", "Bridge from when", "S", "Forecast", "forecast", "calendar-days", "Which snapshot."),
    _act("forecast_to", "Bridge until when", "U", "Forecast", "forecast", "calendar-days", "Or now."),
    _act("forecast_table", "Chart as a table", "T", "Forecast", "forecast", "list-checks", "And as a chart again."),
    _act("forecast_pipeline", "Open this in the pipeline", "P", "Forecast", "forecast", "chart-no-axes-column",
         "To change it there."),
    Action("reports_digit", "Figures, retention or coverage", _DIGITS, "Reports", ("reports",), "newspaper",
           "Or choose what the digit stands beside.", takes_digit=True, shown="1 to 3"),
    _act("reports_period", "Period", "P", "Reports", "reports", "calendar-days", "Day, week, month, quarter or year."),
    _act("reports_later", "The period after", "Shift+Right", "Reports", "reports", "chevron-right", "Up to today."),
    _act("reports_earlier", "The period before", "Shift+Left", "Reports", "reports", "chevron-left", "One back."),
    _act("reports_explain", "Explain the figures", "E", "Reports", "reports", "circle-question-mark",
         "Formula, period and count of each; Enter opens its list."),
    _act("reports_cut", "Cut by, or another list", "B", "Reports", "reports", "list-checks",
         "Retention by period, product, partner, segment; what coverage lists."),
    _act("reports_became", "Late, lost and why", "L", "Reports", "reports", "list-checks",
         "What became of the contracts of a row; Enter opens each."),
    _act("reports_table", "Charts as tables", "T", "Reports", "reports", "list-checks", "And as charts again."),
    _act("reports_file", "File a report", "X", "Reports", "reports", "download",
         "Day sheet or weekly report, as PDF or XLSX."),
    _act("print_page", "Print this page", "Ctrl+P", "Reports", ("forecast", "reports"), "file-text",
         "As a PDF with your letterhead, filed and opened in the system's viewer, which prints it."),
    _act("export_table", "Export this table", "Ctrl+E", "Reports", ("forecast", "reports"), "file-spreadsheet",
         "The one in hand, as XLSX or CSV: grid, moves, retention, what coverage lists."),
    _act("document", "Make a document", "L", "Documents", "desk", "file-text",
         "A letter, an agreement, a call sheet: looked at, made and filed in the call."),
    Action("pick_document", "Choose this document", _DIGITS, "Documents", (DOCUMENT, BATCH), "list-checks",
           "The letter of this moment is 1.", takes_digit=True, shown="1 to 9"),
    _act("document_format", "Next format", "F", "Documents", (DOCUMENT, BATCH), "file-spreadsheet",
         "PDF, Word, e-mail draft."),
    _act("document_language", "Next language", "L", "Documents", (DOCUMENT, BATCH), "message-square",
         "Else it is the customer's."),
    _act("document_contract", "Next contract", "Shift+C", "Documents", DOCUMENT, "tag", "Which one it is about."),
    _act("make_document", "Make and file it", "Return", "Documents", DOCUMENT, "check",
         "Or go where the missing field is filled in."),
    _act("document_preview", "Look at it larger", "Ctrl+P", "Documents", DOCUMENT, "eye", "Over the whole window."),
    _act("edit_words", "Edit the words", "Ctrl+E", "Documents", DOCUMENT, "pencil",
         "Your own copy of the letter; saved, the page follows."),
    _act("open_made", "Open what was made", "O", "Documents", (DOCUMENT, "documents"), "external-link",
         "The file, or a batch's folder; Enter in the list."),
    _act("open_folder", "Open its folder", "Shift+O", "Documents", (DOCUMENT, "documents"), "external-link",
         "Where it is filed."),
    _act("add_batch", "New batch", "A", "Documents", "documents", "plus", "The same letter to many, looked at first."),
    _act("resume_batch", "Go on, or make again", "R", "Documents", "documents", "play",
         "A batch that was stopped or blocked; a file that is missing."),
    _act("open_index", "Open the index sheet", "I", "Documents", "documents", "file-spreadsheet",
         "What became of each document of a batch."),
    _act("next_page", "Next of the ten", "N", "Documents", BATCH, "chevron-right", "With the real data of each."),
    _act("previous_page", "The one before", "P", "Documents", BATCH, "chevron-left", "Of the ten."),
    _act("batch_tab", "Preview or blocked", "B", "Documents", BATCH, "triangle-alert", "Those that cannot be made."),
    _act("make_batch", "Make the batch", "Ctrl+Return", "Documents", BATCH, "check", "It can be stopped and gone on."),
    Action("mend", "Mend this in the first or second way", tuple("123456789"), "Sync", ("sync",), "list-checks",
           "What its buttons say; picks a person where one is asked for.", takes_digit=True, shown="1 or 2"),
    _act("edit_change", "Edit this change", "E", "Sync", "sync", "pencil", "Corrects what is sent, and lets it go."),
    _act("hold_change", "Hold or release this change", "H", "Sync", "sync", "pause", "A held one stays until then."),
    _act("drop_change", "Keep this change on this computer", "X", "Sync", "sync", "x", "Salesforce does not hear."),
    _act("look_first", "Look first", "D", "Sync", "sync", "eye", "What the next sync would send, without sending."),
    _act("retry_all", "Try all again", "R", "Sync", "sync", "redo-2", "Everything that was refused."),
    _act("create_all", "Create all accounts in Salesforce", "A", "Sync", "sync", "building-2",
         "Those that changes wait for."),
    _act("export_sync_log", "Export the sync log", "L", "Sync", "sync", "download", "Receipts and outbox as CSV."),
    _act("sign_in", "Sign in", "I", "Sync", "sync", "cloud", "By Salesforce's own page in your browser."),
    _act("sign_out", "Sign out", "O", "Sync", "sync", "cloud-off", "Throws the key away; the book stays."),
    _act("admin_text", "What my admin must do", "W", "Sync", "sync", "file-text", "A letter to your Salesforce admin."),
    _act("copy_admin_text", "Copy the text for my admin", "C", "Sync", "sync", "copy", "To send it."),
    _act("practise_sync", "Practise syncing", "P", "Sync", "sync", "graduation-cap",
         "With an org of its own, in the made-up book."),
    _act("sync_now", "Sync now", "Ctrl+Shift+S", "Anywhere", ANYWHERE, "refresh-cw",
         "Sends what waits and reads what changed; you can go on calling."),
    _act("go_desk", "Go to the desk", "G, D", "Go to", ANYWHERE, "phone-call", "Today's calls."),
    _act("go_callbacks", "Go to callbacks", "G, C", "Go to", ANYWHERE, "calendar-clock", "Promised calls by time."),
    _act("go_accounts", "Go to accounts", "G, A", "Go to", ANYWHERE, "building-2", "Everyone, with their history."),
    _act("go_campaigns", "Go to campaigns", "G, P", "Go to", ANYWHERE, "megaphone", "Each a reason to call."),
    _act("go_documents", "Go to documents", "G, L", "Go to", ANYWHERE, "file-text", "Batches, and what was made."),
    _act("go_catalogue", "Go to the catalogue", "G, K", "Go to", ANYWHERE, "package", "Products and what they cost."),
    _act("go_closing", "Go to closing", "G, O", "Go to", ANYWHERE, "list-checks", "What is left to do, and late ones."),
    _act("go_pipeline", "Go to the pipeline", "G, I", "Go to", ANYWHERE, "chart-no-axes-column",
         "What is open, by stage, to change and to forecast."),
    _act("go_forecast", "Go to the forecast", "G, F", "Go to", ANYWHERE, "calendar-days", "What will be won by when."),
    _act("go_reports", "Go to the reports", "G, R", "Go to", ANYWHERE, "newspaper",
         "Figures, retention, coverage."),
    _act("go_quotes", "Go to quotes", "G, Q", "Go to", ANYWHERE, "tag", "By where they stand, to search in."),
    _act("go_sync", "Go to sync", "G, S", "Go to", ANYWHERE, "refresh-cw", "What waits for Salesforce."),
    _act("go_import", "Import a list", "Ctrl+O", "Go to", ANYWHERE, "file-spreadsheet", "CSV, Excel or pasted rows."),
    _act("go_settings", "Settings", "Ctrl+,", "Go to", ANYWHERE, "settings", "Looks, calls, day and queue."),
    _act("import_list", "Choose a file to import", "I", "Go to", ("welcome", "import"), "file-spreadsheet",
         "CSV, Excel or pasted rows."),
    _act("connect", "Connect Salesforce", "S", "Go to", "welcome", "cloud", "Sign in once, by your browser."),
    _act("paste_rows", "Paste rows to import", "Ctrl+V", "Go to", "import", "copy", "Rows copied from a sheet."),
    _act("turn_list", "Contracts or prices", "L", "Go to", "import", "chevrons-up-down",
         "Takes the list as the other sort."),
    _act("merge", "Merge the list", "Ctrl+Return", "Go to", "import", "check", "Saves what the preview shows."),
    _act("practise", "Practise with sample accounts", "", "Go to", ANYWHERE, "graduation-cap",
         "Opens the made-up book, a store of its own."),
    _act("own_book", "Back to my own accounts", "", "Go to", ANYWHERE, "book-user", "Leaves the made-up book."),
    _act("palette", "Commands", "Ctrl+K", "Anywhere", ANYWHERE, "search", "Commands, accounts, contacts, numbers."),
    _act("keys", "Shortcuts", "?", "Anywhere", ANYWHERE, "keyboard", "This list of keys."),
    _act("undo", "Undo", "Ctrl+Z", "Anywhere", ANYWHERE, "undo-2", "Takes the last action back, many steps deep."),
    _act("redo", "Redo", "Ctrl+Shift+Z", "Anywhere", ANYWHERE, "redo-2", "Does what was undone again."),
    _act("quit", "Quit", "Ctrl+Q", "Anywhere", ANYWHERE, "x", "Everything is saved already."),
)  # fmt: skip

_BY_ID = {action.id: action for action in ACTIONS}
_MAC_CAPS = {"Ctrl": "⌘", "Shift": "⇧", "Alt": "⌥"}


def action(action_id: str) -> Action:
    """The action of an id; KeyError for a name that is not registered."""
    return _BY_ID[action_id]


def caps(keys: str) -> tuple[str, ...]:
    """The key caps of one key sequence, as this system prints them: ``Ctrl+K`` -> (Ctrl, K), ``G, D`` -> (G, D)."""
    names: list[str] = []
    for stroke in keys.split(", "):
        names += stroke.split("+") if len(stroke) > 1 else [stroke]
    if sys.platform == "darwin":
        names = [_MAC_CAPS.get(name, name) for name in names]
    return tuple("↵" if name == "Return" else name for name in names)


def caps_of(action_id: str) -> tuple[str, ...]:
    """The key caps of an action's first key, or none."""
    found = _BY_ID[action_id]
    return caps(found.keys[0]) if found.keys else ()


def tool_tip(action_id: str) -> str:
    """``Commands (Ctrl K)``."""
    found = _BY_ID[action_id]
    shown = " ".join(caps(found.shown)) if found.shown else " ".join(caps_of(action_id))
    return f"{found.label} ({shown})" if shown else found.label


def groups(page_id: str | None = None) -> dict[str, list[Action]]:
    """Actions by group in their order; those of one page and of everywhere if ``page_id`` is given."""
    found: dict[str, list[Action]] = {}
    for item in ACTIONS:
        if page_id is None or item.is_at(page_id):
            found.setdefault(item.group, []).append(item)
    return found


def readme_table() -> str:
    """The table of keys for the README, in Markdown."""
    rows = ["| keys | action | what it does | where |", "|---|---|---|---|"]
    for item in ACTIONS:
        shown = item.shown or " or ".join(item.keys)
        if shown:
            where = "everywhere" if ANYWHERE in item.where else ", ".join(item.where)
            rows.append(f"| `{shown.replace(', ', ' ')}` | {item.label} | {item.help} | {where} |")
    return "\n".join(rows) + "\n"
