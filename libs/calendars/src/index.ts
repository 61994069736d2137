export { addDays, dateOfUtc, isWeekday, utcMidnight, weekday, WEEKDAYS } from './civil-date';
export { calendarFor, marketOf } from './calendar-for';
export { forExpectedBars } from './expected-bars';
export { marketDates } from './market-dates';
export { periodBounds } from './periods';
export { SessionCalendar, type SessionPeriod, type SessionStretch } from './session-calendar';
export { SessionClock, type SessionPlace } from './session-clock';
export { sessionCloseMs } from './session-close';
