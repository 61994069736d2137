export { dateOfUtc, WEEKDAYS } from './civil-date';
export { calendarFor, marketOf } from './calendar-for';
export { marketDates } from './market-dates';
export { SessionCalendar, type SessionPeriod, type SessionStretch } from './session-calendar';
export { sessionCloseMs } from './session-close';
