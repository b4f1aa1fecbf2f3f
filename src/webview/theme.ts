/** Writes the confidence colours for the current theme as custom properties, and again whenever the theme changes. */
import { colourScale, themeKindOf } from './logic/colour-scale';

function apply(): void {
  const kind = themeKindOf(document.body.className);
  const style = document.documentElement.style;
  colourScale(kind).forEach(({ background, ink, edge }, level) => {
    style.setProperty(`--level-${level}-background`, background);
    style.setProperty(`--level-${level}-ink`, ink);
    style.setProperty(`--level-${level}-edge`, edge);
  });
}

export function followTheme(): void {
  apply();
  new MutationObserver(apply).observe(document.body, { attributes: true, attributeFilter: ['class'] });
}
