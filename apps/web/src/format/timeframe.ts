/** Of a day and longer: dated by its market and stamped 00:00Z of that date, so told by the date alone. */
export const isDaily = (timeframe: string): boolean => /[dwM]$/.test(timeframe);
