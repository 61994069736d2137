import { quantileOfSorted } from '@assay/quant';
import { shown } from './table';

/** A matrix of numbers for a terminal; NaN is left blank. */
export interface Heatmap {
  title: string;
  rows: HeatmapAxis;
  columns: HeatmapAxis;
  /** Row by row. */
  values: Float64Array;
  /** Letters put on single values, such as the best one. */
  marks: readonly HeatmapMark[];
}

export interface HeatmapAxis {
  name: string;
  values: Float64Array;
}

export interface HeatmapMark {
  letter: string;
  meaning: string;
  row: number;
  column: number;
}

const MOST_ROWS = 20;
const MOST_COLUMNS = 40;
const WIDEST_BLOCK = 6;
const SHADES = ['░', '▒', '▓', '█'];
/** Dark blue over green to yellow in the 256 colours of terminals, brighter is higher (after viridis). */
const COLOURS = [17, 18, 24, 30, 36, 42, 77, 113, 149, 185, 227];
const FIRST_BRIGHT_COLOUR = 5;
const GAP = '  ';

/** Values of neighbouring rows and columns under one character: the highest of them. */
interface Blocks {
  rows: number;
  columns: number;
  rowsEach: number;
  columnsEach: number;
  values: Float64Array;
}

function blocksOf({ rows, columns, values }: Heatmap): Blocks {
  const rowsEach = Math.ceil(rows.values.length / MOST_ROWS);
  const columnsEach = Math.ceil(columns.values.length / MOST_COLUMNS);
  const height = Math.ceil(rows.values.length / rowsEach);
  const width = Math.ceil(columns.values.length / columnsEach);
  const highest = new Float64Array(height * width).fill(NaN);
  for (let row = 0, at = 0; row < rows.values.length; row += 1)
    for (let column = 0; column < columns.values.length; column += 1, at += 1) {
      const block = Math.floor(row / rowsEach) * width + Math.floor(column / columnsEach);
      if (!(highest[block] >= values[at]) && !Number.isNaN(values[at])) highest[block] = values[at];
    }
  return { rows: height, columns: width, rowsEach, columnsEach, values: highest };
}

/** Share of the values under the lowest level, so that a few very bad ones do not make all others look alike. */
const LOW_SHARE = 0.1;

/** Levels of equal width up to the highest value: a lonely peak stands alone. */
interface Scale {
  low: number;
  highest: number;
  levels: number;
}

function scaleOf(values: Float64Array, levels: number): Scale {
  const sorted = values.slice().sort();
  return { low: quantileOfSorted(sorted, LOW_SHARE), highest: sorted[sorted.length - 1], levels };
}

function levelOf({ low, highest, levels }: Scale, value: number): number {
  if (highest === low) return levels - 1;
  const level = Math.floor(((value - low) / (highest - low)) * levels);
  return Math.min(Math.max(level, 0), levels - 1);
}

const background = (colour: number, text: string, ink = ''): string => `\x1b[48;5;${colour}m${ink}${text}\x1b[0m`;
const inkOn = (level: number): string => (level >= FIRST_BRIGHT_COLOUR ? '\x1b[1;38;5;16m' : '\x1b[1;38;5;231m');

function painted(level: number, text: string | null, width: number, colour: boolean): string {
  if (!colour) return text === null ? SHADES[level].repeat(width) : text.padEnd(width, SHADES[level]);
  return background(COLOURS[level], (text ?? '').padEnd(width), text === null ? '' : inkOn(level));
}

function columnLabels(axis: HeatmapAxis, each: number, blocks: number, width: number): string {
  let line = '';
  for (let block = 0; block < blocks; block += 1) {
    const start = block * width;
    if (line.length > 0 && start < line.length + GAP.length) continue;
    line = line.padEnd(start) + shown(axis.values[block * each]);
  }
  return line;
}

function legend(scale: Scale, colour: boolean): string {
  const swatch = (level: number): string => (colour ? background(COLOURS[level], ' ') : SHADES[level]);
  const swatches = Array.from({ length: scale.levels }, (_, level) => swatch(level)).join('');
  return `${scale.low.toFixed(2)} or less ${swatches} ${scale.highest.toFixed(2)}`;
}

/**
 * At most 20 rows of 40 characters, larger matrices reduced by the highest of each block, labelled with the first value
 * of each block; shades, or background colours where the reader has them. Null when no value is defined.
 */
export function heatmap(map: Heatmap, colour: boolean): string | null {
  const blocks = blocksOf(map);
  const defined = blocks.values.filter((value) => !Number.isNaN(value));
  if (defined.length === 0) return null;
  const scale = scaleOf(defined, (colour ? COLOURS : SHADES).length);
  const width = Math.min(Math.max(Math.floor(MOST_COLUMNS / blocks.columns), 1), WIDEST_BLOCK);
  const letters = new Map<number, string>();
  for (const { letter, row, column } of map.marks) {
    const at = Math.floor(row / blocks.rowsEach) * blocks.columns + Math.floor(column / blocks.columnsEach);
    letters.set(at, letters.has(at) ? '*' : letter);
  }
  const labels = Array.from({ length: blocks.rows }, (_, row) => shown(map.rows.values[row * blocks.rowsEach]));
  const margin = Math.max(map.rows.name.length, ...labels.map((label) => label.length));
  const line = (row: number): string => {
    let text = '';
    for (let at = row * blocks.columns; at < (row + 1) * blocks.columns; at += 1) {
      const value = blocks.values[at];
      text += Number.isNaN(value)
        ? ' '.repeat(width)
        : painted(levelOf(scale, value), letters.get(at) ?? null, width, colour);
    }
    return `${labels[row].padStart(margin)} ${text}`.trimEnd();
  };
  const indent = ' '.repeat(margin + 1);
  const each =
    blocks.rowsEach * blocks.columnsEach === 1
      ? ''
      : `; each block the highest of ${blocks.rowsEach} x ${blocks.columnsEach}`;
  const meanings = map.marks.map(({ letter, meaning }) => `${letter} ${meaning}`);
  const both = [...letters.values()].includes('*') ? ['* both'] : [];
  return [
    `${map.title}${each}`,
    map.rows.name.padStart(margin),
    ...labels.map((_, row) => line(row)),
    `${indent}${columnLabels(map.columns, blocks.columnsEach, blocks.columns, width)}${GAP}${map.columns.name}`,
    `${indent}${[legend(scale, colour), ...meanings, ...both].join(GAP)}`,
    '',
  ].join('\n');
}
