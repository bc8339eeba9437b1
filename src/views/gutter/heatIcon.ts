import { Uri } from 'vscode';
import type { HeatLevel } from './heat';

/** Where the bars stand, in pixels from the top of the 16. */
const BASE_LINE = 14;

const FALLBACK_COLOUR = '#888888';

/** What a decoration type needs to show a heat level beside the line numbers. */
export interface HeatIcon {
  readonly gutterIconPath: Uri;
  readonly gutterIconSize: string;
}

/**
 * A gutter icon of as many rising bars as the level, so that it can be told without its colour.
 *
 * The editor knows gutter icons as images only, which cannot use theme colours. So the image is
 * used as a mask over the theme's colour, by style rules in the value of `gutterIconSize`, which
 * goes into the style sheet as it is. Where that does not work, the image shows by itself in grey.
 */
export function heatIcon(level: HeatLevel, themeColour: string): HeatIcon {
  const image = barsImage(level);
  const colour = `var(--vscode-${themeColour.replaceAll('.', '-')})`;
  return {
    gutterIconPath: Uri.parse(image),
    gutterIconSize:
      `0; background-color: ${colour}; ` +
      `mask: url("${image}") center center / contain no-repeat`,
  };
}

function barsImage(level: HeatLevel): string {
  const bars = Array.from({ length: level }, (_, index) => {
    const height = 3 + 2 * index;
    return `<rect x='${2 + 2.5 * index}' y='${BASE_LINE - height}' width='2' height='${height}'/>`;
  });
  const image =
    `<svg xmlns='http://www.w3.org/2000/svg' width='16' height='16' fill='${FALLBACK_COLOUR}'>` +
    `${bars.join('')}</svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(image).toString('base64')}`;
}
