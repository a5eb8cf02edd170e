/**
 * The definition of a term, while it is hovered or focused. It can be hovered itself, and Escape
 * takes it away (WCAG 2.2, 1.4.13).
 */
export function addTooltips(root: ParentNode): void {
  const tooltip = document.createElement("div");
  tooltip.id = "tooltip";
  tooltip.setAttribute("role", "tooltip");
  tooltip.hidden = true;
  document.body.append(tooltip);
  let owner: HTMLElement | undefined;
  let leaving = 0;

  const hide = (): void => {
    owner?.removeAttribute("aria-describedby");
    owner = undefined;
    tooltip.hidden = true;
  };
  const hideSoon = (): void => {
    leaving = window.setTimeout(hide, 200);
  };
  const stay = (): void => window.clearTimeout(leaving);
  const show = (term: HTMLElement): void => {
    stay();
    hide();
    owner = term;
    term.setAttribute("aria-describedby", tooltip.id);
    tooltip.textContent = term.dataset["definition"]!;
    tooltip.hidden = false;
    const box = term.getBoundingClientRect();
    const left = Math.min(box.left, document.documentElement.clientWidth - tooltip.offsetWidth - 8);
    tooltip.style.left = `${Math.max(8, left) + window.scrollX}px`;
    tooltip.style.top = `${box.bottom + window.scrollY + 4}px`;
  };

  for (const term of root.querySelectorAll<HTMLElement>("a.term")) {
    term.addEventListener("mouseenter", () => show(term));
    term.addEventListener("focus", () => show(term));
    term.addEventListener("mouseleave", hideSoon);
    term.addEventListener("blur", hide);
  }
  tooltip.addEventListener("mouseenter", stay);
  tooltip.addEventListener("mouseleave", hideSoon);
  document.addEventListener("keydown", ({key}) => {
    if (key === "Escape") hide();
  });
}
