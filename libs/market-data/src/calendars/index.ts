export { dateOfUtc, WEEKDAYS } from './civil-date';
export { calendarFor, marketOf } from './calendar-for';
export { SessionCalendar, type SessionPeriod, type SessionStretch } from './session-calendar';
export { sessionCloseMs } from './session-close';
