"""Makes HTTP clients: headers, timeouts, connections, proxies, trusted certificates."""

import os
import platform
import ssl
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final
from urllib.request import getproxies, proxy_bypass

import httpx

from polytomic_provider.api.http.errors import ProxyFailure, TLSFailure
from polytomic_provider.api.http.setting_values import is_loopback
from polytomic_provider.api.http.settings import Settings
from polytomic_provider.api.http.wall_clock import keep_time

CONNECT_SECONDS: Final = 10.0
KEEPALIVE_SECONDS: Final = 30.0


def user_agent() -> str:
    """`pulumi-polytomic/<v> pulumi/<v> python/<v>`, without importing Pulumi."""
    return (
        f"pulumi-polytomic/{_version('pulumi-polytomic')} pulumi/{_version('pulumi')} "
        f"python/{platform.python_version()}"
    )


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "unknown"


def headers(settings: Settings, *, agent: str) -> dict[str, str]:
    """The headers of every request."""
    return {
        "Accept": "application/json",
        "Accept-Encoding": "gzip",
        "Authorization": settings.authorization(),
        "User-Agent": agent,
        "X-Polytomic-Version": settings.api_version,
    }


@cache
def _trusted(file: str | None, folder: str | None) -> ssl.SSLContext:
    """Load the certificates that these variables name, once: it takes longer than a request."""
    del file, folder
    return httpx.create_ssl_context()


def _trusted_for(url: str) -> ssl.SSLContext:
    if httpx.URL(url).scheme == "https":
        return _trusted(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody, and is made at once


def open_client(settings: Settings) -> httpx.Client:
    """A client for one thread; it follows no redirect by itself.

    Threads that share one wait for each other at its pool, which looks at every idle connection
    for each request.

    Raises:
        TLSFailure: The certificates that the environment names cannot be read.
        ProxyFailure: The proxy that the environment names cannot be used.
    """
    limits = httpx.Limits(keepalive_expiry=KEEPALIVE_SECONDS)
    try:
        trusted = _trusted_for(settings.url)
        # With a transport of its own, httpx reads no proxy from the environment.
        local = (
            httpx.HTTPTransport(verify=trusted, limits=limits) if is_local(settings.url) else None
        )
        return keep_time(
            httpx.Client(transport=local, verify=trusted, limits=limits, follow_redirects=False)
        )
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise TLSFailure(
            f"the trusted certificates cannot be read: {reason}",
            hint="Check the file that SSL_CERT_FILE, or the folder that SSL_CERT_DIR, names.",
        ) from None
    except (ValueError, ImportError, httpx.InvalidURL):
        # httpx's own text would show the proxy's address, and with it perhaps a password.
        raise ProxyFailure("the proxy that the environment names cannot be used") from None


def timeouts(seconds: float) -> httpx.Timeout:
    """Timeouts of a request that may take `seconds`; connecting gets its own shorter one."""
    return httpx.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))


def is_local(url: str) -> bool:
    """Whether a URL is on this machine."""
    return is_loopback(httpx.URL(url).host)


def uses_proxy(url: str) -> bool:
    """Whether the environment names a proxy for this URL; only for the wording of errors."""
    target = httpx.URL(url)
    proxies = getproxies()
    if is_local(url) or not (proxies.get(target.scheme) or proxies.get("all")):
        return False
    return not proxy_bypass(target.host)
