const KEY = "glass-cloud-theme";

/** The button that turns dark into light; what a reader chose stays, where the browser keeps it. */
export function followTheme(button: HTMLElement): void {
  const root = document.documentElement;
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = (): boolean =>
    root.dataset["theme"] === undefined ? prefersDark.matches : root.dataset["theme"] === "dark";
  const show = (): void => button.setAttribute("aria-pressed", String(isDark()));
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset["theme"] = isDark() ? "light" : "dark";
    keep(root.dataset["theme"]!);
    show();
  });
  prefersDark.addEventListener("change", show);
  show();
}

/** Before the first paint, or a dark page flashes white. */
export function restoreTheme(): void {
  const kept = read();
  if (kept === "dark" || kept === "light") document.documentElement.dataset["theme"] = kept;
}

function keep(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Some browsers keep nothing for files; the choice then lasts for this page.
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
