"""The header dictionary of price lists, in English, German and French."""

from callstation.accounts.importing.fields import Field

PRICE_WORDS: dict[Field, tuple[str, ...]] = {
    Field.EDITION: ("edition", "edition name", "product edition", "variant", "variante"),
    Field.PRODUCT: (
        "product", "product name", "item", "item name", "plan", "plan name", "offer", "offer name",
        "subscription", "service", "article", "artikel", "artikelbezeichnung", "bezeichnung", "produkt", "produktname",
        "produit", "designation", "libelle", "sku title", "product title", "edition", "item description",
        "product description", "description",
    ),
    Field.SKU: (
        "sku", "sku id", "part number", "part no", "part", "product code", "item number", "item no", "item code",
        "material", "material number", "mpn", "artikelnummer", "artikelnr", "bestellnummer", "reference", "ref",
        "sku no", "sku number", "product number", "product no", "article number", "article no", "article code",
        "artikel nr", "artikel no", "artikel nummer", "art nr", "art no", "bestellnr", "bestell nr", "produktnummer",
        "produkt nr", "material no", "materialnummer", "numero d article", "no d article", "code article",
    ),
    Field.VENDOR: (
        "vendor", "vendor name", "publisher", "manufacturer", "brand", "supplier", "hersteller", "anbieter", "editeur",
        "fabricant", "fournisseur",
    ),
    Field.FAMILY: (
        "family", "product family", "product line", "product group", "category", "produktfamilie", "produktgruppe",
        "warengruppe", "famille", "gamme",
    ),
    Field.KIND: (
        "kind", "type", "product type", "item type", "kind of product", "art", "produktart", "produkttyp",
        "type d offre",
    ),
    Field.PRICE: (
        "price", "list price", "unit price", "price per unit", "msrp", "rrp", "srp", "erp price", "retail price",
        "annual price", "yearly price", "price per year", "monthly price", "price per month", "price per user",
        "price per seat", "list", "net price", "preis", "listenpreis", "uvp", "einzelpreis", "stuckpreis",
        "jahrespreis", "monatspreis", "prix", "prix unitaire", "prix public", "prix catalogue", "tarif",
    ),
    Field.COST: (
        "cost", "unit cost", "cost price", "buy price", "buying price", "purchase price", "partner price",
        "reseller price", "dealer price", "our cost", "our price", "ek", "ek preis", "einkaufspreis",
        "handlereinkaufspreis", "hek", "cout", "prix d achat", "prix revendeur",
    ),
    Field.CURRENCY: ("currency", "currency code", "curr", "iso currency", "wahrung", "devise"),
    Field.UNIT: (
        "unit", "unit of measure", "uom", "per", "price unit", "licensing metric", "metric", "einheit", "mengeneinheit",
        "unite",
    ),
    Field.PERIOD: (
        "period", "billing period", "billing cycle", "billing frequency", "billing plan", "billing", "term",
        "term duration", "term length", "subscription term", "duration", "interval", "month or year", "laufzeit",
        "abrechnungszeitraum", "abrechnung", "zeitraum", "periode", "duree", "facturation",
    ),
    Field.MIN_QUANTITY: (
        "min quantity", "minimum quantity", "min qty", "minimum qty", "from quantity", "quantity from",
        "quantity break", "qty break", "price break", "volume", "volume tier", "tier", "band", "quantity band",
        "min seats", "minimum seats", "quantity range", "quantity", "qty", "staffel", "staffelmenge", "ab menge",
        "mindestmenge", "menge", "quantite minimum", "quantite min", "a partir de", "quantite",
    ),
    Field.VALID_FROM: (
        "valid from", "effective from", "effective date", "effective start date", "effective", "price date",
        "price valid from", "start date", "starts on", "from date", "as of", "created at", "date", "gultig ab",
        "gultig von", "preis gultig ab", "stand", "valable a partir du", "date d effet", "date de debut",
    ),
    Field.VALID_TO: (
        "valid to", "valid until", "valid through", "effective to", "effective end date", "price valid to", "end date",
        "ends on", "to date", "expires", "expiry date", "gultig bis", "preis gultig bis", "valable jusqu au",
        "date de fin",
    ),
    Field.CUSTOMER: (
        "customer", "customer name", "end customer", "end customer name", "end user", "client", "client name",
        "account", "account name", "kunde", "kundenname", "endkunde", "client final", "nom du client",
    ),
    Field.NOTES: ("notes", "note", "comment", "comments", "remarks", "bemerkung", "remarque", "commentaire"),
}  # fmt: skip
