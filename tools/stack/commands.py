"""The commands behind `make up`, `preview`, `refresh`, `destroy` and `down`."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

from tools.environment.checkout import Checkout
from tools.stack.backend import backend_settings, write_settings
from tools.stack.emulator import CONSENT_SECONDS, Emulator, ensure_emulator, stop_emulator
from tools.stack.pulumi import Pulumi
from tools.stack.target import API_KEY, configure_dev, configure_live, stack_name

_PROGRAM = "stacks/salesforce_to_netsuite/__main__.py"


@dataclass(frozen=True)
class Target:
    """A stack that is ready to be worked on; `emulator` only for `dev`."""

    pulumi: Pulumi
    emulator: Emulator | None

    @property
    def is_live(self) -> bool:
        return self.emulator is None


def up(checkout: Checkout) -> int:
    """Shows the preview, deploys, and says what to try next."""
    target = _prepare(checkout, "up", "deploys to")
    if target.emulator is not None:
        print(f"Polytomic is the emulator at {target.emulator.url} (stack dev).")
        print(_consent_line(), flush=True)
    # On real data a person says yes; Pulumi itself asks after the preview.
    code = target.pulumi.up(*([] if _asks(target) else ["--yes"]))
    if code == 0:
        print(_what_next(target), flush=True)
    return code


def preview(checkout: Checkout) -> int:
    """Shows what `up` would change, values included."""
    return _prepare(checkout, "preview", "compares with").pulumi.show("preview", "--diff")


def refresh(checkout: Checkout) -> int:
    """Reads the real state of everything."""
    target = _prepare(checkout, "refresh", "reads")
    return target.pulumi.show("refresh", *([] if _asks(target) else ["--yes"]))


def destroy(checkout: Checkout) -> int:
    """Deletes what was deployed; for `live` only after a yes at the terminal, or with YES=1."""
    if not _pulumi(checkout).exists():
        print("Nothing is deployed: the stack does not exist.")
        return 0
    target = _prepare(checkout, "destroy", "deletes from")
    if target.is_live and not sys.stdin.isatty() and os.environ.get("YES") != "1":
        print("This deletes the pipeline in Polytomic; to go on: YES=1 make destroy")
        return 1
    confirmed = not _asks(target) or os.environ.get("YES") == "1"
    return target.pulumi.show("destroy", *(["--yes"] if confirmed else []))


def down(checkout: Checkout) -> int:
    """Stops the emulator; what is deployed in it stays for the next `up`."""
    stopped = stop_emulator(checkout)
    print("The emulator has stopped; its data stays." if stopped else "No emulator is running.")
    return 0


COMMANDS: dict[str, Callable[[Checkout], int]] = {
    "up": up,
    "preview": preview,
    "refresh": refresh,
    "destroy": destroy,
    "down": down,
}


def _pulumi(checkout: Checkout) -> Pulumi:
    checkout.local_state.mkdir(mode=0o700, exist_ok=True)
    settings = backend_settings(checkout, os.environ)
    write_settings(checkout, settings)
    return Pulumi(checkout.pulumi, checkout.root, stack_name(os.environ), settings)


def _prepare(checkout: Checkout, command: str, does: str) -> Target:
    pulumi = _pulumi(checkout)
    if pulumi.stack == "live":
        print(_live_lines(command, does), flush=True)
        pulumi.select()
        configure_live(pulumi)
        return Target(pulumi, None)
    emulator = ensure_emulator(checkout, manual_consent=_manual_consent())
    pulumi.select()
    configure_dev(pulumi, emulator)
    return Target(pulumi, emulator)


def _live_lines(command: str, does: str) -> str:
    """Say that the workspace is a real one, before anything is asked or read."""
    address = os.environ.get("POLYTOMIC_DEPLOYMENT_URL", "").strip()
    where = f"at {address} (stack live)" if address else "(stack live)"
    return "\n".join(
        [
            f"{API_KEY} is set: make {command} {does} the real workspace of that key",
            f"{where}. To use the local emulator instead:",
            f"  env -u {API_KEY} make {command}",
        ]
    )


def _asks(target: Target) -> bool:
    return target.is_live and sys.stdin.isatty()


def _manual_consent() -> bool:
    return os.environ.get("CONSENT") == "manual"


def _consent_line() -> str:
    if _manual_consent():
        return "Consent is yours to give: open the address that the deployment prints."
    return (
        f"It consents to new connections by itself after {CONSENT_SECONDS} s;"
        " with CONSENT=manual make up that is left to you."
    )


def _what_next(target: Target) -> str:
    lines = [
        f"Stack {target.pulumi.stack} is deployed. What to try next:",
        f"  edit a mapping in {_PROGRAM}, then make preview or make up",
        "  make refresh              see what was changed outside",
        "  make destroy              delete it again",
        "  . .polytomic/environment  then plain `pulumi` sees the same stack",
    ]
    if target.emulator is not None:
        lines.insert(
            1, f"  {target.emulator.url:<26}run the sync there, see what landed, edit by hand"
        )
        lines.append("  make down                 stop the emulator; its data stays")
    return "\n".join(lines)
