/** Rows of trades without a header whose columns are known by their form. */
export interface HeaderlessTrades {
  source: string | null;
  names: string[];
}

const ID = /^\d{1,20}$/;
const NUMBER = /^\d+(\.\d*)?([eE][+-]?\d+)?$/;
const EPOCH = /^(\d{13}|\d{16})$/;
const SECONDS = /^\d{10}(\.\d+)?$/;
const WRITTEN = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;
const TRUTH = /^(true|false)$/i;
const SIDE = /^(buy|sell|b|s)$/i;

/** Forms of the cells, one pattern a cell; the first that fits counts. */
const FORMS: readonly (readonly [source: string | null, names: string, cells: readonly RegExp[]])[] = [
  [
    'Binance trades',
    'id,price,qty,quote_qty,time,is_buyer_maker,is_best_match',
    [ID, NUMBER, NUMBER, NUMBER, EPOCH, TRUTH, TRUTH],
  ],
  ['Binance trades', 'id,price,qty,quote_qty,time,is_buyer_maker', [ID, NUMBER, NUMBER, NUMBER, EPOCH, TRUTH]],
  [
    'Binance aggregate trades',
    'agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker,is_best_match',
    [ID, NUMBER, NUMBER, ID, ID, EPOCH, TRUTH, TRUTH],
  ],
  [
    'Binance aggregate trades',
    'agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker',
    [ID, NUMBER, NUMBER, ID, ID, EPOCH, TRUTH],
  ],
  ['Kraken trades', 'timestamp,price,volume', [SECONDS, NUMBER, NUMBER]],
  [null, 'timestamp,price,size', [EPOCH, NUMBER, NUMBER]],
  [null, 'timestamp,price,size', [WRITTEN, NUMBER, NUMBER]],
  ...[SECONDS, EPOCH, WRITTEN].map(
    (time) => [null, 'timestamp,price,size,side', [time, NUMBER, NUMBER, SIDE]] as const,
  ),
];

/** What rows that begin so are, or null when the first row is a header or of no known form. */
export function headerlessTrades(cells: readonly string[]): HeaderlessTrades | null {
  const form = FORMS.find(
    ([, , wanted]) => wanted.length === cells.length && wanted.every((is, i) => is.test(cells[i])),
  );
  return form ? { source: form[0], names: form[1].split(',') } : null;
}
