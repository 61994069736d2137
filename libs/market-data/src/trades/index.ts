export { barRuleOf, type BarRule } from './bar-rule';
export { barsOfTrades, seriesOfTrades, type BarsOfTrades, type TradeBarsOptions } from './trade-bars';
export { tradeBarRows, tradeBarsToCsv, type TradeBarRow } from './trade-bars-text';
export type { TradeReadOptions } from './read-trades';
