// Tabs inside one page. Without this file the panels stand below one another and the tabs are plain links.
for (const tabs of document.querySelectorAll("[data-tabs]")) {
  const list = tabs.querySelector(".tabs__list");
  const links = [...list.querySelectorAll(".tabs__tab")];
  const panels = links.map((link) => document.getElementById(link.hash.slice(1)));
  if (panels.some((panel) => !panel)) continue;

  const strip = document.createElement("div");
  strip.className = list.className;
  strip.setAttribute("role", "tablist");
  strip.setAttribute("aria-label", list.getAttribute("aria-label") || "");
  strip.append(...links);
  list.replaceWith(strip);

  const choose = (index, focus) => {
    links.forEach((link, at) => {
      link.setAttribute("aria-selected", String(at === index));
      link.tabIndex = at === index ? 0 : -1;
      panels[at].hidden = at !== index;
    });
    if (focus) links[index].focus();
  };
  links.forEach((link, index) => {
    link.setAttribute("role", "tab");
    link.id = link.id || `tab-${panels[index].id}`;
    link.setAttribute("aria-controls", panels[index].id);
    panels[index].setAttribute("role", "tabpanel");
    panels[index].setAttribute("aria-labelledby", link.id);
    panels[index].tabIndex = 0;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      history.replaceState(null, "", link.hash);
      choose(index, false);
    });
    link.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) choose((index + step + links.length) % links.length, true);
      if (event.key === "Home") choose(0, true);
      if (event.key === "End") choose(links.length - 1, true);
    });
  });
  const asked = links.findIndex((link) => link.hash === location.hash);
  choose(asked < 0 ? 0 : asked, false);
}
