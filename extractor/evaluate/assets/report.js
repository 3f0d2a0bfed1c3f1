"use strict";
(() => {
  const cards = [...document.querySelectorAll("article")];
  const field = document.getElementById("field");
  const kind = document.getElementById("kind");
  const group = document.getElementById("group");
  const rule = document.getElementById("rule");
  const query = document.getElementById("query");
  const count = document.getElementById("count");
  const more = document.getElementById("more");
  const PAGE = 100;
  let limit = PAGE;

  const plain = (s) => s.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d");
  const texts = cards.map((card) => plain(card.textContent));

  function show() {
    const wanted = plain(query.value.trim());
    let found = 0;
    cards.forEach((card, i) => {
      const right =
        (!field.value || card.dataset.field === field.value) &&
        (!kind.value || card.dataset.kind === kind.value) &&
        (!group.value || card.dataset.group === group.value) &&
        (!rule.value || card.dataset.rule === rule.value) &&
        (!wanted || texts[i].includes(wanted));
      if (right) found += 1;
      card.hidden = !right || found > limit;
    });
    count.textContent = `${found} of ${cards.length} errors`;
    more.hidden = found <= limit;
    const state = new URLSearchParams();
    for (const input of [field, kind, group, rule, query]) if (input.value) state.set(input.id, input.value);
    history.replaceState(null, "", "#" + state.toString());
  }

  function changed() { limit = PAGE; show(); }

  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    const input = document.getElementById(name);
    if (input && [field, kind, group, rule, query].includes(input)) input.value = value;
  }
  for (const input of [field, kind, group, rule]) input.addEventListener("change", changed);
  query.addEventListener("input", changed);
  more.addEventListener("click", () => { limit += PAGE; show(); });
  document.getElementById("reset").addEventListener("click", () => {
    for (const input of [field, kind, group, rule, query]) input.value = "";
    changed();
  });
  document.querySelectorAll("td.pick").forEach((cell) => {
    const pick = () => {
      field.value = cell.dataset.field; kind.value = cell.dataset.kind;
      changed();
      document.getElementById("errors").scrollIntoView();
    };
    cell.addEventListener("click", pick);
    cell.addEventListener("keydown", (event) => { if (event.key === "Enter") pick(); });
  });
  document.getElementById("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  show();
})();
