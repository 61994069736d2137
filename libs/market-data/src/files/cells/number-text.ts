/** How the numbers of a file are written: the mark before the decimals; the other one may group thousands. */
export type DecimalMark = 'point' | 'comma';

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const GROUPED: Readonly<Record<DecimalMark, RegExp>> = {
  point: /^([+-]?)([1-9]\d{0,2}(?:([,'\u00a0\u202f ])\d{3})(?:\3\d{3})*)(\.\d+)?$/,
  comma: /^([+-]?)([1-9]\d{0,2}(?:([.'\u00a0\u202f ])\d{3})(?:\3\d{3})*)(,\d+)?$/,
};
const OTHER_GROUPING = /(\d)['\u00a0\u202f ](?=\d{3}(?!\d))/g;
const UNIT = /^(.*\d)\s*([KMBT])$/i;
const CURRENCY = /^([+-]?)(?:(?:US|HK)?[$\u20ac\u00a3\u00a5]\s?)?(\d.*?)(?:\s?[$\u20ac\u00a3\u00a5])?$/;
const UNIT_EXPONENTS: Readonly<Record<string, number>> = { K: 3, M: 6, B: 9, T: 12 };

/** Whether the text groups its thousands. */
export const isGrouped = (text: string, mark: DecimalMark): boolean => GROUPED[mark].test(text);
/** Whether the text ends in a unit such as the M of 30.00M. */
export const hasUnit = (text: string): boolean => UNIT.test(text);

/** The text without a sign of a currency before or behind it. */
export const withoutCurrency = (text: string): string => text.replace(CURRENCY, '$1$2');

/** The number of a text, correctly rounded; NaN when it is none, infinite beyond the range of doubles. */
export function numberOfText(text: string, mark: DecimalMark): number {
  const unit = UNIT.exec(text);
  if (unit) {
    const number = plainOf(unit[1], mark);
    return number === null ? NaN : Number(`${number}e${UNIT_EXPONENTS[unit[2].toUpperCase()]}`);
  }
  const number = plainOf(text, mark);
  return number === null ? NaN : Number(number);
}

function plainOf(text: string, mark: DecimalMark): string | null {
  const pointed = mark === 'comma' && !text.includes('.') ? text.replace(',', '.') : text;
  if ((mark === 'point' || pointed !== text || !text.includes('.')) && PLAIN.test(pointed)) return pointed;
  const grouped = GROUPED[mark].exec(text);
  if (!grouped) return null;
  const [, sign, whole, , decimals = ''] = grouped;
  return sign + whole.replace(/\D/g, '') + decimals.replace(',', '.');
}

/**
 * What a number says about the decimal mark of its file: sure, possible either way, or nothing. Three digits after one
 * mark are thousands or decimals; a point there is read as decimals, unless `marks` says that cells are separated as
 * where decimals have a comma.
 */
export function markOf(cell: string, marks: 'points' | 'commas' = 'points'): DecimalMark | 'either' | null {
  const text = withoutCurrency(cell).replace(UNIT, '$1').replace(/^[+-]/, '').replace(OTHER_GROUPING, '$1');
  if (!/^[\d.,]+$/.test(text)) return null;
  const [commas, points] = [text.split(',').length - 1, text.split('.').length - 1];
  if (commas + points === 0) return null;
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(text)) return commas === 1 || marks === 'commas' ? 'either' : null;
  const says = (mark: DecimalMark): boolean => !Number.isNaN(numberOfText(text, mark));
  return says('point') ? 'point' : says('comma') ? 'comma' : null;
}
