import type { BarColumns } from '@assay/domain';

/** Standard columns of a bar beside its time, in the order in which marks take them. */
const PRICES = ['open', 'high', 'low', 'close', 'volume'] as const;

/** Bars whose columns share a mark each. */
const BLOCK = 256;
const WORDS = 2;

/**
 * Marks of a series that find a changed bar again without the bars: one of 32 bits a bar, over its time and all its columns, and one a
 * column and block of 256 bars. They prove nothing, which is the matter of the fingerprint.
 */
export interface BarMarks {
  rows: Uint32Array;
  /** Block after block, a mark a column. */
  blocks: Uint32Array;
}

/** Bars that another series of the same columns has changed, lacks or has beside. Times are open times. */
export interface ChangedBars {
  /** `fields`: the columns that changed; several where more than one bar of their block changed, null where bars were added or left out. */
  changed: { openTimeMs: number; fields: string[] | null }[];
  missing: number[];
  added: number[];
}

/** Columns in the order of the marks: further ones by name. */
const columnsOf = (bars: BarColumns): [name: string, column: Float64Array][] => [
  ...PRICES.map((name): [string, Float64Array] => [name, bars[name]]),
  ...Object.keys(bars.extra)
    .sort()
    .map((name): [string, Float64Array] => [name, bars.extra[name]!]),
];

const wordsOf = ({ buffer, byteOffset, length }: Float64Array): Uint32Array =>
  new Uint32Array(buffer, byteOffset, length * WORDS);

/** One step of a 32-bit mix (the finaliser of MurmurHash3 on the running mark). */
function mixed(mark: number, word: number): number {
  let x = Math.imul(mark ^ word, 0x85eb_ca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2_ae35);
  return (x ^ (x >>> 16)) + 0x9e37_79b9;
}

export function barMarks(bars: BarColumns): BarMarks {
  const count = bars.openTimeMs.length;
  const columns = columnsOf(bars).map(([, column]) => wordsOf(column));
  const times = wordsOf(bars.openTimeMs);
  const rows = new Uint32Array(count);
  const blocks = new Uint32Array(Math.ceil(count / BLOCK) * columns.length);
  for (let bar = 0; bar < count; bar++) {
    let row = mixed(mixed(0, times[bar * WORDS]!), times[bar * WORDS + 1]!);
    const block = Math.floor(bar / BLOCK) * columns.length;
    for (let k = 0; k < columns.length; k++) {
      const [low, high] = [columns[k]![bar * WORDS]!, columns[k]![bar * WORDS + 1]!];
      row = mixed(mixed(row, low), high);
      blocks[block + k] = mixed(mixed(blocks[block + k]!, low), high);
    }
    rows[bar] = row;
  }
  return { rows, blocks };
}

/** Where `bars` differ from the series that has these times and marks. */
export function changedBars(openTimeMs: Float64Array, marks: BarMarks, bars: BarColumns): ChangedBars {
  const own = barMarks(bars);
  const found: ChangedBars = { changed: [], missing: [], added: [] };
  const same: number[] = [];
  for (let i = 0, j = 0; i < openTimeMs.length || j < bars.openTimeMs.length;) {
    const [there, here] = [openTimeMs[i] ?? Infinity, bars.openTimeMs[j] ?? Infinity];
    if (there < here) found.missing.push(openTimeMs[i++]!);
    else if (here < there) found.added.push(bars.openTimeMs[j++]!);
    else {
      if (marks.rows[i] !== own.rows[j]) same.push(i);
      i++;
      j++;
    }
  }
  const isAligned = found.missing.length === 0 && found.added.length === 0;
  const names = columnsOf(bars).map(([name]) => name);
  found.changed = same.map((bar) => ({
    openTimeMs: openTimeMs[bar]!,
    fields: isAligned ? fieldsOf(Math.floor(bar / BLOCK) * names.length, names, marks.blocks, own.blocks) : null,
  }));
  return found;
}

const fieldsOf = (block: number, names: readonly string[], there: Uint32Array, here: Uint32Array): string[] =>
  names.filter((_, k) => there[block + k] !== here[block + k]);
