"""Asks axe-core, in the browser, for barriers on a page, and tells them so that they can be mended."""

from __future__ import annotations

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SHOWN = 5  # elements per rule; the others have the same cause

AXE = Axe()


# Asks, and brings back only what is wrong: all that axe says of a large page takes longer to tell than to find.
ASK = "([where, options]) => axe.run(where ?? document, options).then(({violations}) => violations)"


def assert_no_barriers(page: Page, rules: Sequence[str] = (), within: str = "") -> None:
    """Fails with each broken rule, where it is broken and how to mend it; WCAG 2.2 A and AA, and best practice.

    With `rules` only these are asked after: what may have changed since all were; with `within` only the elements that this
    selector finds are looked at.
    """
    wanted = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS}
    options = {"runOnly": wanted, "resultTypes": ["violations"]}
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE.axe_script)
    violations = page.evaluate(ASK, [within or None, options])
    told = []
    for rule in violations:
        told.append(f"{rule['id']} ({rule['impact']}): {rule['help']} – {rule['helpUrl']}")
        for node in rule["nodes"][:SHOWN]:
            why = " ".join((node["failureSummary"] or "").split())
            told.append(f"    {node['target']}: {node['html'][:160]}\n      {why}")
    assert not violations, f"bariery na {page.url}:\n  " + "\n  ".join(told)
