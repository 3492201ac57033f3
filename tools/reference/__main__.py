"""Write the pages that are made from the code."""

from tools.reference import pages

for path, text in pages():
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
