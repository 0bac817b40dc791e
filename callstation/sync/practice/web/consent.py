"""The page a person allows or denies a sign-in on; plain HTML that runs nothing."""

from collections.abc import Mapping
from html import escape

from callstation.sync.practice.web.call import Reply

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;background:#eef1f5;color:#1c2733;margin:0;display:grid;min-height:100vh;
place-items:center}
main{background:#fff;max-width:26rem;margin:1rem;padding:2rem 2.25rem;border-radius:12px;box-shadow:0 1px 4px #0002}
h1{font-size:1.25rem;margin:0 0 .75rem}p{margin:.5rem 0}.small{color:#566472;font-size:.875rem}
ul{padding-left:1.2rem}form{display:flex;gap:.75rem;margin-top:1.5rem}
button{font:inherit;padding:.55rem 1.4rem;border-radius:8px;border:1px solid #9aa7b4;background:#fff;cursor:pointer}
button.main{background:#0b5cab;border-color:#0b5cab;color:#fff}button:focus-visible{outline:3px solid #7db3ea}
"""
_WORDS = {
    "api": "read and change the records you may see",
    "refresh_token": "stay signed in until you revoke it",
    "offline_access": "stay signed in until you revoke it",
    "openid": "know who you are",
    "id": "know who you are",
    "profile": "know who you are",
    "web": "open the org in a browser",
    "full": "do all that you may do",
}


def consent_page(*, client_id: str, username: str, scope: str, hidden: Mapping[str, str]) -> Reply:
    """Allow and Deny; ``hidden`` goes back with the choice."""
    wishes = dict.fromkeys(_WORDS.get(one, one) for one in scope.split())
    fields = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(text)}">' for name, text in hidden.items()
    )
    return _page(
        "Allow access?",
        f"<p>The app <b>{escape(client_id)}</b> asks to</p>"
        f"<ul>{''.join(f'<li>{escape(wish)}</li>' for wish in wishes)}</ul>"
        f"<p class=small>Signed in as {escape(username)} in the Callstation practice org. Nothing here is real.</p>"
        f'<form method="post" action="/services/oauth2/authorize">{fields}'
        '<button class="main" name="decision" value="allow">Allow</button>'
        '<button name="decision" value="deny">Deny</button></form>',
        200,
    )


def error_page(code: str, description: str) -> Reply:
    """A sign-in that cannot even be sent back."""
    words = f"<p>error={escape(code)}</p><p class=small>error_description={escape(description)}</p>"
    return _page("This sign-in cannot go on", words, 400)


def _page(title: str, body: str, status: int) -> Reply:
    text = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title} · practice org</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{title}</h1>{body}</main></body></html>"
    )
    return Reply(status, text.encode(), dict(_HEADERS), "text/html;charset=UTF-8")
