"""A page of the handbook's own prose may have been written by a stranger: it can do no harm."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup

from macros.cli import main
from macros.content.errors import ContentError, report
from macros.content.national import MAX_BYTES, ProsePage
from macros.content.project import Project, load_project
from macros.layouts import FOLDER as LAYOUTS
from macros.layouts.components import Components
from macros.pages.prose import checked_project, judge, prose_problems
from macros.site.headers import put_headers
from tests.content.conftest import MINIMAL, ROOT

START = "# Start\n\nTekst.\n\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The smallest handbook; tests change its front page alone."""
    root = tmp_path_factory.mktemp("prosa") / "handbok"
    shutil.copytree(MINIMAL, root)
    return load_project(root)


@pytest.fixture
def told(project: Project) -> Callable[[str], str]:
    """Return a function that gives the report on a page of this text."""

    def tell(text: str) -> str:
        pages = (
            ProsePage("index", "nb", "docs/index.md", text, 0),
            ProsePage("kontakt", "nb", "docs/kontakt.md", "# Kontakt\n\n## Hvem {: #hvem }\n", 0),
        )
        return report(sorted(prose_problems(replace(project, prose=pages), "nb")))

    return tell


# Families of the public lists (OWASP's and PortSwigger's cheat sheets), written anew.
HARM = {
    "script": "<script>alert(1)</script>",
    "script in capitals": "<ScRiPt src=//x.example></sCrIpT>",
    "script in a box": "<div markdown>\n<script>alert(1)</script>\n</div>",
    "script in a list": "- a\n\n    <script>alert(1)</script>\n",
    "script after a slash": "<script/x>alert(1)</script>",
    "iframe": "<iframe srcdoc='&lt;script&gt;'></iframe>",
    "object": '<object data="x.swf"></object>',
    "embed": "<embed src=x>",
    "form": '<form action="https://x.example/"><button>Send</button></form>',
    "base": '<base href="https://x.example/">',
    "refresh": '<meta http-equiv="refresh" content="0;url=https://x.example/">',
    "link": '<link rel=stylesheet href="https://x.example/a.css">',
    "style": "<style>body { display: none }</style>",
    "style attribute": '<div style="position:fixed">x</div>',
    "style by attr_list": "Tekst\n{: style='position:fixed' }",
    "event": '<div onclick="alert(1)">x</div>',
    "event by attr_list": "# Tittel {: onclick=alert(1) }",
    "event by attr_list on a link": "[x](https://example.no/){: onmouseover=alert(1) }",
    "event on a box of Markdown": "<div markdown onfocus=alert(1) tabindex=1>\nx\n</div>",
    "event after a slash": "<img/src=x/onerror=alert(1)>",
    "event in another quote": "<img src='x'onerror='alert(1)'>",
    "event after a line": "<img src=x\nonerror\n=alert(1)>",
    "javascript": "[x](javascript:alert(1))",
    "javascript in capitals": "[x](JaVaScRiPt:alert(1))",
    "javascript by entities": "[x](&#106;avascript&colon;alert(1))",
    "javascript by a tab": "[x](java&#9;script:alert(1))",
    "javascript by a line": "[x](<java\nscript:alert(1)>)",
    "javascript after a control": "[x](&#1;javascript:alert(1))",
    "javascript by reference": "[x][a]\n\n[a]: javascript:alert(1)",
    "javascript by attr_list": "[x](https://example.no/){: href=javascript:alert(1) }",
    "javascript in angles": "<javascript:alert(1)>",
    "data": "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "vbscript": "[x](vbscript:msgbox)",
    "file": "[x](file:///etc/passwd)",
    "another host without a scheme": "[x](//x.example/)",
    "backslashes for slashes": "[x](\\\\x.example/)",
    "picture from elsewhere": "![x](https://x.example/a.png)",
    "picture from nowhere": "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "srcset": '<img src="a.png" srcset="https://x.example/a.png">',
    "srcset by attr_list": "![x](a.png){: srcset=https://x.example/a.png }",
    "svg": "<svg onload=alert(1)>",
    "svg in capitals": "<SVG><script>alert(1)</script></SVG>",
    "svg animation": "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "mathml": "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "mutation": "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "mutation by a template": "<template><img src=x onerror=alert(1)></template>",
    "mutation by a table": "<table><style><!--</style><img src=x onerror=alert(1)>--></table>",
    "comment": "<!-- x -->",
    "comment that a browser ends": "<!--><img src=x onerror=alert(1)>-->",
    "declaration": "<!DOCTYPE x>",
    "instruction": "<?xml-stylesheet href='x'?>",
    "character data": "<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>",
    "unknown element": "<x-y onclick=alert(1)>a</x-y>",
    "element of the past": "<marquee onstart=alert(1)>a</marquee>",
    "input": "<input autofocus onfocus=alert(1)>",
    "details": "<details open ontoggle=alert(1)>",
    "video": "<video><source onerror=alert(1)></video>",
    "body": "<body onload=alert(1)>",
    "feature of ours": '<div data-module="../../x"></div>',
    "stand-in of ours": '<div data-nvr="0"></div>',
    "marker of ours": "<!--nvr-file mandat.docx-->",
    "another marker of ours": "<!--nvr-package forstudie.zip-->",
    "id of the shell": "# Tittel {: #__search }",
    "class of the shell": "Tekst\n{: .md-overlay }",
    "label for a switch": '<label for="x">a</label>',
    "bidirectional text": "Tekst &#x202e;tsket",
    "tag character": "Tekst &#xE0041;",
    "string as HTML": '{{ "<script>alert(1)</script>" }}',
    "string as a link": '[x]({{ "javascript:alert(1)" }})',
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_what_could_harm_a_reader_is_an_error_with_its_line(
    told: Callable[[str], str], harm: str
) -> None:
    said = told(START + harm + "\n\nMer.\n")
    lines = [int(found) for found in re.findall(r"^docs/index\.md:(\d+):", said, re.M)]
    first = len(START.splitlines()) + 1
    # What has no end is told of where the page has shown it, which may be its last line.
    assert lines, said
    assert first <= lines[0] <= first + harm.count("\n") + 2, said


FINE = (
    '<div class="ways" markdown>\n<div class="ways__way" markdown>\n\n**Fet** og *kursiv*.\n'
    "\n</div>\n</div>",
    "`<script>` og\n\n```html\n<script>alert(1)</script>\n<div onclick=x>\n```",
    "| a | b |\n| --- | --- |\n| [x](kontakt.md#hvem) | `y` |",
    "Skriv til <post@example.no> eller se <https://example.no/>. [Ring](tel:+4722222222).",
    "## Del {: #del }\n\n[Opp](#del) og [forstudien](faser/forstudie.md), 2 < 3 && 4 > 3.",
    "1. En\n2. To\n\n    > Sitat\n\n---\n\nLinje  \nny",
    '{{ phases() }}\n\n{{ region.name }} og {{ term("kommunedirektor") }}.',
    "{% raw %}`{{ region.name }}` {% if %}{% endraw %}",
    "`Fork`{: lang=en }",
    '```{{ "python" }}\nx\n```',
)


@pytest.mark.parametrize("text", FINE)
def test_what_markdown_is_for_is_allowed(told: Callable[[str], str], text: str) -> None:
    assert told(f"# Start\n\n{text}\n") == "Ingen feil."


ESCAPES = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'].system('id') }}",
    "{{ guide.__globals__ }}",
    "{{ guide.__globals__['os'] }}",
    "{{ region.__class__ }}",
    "{{ region['name'] }}",
    "{{ region|attr('__class__') }}",
    "{{ ''|attr('form' ~ 'at') }}",
    "{{ '{0.__class__}'.format(region) }}",  # CVE-2016-10745
    "{{ '{x.__class__}'.format_map({'x': region}) }}",  # CVE-2019-10906
    "{{ {'onclick=alert(1) x': 1}|xmlattr }}",  # CVE-2024-22195, CVE-2024-34064
    "{{ ('{0.__class__}'.format)|map('attr', 'x') }}",  # CVE-2024-56326: an indirect reference
    "{% set f = '{0.__class__}'.format %}{{ f(region) }}",
    "{{ ['{0}']|map('format', 1)|list }}",  # CVE-2025-27516: a method by the filter attr
    "{% trans %}{{ region }}{% endtrans %}",
    "{{ gettext('x') }}",
    "{{ config.plugins }}",
    "{{ config }}",
    "{{ environment }}",
    "{{ environment.system }}",
    "{{ files }}",
    "{{ navigation }}",
    "{{ page.file.abs_src_path }}",
    "{{ git.author }}",
    "{{ extra }}",
    "{{ macros_info() }}",
    "{{ context() }}",
    "{{ now() }}",
    "{{ fix_url('x') }}",
    "{{ macros }}",
    "{{ range(999999999) }}",
    "{{ 'a' * 9999999999 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 'a'|center(9999999999) }}",
    "{{ guide(region) }}",
    "{{ guide(*['bedrift']) }}",
    "{{ guide(**{'item_id': 'bedrift'}) }}",
    "{{ guide('bedrift').__class__ }}",
    "{{ guide(guide('bedrift')) }}",
    "{{ guide('a' ~ 'b') }}",
    "{{ guide(['bedrift']) }}",
    "{{ namespace(a=1) }}",
    "{{ joiner() }}",
    "{{ dict(a=1) }}",
    "{% for i in range(10) %}{% for j in range(10) %}x{% endfor %}{% endfor %}",
    "{% macro x() %}{{ x() }}{% endmacro %}{{ x() }}",
    "{% include 'index.md' %}",
    "{% import '/etc/passwd' as x %}",
    "{% from 'a' import b %}",
    "{% extends 'x' %}",
    "{% block x %}{% endblock %}",
    "{% if true %}x{% endif %}",
    "{% filter upper %}x{% endfilter %}",
    "{% call guide() %}x{% endcall %}",
    "{% do x %}",
    "{%- set x = 1 -%}",
    "{# kommentar #}",
    "## Del {#del}",
    "{{ region.name ",
    "{% raw %}",
    "{{ }}",
    "{{ 1 }}",
    "{{ (((((((((( }}",
    "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "{{ region.name if true else '' }}",
    "{{ region\n.nam }}",
)


@pytest.mark.parametrize("code", ESCAPES, ids=lambda code: code[:40])
def test_code_that_is_no_name_and_no_macro_is_an_error_and_never_runs(
    told: Callable[[str], str], code: str
) -> None:
    said = told(START + code + "\n")
    first = said.splitlines()[0]
    assert re.match(r"docs/index\.md:[567]:\d+: ", first), said
    assert "Traceback" not in said
    assert not re.search(r"\b(unexpected|expected|undefined|Missing|encountered)\b", said), said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ regjon.name }}", "3:1: ukjent navn «regjon.name». Mente du «region.name»?"),
        ("{{ gide('x') }}", "3:1: ukjent makro «gide». Mente du «guide»?"),
        ("a {{ guide }}", "3:3: ukjent navn «guide». Makroen skrives {{ guide() }}."),
        (
            "{{ guide() }}",
            "3:1: makroen «guide» har feil argumenter. Skriv guide(item_id, [kind]).",
        ),
        ("{{ guide('x', y='z') }}", "har feil argumenter. Skriv guide(item_id, [kind])."),
        ("{{ search(whole='ja') }}", "makroen «search» har feil verdi for whole"),
        ("{{ guide('bedrif') }}", "«bedrif» finnes ikke i interview, meeting, workshop"),
        ("{{ duration('x') }}", "3:1: «x» finnes ikke i phase"),
        ("Se [siden](kontkat.md).", "3:1: lenken «kontkat.md» fører til en side som ikke finnes. "),
        ("Se [siden](kontakt.md#hvm).", "fører til et avsnitt som ikke finnes. Mente du «hvem»?"),
        ("Se [siden](#borte).", "3:1: lenken «#borte» fører til et avsnitt som ikke finnes"),
        ("Se [siden](kontakt/).", "fører til en fil som ikke finnes. Skriv «kontakt.md»."),
        ("Se [siden](/kontakt/).", "adressen «/kontakt/» virker bare på ett nettsted"),
        ("Se [en fil](last-ned/borte.pdf).", "«last-ned/borte.pdf» fører til en fil som ikke"),
        ("![Bilde](assets/borte.png)", "3:1: lenken «assets/borte.png» fører til en fil"),
        ("```\n{{ phases() }}\n```", "en makro står der den ikke kan vises. Sett {% raw %} foran"),
        ("| a |\n| --: |\n| b |", "kolonner kan ikke rettes inn. Ta bort kolon i streken"),
        ("<div>\n\n[a](borte.md)\n", "3:1: «<div>» er ikke lukket. Sett </div> på en egen linje"),
        ("<div>\n\n[a](borte.md)\n\n</div>\n", "3:1: «<div>» mangler ordet markdown, og da blir"),
        ('<div class="ways" markdown>\n\na\n', "3:1: «<div>» er ikke lukket"),
        ("a\n\n</div>\n", "5:1: «</div>» lukker ikke noe"),
        ("<DIV>\n</DIV>", "«<div» er ikke skrevet slik det skal. Bruk små bokstaver"),
        ("# A {: #a }\n\n# B {: #a }", "5:1: id-en «a» står to ganger"),
    ],
)
def test_a_fault_is_told_of_in_norwegian_with_its_line(
    told: Callable[[str], str], text: str, said: str
) -> None:
    assert said in told(f"# Start\n\n{text}\n")


def test_every_fault_is_told_of_at_once_and_at_its_own_line(told: Callable[[str], str]) -> None:
    text = (
        "```\n[a](borte.md) <script>\n```\n\n[a](borte.md)\n\n{{ nei }}\n\n"
        "<script></script>\n\n[b](borte.md)\n\n{{ guide('x') }}\n"
    )
    lines = [line.split(":")[1] for line in told(text).splitlines()[:-1]]
    assert lines == ["5", "7", "9", "11", "13"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 500,
        "![" * 500,
        "*a **b " * 7000,
        "<div" * 500,
        "`" * 24_000 + " " + "`" * 25_000,
        "| a " * 6000 + "\n" + "| - " * 6000,
        "{{ phases() }}\n" * 3300,
    ],
    ids=lambda text: text[:12],
)
def test_a_page_made_to_cost_time_or_room_is_judged_in_a_moment(
    project: Project, text: str
) -> None:
    (project.root / "docs/index.md").write_text(f"# Start\n\n{text}\n", encoding="utf-8")
    began = time.process_time()
    with suppress(ContentError):
        checked_project(project.root)
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("docs/index.md", "---\ntemplate: x.html\n---\n# A\n", "docs/index.md:2:1: template: "),
        ("docs/index.md", "---\nhide: [alt]\n---\n# A\n", "docs/index.md:2:8: hide[0]: skal være"),
        ("docs/index.md", "---\ntitle: <b>x\n---\n# A\n", "2:8: title: kan ikke ha tegnet «<»"),
        ("docs/index.md", "---\ntitle: 'a\"b'\n---\n# A\n", 'title: kan ikke ha tegnet «"»'),
        ("docs/index.md", "---\ntitle: '{{ x }}'\n---\n# A\n", "title: kan ikke ha tegnet «{»"),
        ("docs/index.md", "---\nrender_macros: false\n---\n# A\n", "docs/index.md:2:1: render_"),
        ("docs/index.md", "---\nregion: x\n---\n# A\n", "docs/index.md:2:1: region: "),
        ("docs/index.md", "---\ntitle: a\n# A\n", "linjen «---» øverst mangler"),
        ("docs/index.md", "template: x.html\n\n# A\n", "docs/index.md:1:1: første linje blir lest"),
        ("docs/index.md", "# A\n" + "a" * MAX_BYTES, "docs/index.md: siden er større enn 50 kB"),
        ("docs/index.md", "# A\n" + "[" * 501, "docs/index.md: siden har mer enn 500 «[»"),
        ("docs/side.html", "<script>", "docs/side.html: filen hører ikke hjemme her"),
        ("docs/mappe/a.md", "# A\n", "docs/mappe/a.md: filen hører ikke hjemme her"),
        ("docs/assets/a.html", "<script>", "docs/assets/a.html: filen hører ikke hjemme her"),
        ("docs/assets/a.md", "{{ x }}", "docs/assets/a.md: filen hører ikke hjemme her"),
        ("docs/borte.nn.md", "# A\n", "docs/borte.nn.md: oversetter borte.md, som ikke finnes"),
        (
            "docs/assets/a.svg",
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script/></svg>',
            "docs/assets/a.svg: tegningen har innhold som ikke er lov i en tegning: <script>",
        ),
    ],
)
def test_what_a_page_says_of_itself_and_what_lies_beside_it_is_judged(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    root = Path(shutil.copytree(MINIMAL, tmp_path / "handbok"))
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        checked_project(root)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("link", "target", "said"),
    [
        ("docs/hemmelig.md", "../ute/fil.md", "filen er en lenke som fører ut av docs"),
        ("docs/assets", "../ute", "filen er en lenke som fører ut av docs"),
        ("docs/innstillinger.md", "mkdocs.yml", "filen er en lenke som fører ut av docs"),
        ("docs/borte.md", "../ute/finnes-ikke.md", "filen er en lenke som fører ut av docs"),
        ("docs/rundt.md", "docs/rundt.md", "filen er en lenke som fører ut av docs"),
        ("guides/meeting/ute.yml", "../ute/fil.yml", "filen er en lenke som fører ut av guides"),
        ("reference/roles.nn.yml", "../ute/fil.yml", "er en lenke som fører ut av reference"),
        ("examples", "../ute", "examples: mappen er en lenke som fører ut av prosjektet"),
    ],
)
def test_nothing_is_read_through_a_link_out_of_the_content_folders(
    tmp_path: Path, link: str, target: str, said: str
) -> None:
    root = Path(shutil.copytree(MINIMAL, tmp_path / "handbok"))
    (tmp_path / "ute").mkdir()
    for name in ("fil.md", "fil.yml"):
        (tmp_path / "ute" / name).write_text("# Hemmelig\n", encoding="utf-8")
    if (root / link).is_dir():
        shutil.rmtree(root / link)
    (root / link).unlink(missing_ok=True)
    (root / link).symlink_to(root / target)
    with pytest.raises(ContentError, match=said):
        load_project(root)


def test_the_policy_knows_the_scripts_of_the_theme_and_no_page_can_add_one(
    tmp_path: Path,
) -> None:
    own = re.search(
        r"<script>.*?</script>",
        (LAYOUTS / "theme/partials/header.html").read_text(encoding="utf-8"),
        re.DOTALL,
    )
    assert own
    page = tmp_path / "index.html"
    page.write_text(f'<meta charset="utf-8"><body>{own[0]}', encoding="utf-8")
    put_headers(tmp_path, "/")
    assert re.search(r"script-src 'self' 'sha256-[^']+';", page.read_text(encoding="utf-8"))
    for foreign in (
        "<script>alert(1)</script>",
        "<STYLE>a {}</STYLE>",
        f"{own[0][:-9]};x</script>",
    ):
        page.write_text(f'<meta charset="utf-8"><body>{own[0]}{foreign}', encoding="utf-8")
        with pytest.raises(ContentError, match=r"index\.html: siden har et skript eller en stil"):
            put_headers(tmp_path, "/")


def test_what_the_site_generator_made_of_a_page_is_judged_again() -> None:
    components = Components()
    page = f"<p>a</p>{components.keep(Markup('<form></form>'))}"
    judge(page, "om.md", components)
    with pytest.raises(ContentError, match=r"om\.md: «<form>» er ikke lov"):
        judge(page + "<form></form>", "om.md", components)
    with pytest.raises(ContentError, match="«data-nvr» er ikke lov"):
        judge(page.replace("-0", "-1") + '<div data-nvr="0"></div>', "om.md", components)


def test_the_handbooks_own_pages_pass() -> None:
    assert checked_project(ROOT).prose


def test_nvr_check_tells_of_faults_in_prose(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = Path(shutil.copytree(MINIMAL, tmp_path / "handbok"))
    (root / "docs/index.md").write_text("# Start\n\n{{ nei }}\n", encoding="utf-8")
    assert main(["--root", str(root), "check"]) == 1
    assert "docs/index.md:3:1: ukjent navn «nei»" in capsys.readouterr().err
