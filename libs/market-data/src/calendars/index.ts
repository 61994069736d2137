export { MARKETS, calendarFor, marketOf } from './calendar-for';
export type { MarketCode } from './market-rules';
export { SessionCalendar, type SessionStretch } from './session-calendar';
export { TIMEFRAME_MINUTES } from './timeframes';
export { sessionCloseMs } from './session-close';
