"""What the Salesforce admin of a company must set up once, in the words to send to him."""

from callstation.sync.salesforce.hosts import is_loopback

CLIENT_ID = "callstation"
"""Any practice org knows it. A company's own Salesforce gives its own: the consumer key of the app below."""
PORTS = (17171, 27171, 37171)
CALLBACKS = tuple(f"http://localhost:{port}/OauthRedirect" for port in PORTS)
"""Salesforce compares them letter by letter, so all three are registered and the first free port is taken."""
SCOPES = "api refresh_token"
KEY_FIELD = "Callstation_Key__c"

ADMIN_TEXT = f"""\
Hello,

I use Callstation, a call desk on my own computer, and would like it to sync with our
Salesforce as me: it sees and changes only what I may see and change. For that it needs
two things from you, about ten minutes together.

1. An External Client App (Setup > External Client App Manager > New External Client App)
   - Name: Callstation. Distribution state: Local. OAuth enabled.
   - Callback URLs, one a line, exactly so:
       {CALLBACKS[0]}
       {CALLBACKS[1]}
       {CALLBACKS[2]}
   - OAuth scopes: "Manage user data via APIs (api)" and
     "Perform requests at any time (refresh_token, offline_access)". No others.
   - Require Proof Key for Code Exchange (PKCE): on. Require secret for the web server
     flow and for the refresh token flow: both off (a program on a desktop cannot keep a
     secret). Refresh token rotation: on, if you like.
   - Policies: permitted users "Admin approved users are pre-authorized", and my profile
     or permission set added.
   Then please send me its consumer key (it is no secret).

2. A field that keeps a call from being entered twice (recommended)
   - On Activity, Contact, Opportunity and Account, and on Quote and Quote Line Item
     (Opportunity Product where you have no quotes): {KEY_FIELD}, Text (36),
     External ID, Unique (case-insensitive), visible and editable for my profile; it need
     not be on a page layout.
   Without this field everything works too: calls are then marked in the standard field
   Task.CallObject, and after a broken connection Callstation looks for that mark before
   it sends again.

Nothing else is installed in Salesforce, and no password is stored. Thank you!
"""


def needs_client_id(host: str, client_id: str) -> bool:
    """Whether a host wants the consumer key of a company's own app, and none was given."""
    return client_id == CLIENT_ID and not is_loopback(host)
