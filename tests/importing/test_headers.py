"""The columns of German and French lists are found by their headers."""

import pytest

from callstation.accounts.importing.fields import Field, header_key
from callstation.accounts.importing.lexicon import CONTRACTS, is_known_header

WORDS = {
    Field.CONTRACT_NO: "Vertragsnr.|Vertragsnummer|Vertrag|N° de contrat|Nº de contrat|Numéro de contrat|Contrat",
    Field.CUSTOMER: "Endkunde|Kunde|Firma|Kundenname|Client|Client final",
    Field.RESELLER: "Händler|Wiederverkäufer|Partner|Revendeur",
    Field.DISTRIBUTOR: "Distributor|Distributeur",
    Field.PRODUCT: "Produkt|Artikel|Produit",
    Field.QUANTITY: "Menge|Anzahl|Lizenzen|Quantité",
    Field.START: "Beginn|Startdatum|Vertragsbeginn|Date de début",
    Field.END: (
        "Ende|Enddatum|Ablauf|Ablaufdatum|Vertragsende|Gültig bis|Date de fin|Échéance|Date d'échéance|Expiration"
    ),
    Field.VALUE: "Wert|Betrag|Preis|Umsatz|Montant|Valeur",
    Field.CURRENCY: "Währung|Devise",
    Field.CONTACT: "Ansprechpartner|Kontakt|Contact",
    Field.EMAIL: "E-Mail|E-Mail-Adresse|Courriel",
    Field.PHONE: "Telefon|Tel.|Rufnummer|Téléphone",
    Field.STREET: "Straße|Strasse|Straße und Hausnummer|Anschrift|Adresse|Rue|Adresse postale",
    Field.STREET_2: "Adresszusatz|Complément d'adresse",
    Field.CITY: "Ort|Stadt|Ville",
    Field.POSTAL_CODE: "PLZ|Code postal",
    Field.COUNTRY: "Land|Pays",
    Field.ORDER_NO: "Bestellnummer|N° de commande",
    Field.NOTES: "Bemerkung|Remarque",
}


@pytest.mark.parametrize(
    ("field", "header"), [(item, word) for item, words in WORDS.items() for word in words.split("|")]
)
def test_a_german_or_french_header_is_known(field: Field, header: str) -> None:
    assert CONTRACTS.exact.get(header_key(header)) is field
    assert CONTRACTS.exact.get(header_key(header.upper())) is field
    assert is_known_header(header)
