import { columnName, columnsOf } from '../files/layout/column-names';

/** What a column of trades means to the reader. */
export type TradeRole = 'time' | 'clock' | 'price' | 'size' | 'side' | 'id' | 'symbol' | 'correction';

/** Whose side a column of sides states: of who took liquidity, of who gave it, or whether the seller took it. */
export type SideOf = 'taker' | 'maker' | 'seller_took';

/** Where each role stands among the columns of a file; -1 where no column has it. */
export type TradeColumns = Readonly<Record<TradeRole, number>>;

/** Names of columns as exports write them, the preferred one first. */
const NAMES: Readonly<Record<'time' | 'price' | 'size' | 'id' | 'symbol', string>> = {
  time:
    'sip_timestamp ts_event transact_time trade_time exec_time time_exchange timestamp time datetime date_time ' +
    'unix unix_timestamp unix_time epoch date t',
  price: 'price trade_price last_price px last p',
  size: 'size qty quantity trade_size last_size amount volume vol s q v',
  id: 'id trade_id tradeid agg_trade_id aggtradeid trdmatchid exec_id i a',
  symbol: 'symbol ticker product_id instrument pair',
};
const SIDES: Readonly<Record<string, SideOf>> = {
  ...{ side: 'taker', taker_side: 'taker', aggressor: 'taker', aggressor_side: 'taker', direction: 'taker' },
  ...{ tks: 'taker', maker_side: 'maker', taker_sell: 'seller_took', sell: 'seller_took' },
  ...{ is_buyer_maker: 'seller_took', isbuyermaker: 'seller_took', buyer_maker: 'seller_took', m: 'seller_took' },
};

interface KnownSource {
  source: string;
  names: readonly string[];
  /** Where its column `side` is not the taker's. */
  sideOf?: SideOf;
}

/** Exports by the columns that they alone have; the first that fits counts. */
const SOURCES: readonly KnownSource[] = [
  { source: 'Databento trades', names: ['ts_event', 'rtype', 'publisher_id', 'price', 'size'] },
  { source: 'Polygon trades', names: ['sip_timestamp', 'sequence_number', 'price', 'size'] },
  { source: 'Bybit trades', names: ['timestamp', 'side', 'size', 'price', 'trdmatchid'] },
  { source: 'Binance aggregate trades', names: ['agg_trade_id', 'price', 'quantity'] },
  { source: 'Binance aggregate trades', names: ['a', 'p', 'q', 'f', 'l', 't', 'm'] },
  { source: 'Binance trades', names: ['id', 'price', 'qty', 'time', 'is_buyer_maker'] },
  { source: 'Binance trades', names: ['id', 'price', 'qty', 'time', 'isbuyermaker'] },
  { source: 'Coinbase trades', names: ['time', 'trade_id', 'price', 'size', 'side'], sideOf: 'maker' },
];

/** Whose trades these names are, null for nobody's; a column `side` of Coinbase is the maker's. */
export function tradeSource(cells: readonly string[]): KnownSource | null {
  const names = cells.map(columnName);
  const fits = ({ source, names: wanted }: KnownSource): boolean =>
    wanted.every((name) => names.includes(name)) &&
    // Coinbase's other interface has further columns, and the taker's side
    (source !== 'Coinbase trades' || names.every((name) => wanted.includes(name)));
  return SOURCES.find(fits) ?? null;
}

/** Roles by the names of a header line, in any case and order; of several columns of one role the preferred one. */
export function tradeColumnsOf(cells: readonly string[]): { at: TradeColumns; sideOf: SideOf } {
  const names = cells.map(columnName);
  const known = columnsOf(cells);
  const first = (role: keyof typeof NAMES): number => {
    const wanted = NAMES[role].split(' ').find((name) => names.includes(name));
    return wanted === undefined ? -1 : names.indexOf(wanted);
  };
  const orKnown = (at: number, role: 'time' | 'symbol'): number =>
    at >= 0 ? at : known.findIndex((column) => column.role === role);
  const side = names.findIndex((name) => Object.hasOwn(SIDES, name));
  const sequence = names.includes('sip_timestamp') ? names.indexOf('sequence_number') : -1;
  const at = {
    ...{ time: orKnown(first('time'), 'time'), clock: -1, price: first('price'), size: first('size'), side },
    id: sequence >= 0 ? sequence : first('id'),
    ...{ symbol: orKnown(first('symbol'), 'symbol'), correction: sequence >= 0 ? names.indexOf('correction') : -1 },
  };
  const sideOf = side < 0 ? 'taker' : (tradeSource(cells)?.sideOf ?? SIDES[names[side]]);
  return { at: withClock(at, names), sideOf };
}

/** A column of dates with one of times of day beside it. */
function withClock(at: TradeColumns, names: readonly string[]): TradeColumns {
  const [date, time] = [names.indexOf('date'), names.indexOf('time')];
  return at.time === time && date >= 0 && time >= 0 ? { ...at, time: date, clock: time } : at;
}
