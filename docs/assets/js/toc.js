/**
 * The table of contents follows: the link of the section in view has `aria-current`, and the bar
 * that stays on a phone names it.
 *
 * A section is in view from when its heading passes the upper part of the window until the next
 * heading does.
 */

for (const toc of document.querySelectorAll("[data-module=toc]")) {
  /** @type {Map<Element, HTMLAnchorElement>} */
  const links = new Map();
  for (const link of toc.querySelectorAll("a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  const headings = [...links.keys()];
  const section = toc.parentElement?.querySelector(".here__section");

  const mark = () => {
    const line = innerHeight / 3;
    const atEnd = scrollY > 0 && innerHeight + scrollY >= document.body.scrollHeight - 2;
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < line);
    const here = atEnd ? headings.at(-1) : passed.at(-1);
    for (const [heading, link] of links) {
      if (heading === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (section) section.textContent = (here && links.get(here)?.textContent) ?? "";
  };

  // A heading that crosses the line, or the window's edges, is all that can change the answer.
  const watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -66.6% 0px", threshold: [0, 1] });
  for (const heading of headings) watch.observe(heading);
  addEventListener("scrollend", mark);
  mark();
}
