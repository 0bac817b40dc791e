"""The scripted day that ``dev.py run`` plays where there is no display comes to pass, and says so when it does not."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from callstation.sync.receipt import receipts
from ui import day
from ui.play import BrokenDayError, Player


def test_the_scripted_day_comes_to_pass(
    tmp_path: Path, qapp: object, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_view: dict[str, tuple[int, int]] = {}
    take = Player.picture

    def picture(player: Player, name: str) -> str:
        taken = take(player, name)
        if name in ("sync-receipt", "sync-agreed"):
            shown = player.shell.page("sync").beside.receipt.shown  # type: ignore[attr-defined]
            in_view[name] = (shown.run_id, player.shell.app.ask(receipts, limit=1)[0].run_id)
        return taken

    monkeypatch.setattr(Player, "picture", picture)
    assert day.play(tmp_path / "day") == 0
    told = capsys.readouterr().out
    assert "9 calls are in the store" in told, "ten were logged, one was taken back"
    pictures = sorted(path.name for path in (tmp_path / "day").glob("*.png"))
    assert len(pictures) == 44
    assert "6 had nothing; 4 with nothing" in " ".join(told.split()), "two get a plan, what has ended is not forgotten"
    assert "taken back in one step" in " ".join(told.split())
    filed = {path.suffix: path for path in (tmp_path / "day" / "book").rglob("* Weekly report.*")}
    assert filed[".pdf"].read_bytes().startswith(b"%PDF")
    assert "Summary" in load_workbook(filed[".xlsx"]).sheetnames
    assert [name for name in pictures if "broken" in name] == []
    assert "0 changes wait for the CRM" in told
    assert "calls: 9 here = 9 in Salesforce" in told
    assert "DIFFERS" not in told
    assert [name.split("-", 1)[1] for name in pictures if "sync" in name] == [
        "sync-signed-out.png", "sync-waiting.png", "sync-look-first.png", "sync-running.png", "sync-receipt.png",
        "sync-agreed.png",
    ]  # fmt: skip
    assert in_view == {"sync-receipt": (2, 2), "sync-agreed": (3, 3)}, "each picture has the receipt of its own sync"
    assert (tmp_path / "day" / "activities.xlsx").stat().st_size > 4000


def test_a_day_that_breaks_says_where_and_fails(
    tmp_path: Path, qapp: object, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(player: Player) -> None:
        raise BrokenDayError("the coffee was cold")

    monkeypatch.setattr(day, "_calls", broken)
    assert day.play(tmp_path / "day") == 1
    assert "the coffee was cold" in capsys.readouterr().out
