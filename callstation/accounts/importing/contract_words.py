"""The header dictionary of lists of contracts (trade.md), in English, German and French."""

from callstation.accounts.importing.fields import Field

CONTRACT_WORDS: dict[Field, tuple[str, ...]] = {
    Field.CONTRACT_NO: (
        "contract number", "contract no", "contract nr", "contract id", "contract", "agreement id", "agreement no",
        "agreement number", "agreement", "licence id", "license id", "licence number", "license number", "licence key",
        "license key", "subscription id", "subscription number", "subscription no", "subscription", "entitlement id",
        "entitlement number", "piid", "award id", "serial number", "vertragsnummer", "vertragsnr", "vertrag nr",
        "vertrag", "numero de contrat", "n de contrat", "no de contrat", "n contrat", "no contrat", "contrat",
    ),
    Field.CUSTOMER: (
        "end customer", "end customer name", "end user", "end user name", "end user company", "account name",
        "account", "company", "company name", "customer", "customer name", "client", "client name", "organization",
        "organisation", "recipient", "entity name", "licensee", "endkunde", "endkundenname", "kunde",
        "kundenname", "firma", "firmenname", "client final", "nom du client", "societe",
    ),
    Field.ACCOUNT_ID: ("account id", "customer id", "account sfid", "account record id", "account 18 id"),
    Field.RESELLER: (
        "reseller", "reseller name", "partner", "partner name", "partner account", "channel partner", "sold to",
        "sold to name", "var", "dealer", "sold through", "wiederverkaufer", "handler", "revendeur", "partenaire",
    ),
    Field.DISTRIBUTOR: (
        "distributor", "distributor name", "disti", "wholesaler", "distribution", "grossiste", "distributeur",
    ),
    Field.VENDOR: ("vendor", "vendor name", "publisher", "manufacturer", "brand", "hersteller", "editeur"),
    Field.PRODUCT: (
        "product", "product name", "product description", "offer", "offer name", "plan", "plan name", "edition",
        "offering", "item", "item description", "product service desc", "service", "solution", "description", "produkt",
        "artikel", "produit", "article",
    ),
    Field.SKU: ("sku", "part number", "part no", "material", "material number", "product code", "item number", "mpn"),
    Field.QUANTITY: (
        "quantity", "qty", "seats", "seat count", "licences", "licenses", "license count", "users", "user count",
        "nodes", "units", "number of seats", "number of users", "no of licenses", "menge", "anzahl", "lizenzen",
        "quantite", "qte",
    ),
    Field.START: (
        "start", "start date", "starts on", "contract start", "contract start date", "begin date", "effective date",
        "date effective", "coverage start", "valid from", "subscription start date", "start on", "beginn",
        "startdatum", "vertragsbeginn", "gultig ab", "gultig von", "date de debut", "debut",
    ),
    Field.END: (
        "end", "end date", "ends on", "expiry", "expiry date", "expiration", "expiration date", "expires", "expires on",
        "coverage end", "contract end", "contract end date", "date complete", "completion date", "valid to",
        "valid until", "renewal date", "renewal due date", "subscription end date", "term end", "end on", "ablauf",
        "ablaufdatum", "vertragsende", "laufzeitende", "ende", "enddatum", "gultig bis", "date de fin",
        "date de fin de contrat", "date d echeance", "echeance", "date d expiration", "fin",
    ),
    Field.VALUE: (
        "value", "renewal value", "renewal amount", "contract value", "list price", "net price", "amount", "acv", "arr",
        "annual value", "total price", "total value", "price", "net value", "extended price", "betrag", "wert",
        "preis", "umsatz", "montant", "montant ht", "valeur", "prix",
    ),
    Field.CURRENCY: ("currency", "currency code", "curr", "iso currency", "wahrung", "devise"),
    Field.CONTACT: (
        "contact", "contact name", "contact person", "full name", "primary contact", "end user contact",
        "customer contact", "ansprechpartner", "kontakt", "kontaktperson", "attention", "contact client",
    ),
    Field.FIRST_NAME: ("first name", "given name", "contact first name", "vorname", "prenom"),
    Field.LAST_NAME: ("last name", "surname", "family name", "contact last name", "nachname"),
    Field.ROLE: ("role", "title", "job title", "position", "contact title", "function"),
    Field.EMAIL: (
        "email", "e mail", "email address", "mail", "contact email", "e mail address", "end user email",
        "e mail adresse", "courriel", "adresse e mail",
    ),
    Field.PHONE: (
        "phone", "phone number", "phone no", "telephone", "tel", "tel no", "business phone", "work phone",
        "contact phone", "direct phone", "direct dial", "main phone", "switchboard", "telefon", "telefonnummer",
        "telefonnr", "rufnummer", "numero de telephone",
    ),
    Field.MOBILE: ("mobile", "mobile phone", "mobile number", "cell", "cell phone", "handy", "mobil", "portable"),
    Field.STREET: (
        "street", "address", "street address", "address line 1", "address line", "address 1", "street 1",
        "billing street", "billing address", "mailing street", "mailing address", "ship to street", "ship to address",
        "postal address", "strasse", "str", "strasse hausnummer", "strasse und hausnummer", "strasse nr",
        "strasse und nr", "anschrift", "adresse", "rue", "adresse 1", "adresse ligne 1", "adresse postale", "voie",
    ),
    Field.STREET_2: (
        "street 2", "address line 2", "address 2", "street address 2", "street line 2", "suite", "strasse 2",
        "adresszusatz", "adresse 2", "adresse ligne 2", "complement d adresse",
    ),
    Field.CITY: ("city", "town", "billing city", "ship to city", "ort", "stadt", "ville"),
    Field.STATE: (
        "state", "province", "state province", "billing state province", "region", "county", "bundesland",
    ),
    Field.POSTAL_CODE: (
        "postal code", "zip", "zip code", "zip postal code", "post code", "postcode", "billing zip postal code", "plz",
        "postleitzahl", "code postal",
    ),
    Field.COUNTRY: ("country", "country code", "billing country", "country region", "land", "pays"),
    Field.SEGMENT: ("segment", "industry", "customer segment", "tier", "branche"),
    Field.ORDER_NO: (
        "po", "po number", "po no", "purchase order", "order", "order number", "order no", "bestellnummer", "bestellnr",
        "auftragsnummer", "n de commande", "no de commande", "numero de commande",
    ),
    Field.STATUS: ("status", "contract status", "renewal status", "state of contract", "stage"),
    Field.NOTES: (
        "notes", "note", "comment", "comments", "remarks", "bemerkung", "bemerkungen", "memo", "remarque",
        "commentaire",
    ),
}  # fmt: skip
