export { fetchClosedBars, type CcxtImport } from './fetch-closed-bars';
export { openExchange, type ExchangeOptions } from './open-exchange';
