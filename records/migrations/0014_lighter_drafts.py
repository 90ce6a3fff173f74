"""What only sent responses have is indexed for them alone: to save a draft writes to four B-trees, not to seven."""

from peewee import Database
from playhouse.migrate import SchemaMigrator, migrate

INDEXES = ("response_reference", "response_slug_gmina_period", "response_follows")


def up(migrator: SchemaMigrator, db: Database) -> None:
    migrate(*(migrator.drop_index("response", name) for name in INDEXES))
    for index in (
        'UNIQUE INDEX "response_reference" ON "response" ("reference") WHERE ("reference" IS NOT NULL)',
        'INDEX "response_slug_gmina_period" ON "response" ("slug", "gmina", "period") WHERE ("gmina" IS NOT NULL)',
        'INDEX "response_follows" ON "response" ("follows") WHERE ("follows" IS NOT NULL)',
    ):
        db.execute_sql(f"CREATE {index}")


def down(migrator: SchemaMigrator, db: Database) -> None:
    migrate(
        *(migrator.drop_index("response", name) for name in INDEXES),
        migrator.add_index("response", ("reference",), unique=True),
        migrator.add_index("response", ("slug", "gmina", "period")),
        migrator.add_index("response", ("follows",)),
    )
