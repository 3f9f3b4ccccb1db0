"""Sphinx extension: a search that finds numbers, names in whatever script they are written, and claims by their number.

The index and the search page cut text into words alike: here, and in search.js.
"""

import json
import re
import unicodedata
from pathlib import Path

import sphinx
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.search.en import SearchEnglish

WORD = re.compile(r"[^\W\d_]{1,4}-\d+\w*|\d+(?:,\d{3})+(?!\d)|\w+")
"""A designation (S-300), a number with its commas (1,200), or any other word."""
CYRILLIC = {
    "Adilbek": "Адильбек", "Afghanistan": "Афганистан", "Almaty": "Алмат", "Astana": "Астан",
    "Baikonur": "Байконур", "Balkhash": "Балхаш", "Beijing": "Пекин", "Bingde": "Бинд", "Changlong": "Чанлун",
    "Chen": "Чэнь", "China": "Кита Қытай", "CIS": "СНГ", "CRRF": "КСОР", "CSTO": "ОДКБ",  # noqa: RUF001
    "Dzhaksybekov": "Джаксыбеков Жаксыбеков", "Fan": "Фань", "Guanglie": "Гуанле",
    "Kazakhstan": "Казахстан Қазақстан", "Kyrgyzstan": "Кыргызстан Киргизи", "Liang": "Лян",
    "Matybulak": "Матыбулак", "Moscow": "Москв", "Nazarbayev": "Назарбаев", "Otar": "Отар", "Russia": "Росси Ресей",
    "Saken": "Сакен", "SCO": "ШОС", "Shanghai": "Шанха", "Tajikistan": "Таджикистан", "Turkmenistan": "Туркмени",
    "Urazov": "Уразов", "Urumqi": "Урумч", "Uzbekistan": "Узбекистан", "Yedil": "Едил", "Zhasuzakov": "Жасузаков",
}
"""How names of the article and the book begin in Cyrillic; endings follow, but for three letters or fewer."""
DROPS_NUMBERS = re.compile(r"\s*\|\|\s*queryTerm\.match\(/\^\\d\+\$/\)")
"""What in Sphinx's script drops every number of a query."""
SCRIPT = Path(sphinx.package_dir, "themes", "basic", "static", "searchtools.js")
"""Sphinx's own: a site may hold one that is mended already, where nothing was to be written again."""


def fold(text: str) -> str:
    """Return text in lower case without accents: Ürümqi is urumqi."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) != "Mn").lower()


SPELLED = [(fold(one), name.lower()) for name, many in CYRILLIC.items() for one in many.split()]
SPELLED.sort(key=lambda pair: -len(pair[0]))
"""Each Cyrillic beginning with its name in Latin script, the longest first."""


def as_indexed(word: str) -> str:
    """Return a folded word as it is indexed: 1,200 is 1200, S-300 is s300, a Cyrillic name its Latin one."""
    bare = re.sub("[,-]", "", word)
    return next((latin for name, latin in SPELLED if bare == name or (len(name) > 3 and bare.startswith(name))), bare)


class BookSearch(SearchEnglish):
    """English, with its stems and stop words, cut into words as above."""

    lang = "en-GB"
    js_splitter_code = (
        Path(__file__).with_name("search.js").read_text("utf-8")
        .replace("SPELLED_IN_CYRILLIC", json.dumps(SPELLED, ensure_ascii=False))
    )

    def split(self, text: str) -> list[str]:
        """Return the words of a text as they are indexed."""
        return [as_indexed(word) for word in WORD.findall(fold(text))]


def keep_numbers(app: Sphinx, error: Exception | None) -> None:
    """Let Sphinx's script keep the numbers of a query. Raises ExtensionError where it no longer has what drops them."""
    if error or app.builder.name != "html":
        return
    text, count = DROPS_NUMBERS.subn("", SCRIPT.read_text("utf-8"))
    if count != 1:
        raise ExtensionError(f"{SCRIPT.name} is not the script that this extension mends")
    Path(app.outdir, "_static", SCRIPT.name).write_text(text, "utf-8")


def setup(app: Sphinx) -> dict:
    """Register the extension."""
    app.add_search_language(BookSearch)
    app.connect("build-finished", keep_numbers)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
