export { calendarFor, marketOf } from './calendar-for';
export { SessionCalendar, type SessionPeriod, type SessionStretch } from './session-calendar';
export { TIMEFRAME_MINUTES } from './timeframes';
export { sessionCloseMs } from './session-close';
