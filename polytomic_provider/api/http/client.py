"""Makes the one pooled HTTP client of a process: headers, timeouts, connections, proxies."""

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Final
from urllib.request import getproxies, proxy_bypass

import httpx

from polytomic_provider.api.http.errors import ProxyFailure, TLSFailure
from polytomic_provider.api.http.setting_values import is_loopback
from polytomic_provider.api.http.settings import DEFAULT_WORKERS, Settings

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


def open_client(settings: Settings) -> httpx.Client:
    """A client that threads may share; it follows no redirect by itself.

    Raises:
        TLSFailure: The certificates that the environment names cannot be read.
        ProxyFailure: The proxy that the environment names cannot be used.
    """
    connections = max(settings.workers, int(DEFAULT_WORKERS)) + 8
    limits = httpx.Limits(
        max_connections=connections,
        max_keepalive_connections=connections,
        keepalive_expiry=KEEPALIVE_SECONDS,
    )
    try:
        # With a transport of its own, httpx reads the environment for certificates only.
        local = httpx.HTTPTransport(limits=limits) if is_local(settings.url) else None
        return httpx.Client(transport=local, limits=limits, follow_redirects=False)
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
