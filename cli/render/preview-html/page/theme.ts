const KEY = 'cdk8s-karmada-theme';

/** Light or dark: as the system says, until the reader says otherwise. */
export function theme(button: HTMLElement): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  let chosen = stored();
  const draw = () => {
    const dark = chosen ? chosen === 'dark' : system.matches;
    if (chosen) document.documentElement.dataset.theme = chosen;
    button.setAttribute('aria-pressed', String(dark));
  };
  system.addEventListener('change', draw);
  button.addEventListener('click', () => {
    chosen = (chosen ? chosen === 'dark' : system.matches) ? 'light' : 'dark';
    draw();
    try {
      localStorage.setItem(KEY, chosen);
    } catch {
      // a page without storage forgets it: no harm
    }
  });
  draw();
}

function stored(): string | undefined {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === 'dark' || theme === 'light' ? theme : undefined;
  } catch {
    return undefined;
  }
}
