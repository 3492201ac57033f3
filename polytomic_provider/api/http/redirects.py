"""Follows a redirect only to the same server, and only for a GET."""

import httpx

from polytomic_provider.api.http.errors import RedirectRefused
from polytomic_provider.api.http.exchange import Exchange, Failure
from polytomic_provider.api.http.retries import Cause


def follow(
    request: httpx.Request, response: httpx.Response, exchange: Exchange
) -> httpx.Request | Failure:
    """Return the request to send next, or the failure why a redirect is not followed."""
    location = response.headers.get("Location", "")
    if not location:
        return refuse(exchange, "it does not say where to")
    try:
        target = request.url.join(location)
    except httpx.InvalidURL:
        return refuse(exchange, "it leads to something that is no address")
    here = request.url
    shown = exchange.clean(
        f"{target.scheme}://{target.netloc.decode('ascii')}{target.path}", longest=200
    )
    same = (target.scheme, target.host, target.port) == (here.scheme, here.host, here.port)
    if not same or target.userinfo:
        return refuse(exchange, f"it leads to {shown}, which must not get the key")
    if exchange.method != "GET":
        return refuse(exchange, f"it would send the change to {shown}")
    return httpx.Request(
        "GET", target, headers=request.headers, extensions=dict(request.extensions)
    )


def refuse(exchange: Exchange, what: str) -> Failure:
    """The failure that a redirect is not followed."""
    error = RedirectRefused(
        f"{exchange.asked}: {exchange.clean(exchange.settings.url)} answered with a redirect that "
        f"is not followed: {what}",
        hint="If that is the address of your deployment, set polytomic:url to it.",
    )
    return Failure(error, Cause.FINAL)
