import { html, type Markup } from './markup';
import { isNumber, LEFT, RIGHT, spread, WIDTH } from './scale';

export interface HeatAxis {
  name: string;
  /** As text. */
  values: readonly string[];
}

export interface HeatMark {
  kind: 'box' | 'diamond' | 'dot';
  name: string;
  /** Column and row. */
  x: number;
  y: number;
}

export interface DrawnHeatmap {
  x: HeatAxis;
  y: HeatAxis;
  /** A row a value of y, a column a value of x; null where there is none. */
  values: readonly (readonly (number | null)[])[];
  marks: readonly HeatMark[];
}

/** Steps between the lightest and the darkest: a print without colours tells so many apart. */
export const SHADES = 8;
/** With so many fields at most each has room for its figure. */
const [MOST_COLUMNS, MOST_ROWS] = [12, 16];
const [TOP, BELOW] = [18, 34];
const [LOWEST_ROW, HIGHEST_ROW] = [4, 22];
const TALLEST = 320;

/** A field a pair of values, the darker (on dark pages the lighter) the greater; marked fields by shapes. Undefined where no value is defined. */
export function heatmapPicture(
  label: string,
  { x, y, values, marks }: DrawnHeatmap,
  text: (value: number) => string,
): Markup | undefined {
  const defined = values.flatMap((row) => row.filter(isNumber));
  if (defined.length === 0) return undefined;
  const [low, high] = spread(defined);
  const [columns, rows] = [x.values.length, y.values.length];
  const width = (RIGHT - LEFT) / columns;
  const height = Math.max(LOWEST_ROW, Math.min(HIGHEST_ROW, TALLEST / rows));
  // the least value of y is at the bottom
  const top = (row: number): number => TOP + (rows - 1 - row) * height;
  const shadeOf = (value: number): number => Math.min(SHADES - 1, Math.floor(((value - low) / (high - low)) * SHADES));
  const fields = Array.from({ length: SHADES }, () => '');
  const figures: Markup[] = [];
  const withFigures = columns <= MOST_COLUMNS && rows <= MOST_ROWS && height >= 14;
  values.forEach((line, row) =>
    line.forEach((value, column) => {
      if (!isNumber(value)) return;
      const left = LEFT + column * width;
      const shade = shadeOf(value);
      fields[shade] +=
        `M${left.toFixed(1)} ${top(row).toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}h-${width.toFixed(1)}z`;
      if (!withFigures) return;
      figures.push(
        html`<text
          x="${(left + width / 2).toFixed(1)}"
          y="${(top(row) + height / 2 + 3.5).toFixed(1)}"
          text-anchor="middle"
          class="on-field"
          >${text(value)}</text
        >`,
      );
    }),
  );
  const bottom = TOP + rows * height;
  const everyColumn = Math.ceil(columns / 9);
  const everyRow = Math.ceil(rows / Math.max(1, Math.floor((rows * height) / 18)));
  return html`<figure>
    <svg viewBox="0 0 ${WIDTH} ${(bottom + BELOW).toFixed(1)}" role="img" aria-label="${label}">
      <text x="0" y="11">${y.name} ↑</text>
      ${fields.map((path, shade) => (path === '' ? null : html`<path d="${path}" class="heat h${shade}" />`))}
      ${y.values.map((value, row) =>
        row % everyRow === 0
          ? html`<text x="${LEFT - 6}" y="${(top(row) + height / 2 + 3.5).toFixed(1)}" text-anchor="end"
              >${value}</text
            >`
          : null,
      )}
      ${x.values.map((value, column) =>
        column % everyColumn === 0
          ? html`<text
              x="${(LEFT + (column + 0.5) * width).toFixed(1)}"
              y="${(bottom + 13).toFixed(1)}"
              text-anchor="middle"
              >${value}</text
            >`
          : null,
      )}
      <text x="${RIGHT}" y="${(bottom + 29).toFixed(1)}" text-anchor="end">${x.name} →</text>
      ${marks.map((mark) => shape(mark.kind, LEFT + (mark.x + 0.5) * width, top(mark.y) + height / 2, width, height))}
      ${figures}
    </svg>
    <figcaption>
      ${label}. From ${text(low)}
      <svg viewBox="0 0 ${SHADES * 10} 10" width="${SHADES * 10}" height="10" aria-hidden="true">
        ${Array.from({ length: SHADES }, (_, shade) => html`<rect x="${shade * 10}" width="10" height="10" class="heat h${shade}" />`)}
      </svg>
      to ${text(high)}.
      ${marks.map(
        ({ kind, name }) =>
          html`<span class="key"
            ><svg viewBox="0 0 20 14" width="20" height="14" aria-hidden="true">${shape(kind, 10, 7, 18, 12)}</svg>
            ${name}</span
          > `,
      )}
    </figcaption>
  </figure>`;
}

/** Around its middle: a frame along the field, a diamond about it, or a ring in its corner, so that all three can lie on one field. */
function shape(kind: HeatMark['kind'], x: number, y: number, width: number, height: number): Markup {
  const [half, up] = [Math.max(width, 8) / 2 - 1, Math.max(height, 8) / 2 - 1];
  const drawn = {
    box: () =>
      `M${(x - half).toFixed(1)} ${(y - up).toFixed(1)}h${(2 * half).toFixed(1)}v${(2 * up).toFixed(1)}h-${(2 * half).toFixed(1)}z`,
    diamond: () => {
      const [wide, tall] = [Math.min(half - 1, up * 2.4), up - 1];
      return `M${(x - wide).toFixed(1)} ${y.toFixed(1)}L${x.toFixed(1)} ${(y - tall).toFixed(1)}L${(x + wide).toFixed(1)} ${y.toFixed(1)}L${x.toFixed(1)} ${(y + tall).toFixed(1)}z`;
    },
    dot: () => {
      const size = Math.min(3, up / 2);
      const [cx, cy] = [x - half + size + 1.5, y];
      return `M${(cx - size).toFixed(1)} ${cy.toFixed(1)}a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 -${2 * size} 0z`;
    },
  }[kind]();
  return html`<path d="${drawn}" class="halo" /><path d="${drawn}" class="framed ${kind}" />`;
}
