"""What verbs write with says the same as the models."""

from decimal import Decimal

from db import models, nouns
from db.base import Base
from db.nouns import Noun
from db.stored import to_units

NOUNS = {name: value for name, value in vars(nouns).items() if isinstance(value, Noun)}


def test_each_noun_has_the_table_the_key_and_the_defaults_of_its_model() -> None:
    for name, noun in NOUNS.items():
        table = Base.metadata.tables[noun.table]
        assert getattr(models, name).__table__ is table
        assert noun.key == tuple(column.name for column in table.primary_key)
        declared = {
            one.name: to_units(one.default.arg) if isinstance(one.default.arg, Decimal) else one.default.arg
            for one in table.columns
            if one.default is not None and one.default.is_scalar
        }
        assert dict(noun.defaults) == declared, name


def test_every_table_the_verbs_write_row_by_row_is_a_noun() -> None:
    by_statement = {"campaign_member", "import_batch", "import_image", "import_source", "store_fact", "withdrawal"}
    by_statement |= {"crm_cursor", "crm_record", "sync_job", "sync_run", "snapshot", "snapshot_due", "snapshot_row"}
    assert {noun.table for noun in NOUNS.values()} | by_statement == set(Base.metadata.tables)
