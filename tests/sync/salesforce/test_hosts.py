"""Where Callstation signs in: Salesforce by https, this computer by http, nothing else."""

import pytest

from callstation.errors import UserError
from callstation.sync.salesforce.hosts import PRACTICE, PRODUCTION, SANDBOX, host_of, is_loopback, refuse_unsafe


@pytest.mark.parametrize(
    ("words", "host"),
    [
        ("production", PRODUCTION),
        ("Sandbox", SANDBOX),
        ("practice", PRACTICE),
        ("https://login.salesforce.com/", PRODUCTION),
        ("test.salesforce.com", SANDBOX),
        ("https://acme.my.salesforce.com", "https://acme.my.salesforce.com"),
        (" HTTPS://Acme.My.Salesforce.com/lightning/page/home ", "https://acme.my.salesforce.com"),
        ("acme--uat.sandbox.my.salesforce.com", "https://acme--uat.sandbox.my.salesforce.com"),
        ("acme-dev-ed.develop.my.salesforce.com", "https://acme-dev-ed.develop.my.salesforce.com"),
        ("https://acme.lightning.force.com/lightning/o/Account/list", "https://acme.my.salesforce.com"),
        ("https://acme--uat.sandbox.my.salesforce-setup.com/x", "https://acme--uat.sandbox.my.salesforce.com"),
        ("https://base.my.salesforce.mil", "https://base.my.salesforce.mil"),
        ("http://127.0.0.1:8117", "http://127.0.0.1:8117"),
        ("http://localhost:9/", "http://localhost:9"),
        ("http://[::1]:9", "http://[::1]:9"),
    ],
)
def test_a_sign_in_address_is_understood(words: str, host: str) -> None:
    assert host_of(words) == host


@pytest.mark.parametrize(
    "words",
    [
        "",
        "acme",
        "http://login.salesforce.com",
        "http://acme.my.salesforce.com",
        "https://acme.my.salesforce.com.evil.com",
        "https://evil.com/acme.my.salesforce.com",
        "https://evil.com?.my.salesforce.com",
        "https://evil.com#.my.salesforce.com",
        "https://acme.my.salesforce.com@evil.com",
        "https://evil@acme.my.salesforce.com",
        "https://acme.my.salesforce.com:8443",
        "https://my.salesforce.com",
        "https://acmemy.salesforce.com",
        "https://-acme.my.salesforce.com",
        "https://acme..my.salesforce.com",
        "https://acme\n.my.salesforce.com.evil",
        "http://127.0.0.1",
        "http://127.0.0.1.evil.com:80",
        "http://user@127.0.0.1:8117",
        "http://192.168.1.4:8117",
        "https://127.0.0.1:8117",
        "http://127.0.0.1:99999",
        "http://[::1",
        "file:///etc/passwd",
    ],
)
def test_anything_else_is_no_salesforce_address(words: str) -> None:
    with pytest.raises(UserError, match="no Salesforce address"):
        host_of(words)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://localhost:1/x", "http://[::1]:1", "https://a.b/c"])
def test_https_and_this_computer_are_safe(url: str) -> None:
    refuse_unsafe(url)


@pytest.mark.parametrize("url", ["http://a.b", "ftp://a.b", "//a.b", "", "https://", "http://127.0.0.1.evil.com"])
def test_a_token_never_goes_where_it_could_be_read(url: str) -> None:
    assert not is_loopback(url)
    with pytest.raises(UserError, match="not be encrypted"):
        refuse_unsafe(url)
