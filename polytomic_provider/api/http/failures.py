"""Translates httpx's exceptions into errors that say why a request got no reply."""

import re
import ssl
from collections.abc import Iterator
from socket import gaierror

import httpx

from polytomic_provider.api.http.client import CONNECT_SECONDS, uses_proxy
from polytomic_provider.api.http.durations import show_duration
from polytomic_provider.api.http.errors import (
    ConnectionDropped,
    ProxyFailure,
    TimedOut,
    TLSFailure,
    TransportError,
    UnexpectedReply,
    Unreachable,
)
from polytomic_provider.api.http.exchange import Exchange, Failure
from polytomic_provider.api.http.retries import Cause


def explain(error: httpx.HTTPError, exchange: Exchange, *, limit: float) -> Failure:
    """Turn an exception of httpx into a failure.

    Args:
        error: What httpx raised.
        exchange: What was asked.
        limit: Seconds that the request was given.
    """
    if isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout):
        return _no_connection_in_time(error, exchange, min(limit, CONNECT_SECONDS))
    if isinstance(error, httpx.TimeoutException):
        return _no_reply_in_time(exchange, limit)
    if isinstance(error, httpx.ProxyError):
        return _proxy(error, exchange)
    if isinstance(error, httpx.ConnectError):
        return _not_connected(error, exchange)
    if isinstance(error, httpx.LocalProtocolError | httpx.UnsupportedProtocol):
        reason = exchange.clean(str(error), longest=200)
        final = TransportError(f"{exchange.asked}: the request could not be sent: {reason}")
        return Failure(final, Cause.FINAL)
    dropped = ConnectionDropped(
        f"{exchange.asked}: the connection to {_host(exchange)} ended before the whole reply "
        f"was there ({_reason(error, exchange)})",
        arrived=True,
    )
    return Failure(dropped, Cause.DROPPED)


def too_large(exchange: Exchange, most: int) -> Failure:
    """The reply is larger than any of Polytomic's."""
    error = UnexpectedReply(
        f"{exchange.asked}: the reply of {_host(exchange)} is larger than {most // 1024**2} MB",
        hint="Look at what answers there; a list of the API is sent in pages.",
        arrived=True,
    )
    return Failure(error, Cause.FINAL)


def _no_reply_in_time(exchange: Exchange, limit: float) -> Failure:
    """The connection stands, but the whole reply did not come in `limit` seconds."""
    if limit < exchange.settings.request_timeout:
        name = "what was left of the operation's time"
        setting = "polytomic:operationTimeout or the resource's custom timeout"
    else:
        name = setting = "polytomic:requestTimeout"
    error = TimedOut(
        f"{exchange.asked}: no whole reply from {_host(exchange)} within {show_duration(limit)} "
        f"({name})",
        hint=f"Run again; if Polytomic is only slow, raise {setting}.",
        arrived=True,
    )
    return Failure(error, Cause.SILENT)


def _no_connection_in_time(error: httpx.HTTPError, exchange: Exchange, limit: float) -> Failure:
    what = "free connection" if isinstance(error, httpx.PoolTimeout) else "connection"
    timed_out = TimedOut(
        f"{exchange.asked}: no {what} to {_host(exchange)} within {show_duration(limit)}",
        hint=_way_hint(exchange, "A firewall may swallow the request."),
    )
    return Failure(timed_out, Cause.CONNECT_TIMEOUT)


def _proxy(error: httpx.ProxyError, exchange: Exchange) -> Failure:
    reason = exchange.clean(str(error), longest=200) or "no reason was given"
    refused = "407" in reason or "403" in reason
    failure = ProxyFailure(
        f"{exchange.asked}: the proxy on the way to {_host(exchange)} refused: {reason}",
        retryable=not refused,
    )
    return Failure(failure, Cause.FINAL if refused else Cause.PROXY)


def _not_connected(error: httpx.ConnectError, exchange: Exchange) -> Failure:
    host = _host(exchange)
    chain = list(_chain(error))
    tls = next((link for link in chain if isinstance(link, ssl.SSLError)), None)
    if isinstance(tls, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        dropped = ConnectionDropped(f"{exchange.asked}: {host} closed the connection during TLS")
        return Failure(dropped, Cause.REFUSED)
    if tls is not None:
        return Failure(_tls(tls, exchange), Cause.FINAL)
    if any(isinstance(link, gaierror) for link in chain):
        unknown = Unreachable(
            f"{exchange.asked}: the host {host} is not known ({_reason(error, exchange)})",
            hint=_way_hint(exchange, "Check the spelling and this machine's network."),
        )
        return Failure(unknown, Cause.UNKNOWN_HOST)
    refused = Unreachable(
        f"{exchange.asked}: no connection to {host} ({_reason(error, exchange)})",
        hint=_way_hint(exchange, "Check that Polytomic runs there and can be reached from here."),
    )
    return Failure(refused, Cause.REFUSED)


def _tls(error: ssl.SSLError, exchange: Exchange) -> TLSFailure:
    host = _host(exchange)
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = exchange.clean(error.verify_message, longest=200)
        return TLSFailure(f"{exchange.asked}: the certificate of {host} is not trusted: {reason}")
    reason = (error.reason or "unknown reason").replace("_", " ").lower()
    hint = None
    if reason in ("wrong version number", "record layer failure"):
        hint = f"{host} seems to speak plain http on this port. Check polytomic:url."
    return TLSFailure(f"{exchange.asked}: no TLS with {host}: {reason}", hint=hint)


def _way_hint(exchange: Exchange, advice: str) -> str:
    place = exchange.settings.provenance.get("url", "the program")
    came_from = "its default" if place == "default" else place
    hint = f"The address is from {came_from}. {advice}"
    if uses_proxy(exchange.settings.url):
        hint += " A proxy is set in the environment (HTTPS_PROXY, ALL_PROXY): it is asked first."
    return hint


def _host(exchange: Exchange) -> str:
    return exchange.clean(httpx.URL(exchange.settings.url).netloc.decode("ascii"))


def _reason(error: Exception, exchange: Exchange) -> str:
    text = re.sub(r"^\[(Errno|WinError) -?[0-9]+\] ", "", str(error))
    return exchange.clean(text, longest=200) or type(error).__name__


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__ or link.__context__
