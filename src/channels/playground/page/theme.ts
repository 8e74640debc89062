/** Light or dark: what the device wants, until the person chooses. */

const remembered = 'playground.theme';
const darkDevice = '(prefers-color-scheme: dark)';

function show(): void {
  const wanted = localStorage.getItem(remembered) ?? (window.matchMedia(darkDevice).matches ? 'dark' : 'light');
  document.documentElement.dataset['theme'] = wanted;
}

export function followTheme(): void {
  show();
  window.matchMedia(darkDevice).addEventListener('change', show);
}

export function switchTheme(): void {
  localStorage.setItem(remembered, document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark');
  show();
}
